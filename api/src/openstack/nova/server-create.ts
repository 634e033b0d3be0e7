import { invalidInput, UnkaiError } from '@unkai/contracts/errors';
import { description, displayName, notes, tags } from '@unkai/contracts/primitives';
import { type Server, userDataMaxBytes } from '@unkai/contracts/resources/server';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Operations } from '../service.ts';
import { findFlavorByRef, refuse, tooOld } from './flavor.ts';
import { mostMetadata } from './limits.ts';
import { accessFields, diskConfig, serverName } from './server-fields.ts';
import { serverLinks } from './server-view.ts';
import { since } from './version.ts';

const mostAtOnce = 100;
const count = z.coerce.number().int().min(1).max(mostAtOnce);

const networkAsk = z.strictObject({
  uuid: z.uuid().toLowerCase().optional(),
  port: z.string().nullish(),
  fixed_ip: z.string().nullish(),
  tag: z.string().optional(),
});

/** The one disk of ours, in the words that some clients use beside `imageRef`. */
const blockDevice = z.strictObject({
  uuid: z.string(),
  source_type: z.literal('image'),
  destination_type: z.literal('local'),
  boot_index: z.coerce.number().int(),
  delete_on_termination: z.boolean().optional(),
});

/** The one hint that placement follows; any other is refused, so none can be large (A57). */
const hints = z.strictObject({ group: z.uuid().toLowerCase().optional() });

const newServer = z.strictObject({
  server: z.strictObject({
    name: serverName,
    imageRef: z.string().optional(),
    flavorRef: z.union([z.string(), z.number().int()]),
    networks: z.union([z.literal('auto'), z.literal('none'), z.array(networkAsk)]).optional(),
    key_name: displayName.nullish(),
    user_data: z.string().nullish(),
    metadata: z.record(z.string(), z.string()).default({}),
    security_groups: z.array(z.strictObject({ name: z.string() })).optional(),
    availability_zone: z.string().nullish(),
    host: z.string().optional(),
    hypervisor_hostname: z.string().optional(),
    min_count: count.optional(),
    max_count: count.optional(),
    config_drive: z.union([z.boolean(), z.string()]).nullish(),
    /** Taken from clients that send one. No password is set, and so none is answered: guests are reached by key pair. */
    adminPass: z.string().optional(),
    description: description.nullish(),
    tags: tags.optional(),
    block_device_mapping_v2: z.array(blockDevice).max(1).optional(),
    return_reservation_id: z.literal(false).optional(),
    ...accessFields,
    ...diskConfig,
  }),
  'os:scheduler_hints': hints.optional(),
  'OS-SCH-HNT:scheduler_hints': hints.optional(),
});
type Wanted = z.infer<typeof newServer>['server'];

/** `POST /servers`: one server or several alike. Of several either `min_count` are made, or none is left. */
export async function createServers(asked: Asked): Promise<Answer> {
  const { server: wanted, ...hinted } = await asked.body(newServer);
  checkVersion(asked, wanted);
  const least = wanted.min_count ?? 1;
  const most = wanted.max_count ?? least;
  if (least > most) throw refuse('min_count', 'must not be above max_count', 'Send at most max_count.');
  const group = (hinted['os:scheduler_hints'] ?? hinted['OS-SCH-HNT:scheduler_hints'])?.group;
  const input = { ...(await inputOf(asked, wanted)), ...(group !== undefined && { serverGroupId: group }) };
  const made = await createSome(asked.operations, input, { least, most });
  return {
    status: 202,
    headers: { location: `${asked.endpoint}/v2.1/servers/${made.id}` },
    body: {
      server: {
        id: made.id,
        links: serverLinks(asked, made.id),
        'OS-DCF:diskConfig': wanted['OS-DCF:diskConfig'] ?? 'MANUAL',
        security_groups: wanted.security_groups ?? [{ name: 'default' }],
      },
    },
  };
}

type Input = Parameters<Operations['server']['create']>[0];

async function createSome({ server }: Operations, input: Input, { least, most }: { least: number; most: number }) {
  const made: Server[] = [];
  try {
    for (let number = 1; number <= most; number += 1) {
      made.push(await server.create({ ...input, name: most === 1 ? input.name : `${input.name}-${number}` }));
    }
  } catch (error) {
    // What the quota left room for is enough, unless more was asked for at the least.
    if (made.length < least) {
      for (const { id } of made) await server.delete({ id });
      throw error;
    }
  }
  const [first] = made;
  if (first === undefined) throw new TypeError('at least one server is made, or an error is thrown');
  return first;
}

function checkVersion({ version }: Asked, wanted: Wanted): void {
  const { description: words, tags: labels, networks, host, hypervisor_hostname: node } = wanted;
  if (words !== undefined && version < since.description) throw tooOld('description');
  if (labels !== undefined && version < since.tagsAtCreate) throw tooOld('tags');
  if (host !== undefined && version < since.chosenHost) throw tooOld('host');
  if (node !== undefined && version < since.chosenHost) throw tooOld('hypervisor_hostname');
  if (networks === undefined && version >= since.networksRequired)
    throw refuse('networks', 'is needed', 'Send a list of networks, "auto" or "none".');
  if (typeof networks === 'string' && version < since.networksRequired) throw tooOld('networks');
}

async function inputOf(asked: Asked, wanted: Wanted): Promise<Input> {
  const projectId = projectOf(asked.call);
  const { operations } = asked;
  const { name, key_name: keyName, accessIPv4, accessIPv6 } = wanted;
  const interfaces = interfacesOf(wanted);
  const userData = userDataOf(wanted);
  if (wanted.config_drive === true || String(wanted.config_drive).toLowerCase() === 'true') {
    throw refuse('config_drive', 'must be false: the metadata service tells guests the same', 'Leave it out.');
  }
  return {
    projectId,
    name,
    metadata: metadataOf(wanted),
    imageId: imageIdOf(wanted),
    flavorId: await flavorIdOf(asked, wanted),
    ...(interfaces && { interfaces }),
    ...(wanted.security_groups && {
      securityGroupIds: await groupIdsOf(operations, projectId, wanted.security_groups),
    }),
    keyPairNames: keyName ? [keyName] : [],
    ...(userData !== null && { userData }),
    ...(await placeOf(asked, wanted)),
    description: wanted.description ?? '',
    tags: wanted.tags ?? [],
    accessIpv4: accessIPv4 ?? null,
    accessIpv6: accessIPv6 ?? null,
  };
}

/** Throws `quota_exceeded` for more entries than a server may have, as Nova says it. */
function metadataOf({ metadata }: Wanted): Record<string, string> {
  if (Object.keys(metadata).length > mostMetadata) {
    throw new UnkaiError('quota_exceeded', `Maximum number of metadata items exceeds ${mostMetadata}`);
  }
  const parsed = notes.safeParse(metadata);
  if (!parsed.success) throw invalidInput(parsed.error, 'metadata');
  return parsed.data;
}

const uuid = z.uuid().toLowerCase();

function imageIdOf({ imageRef, block_device_mapping_v2: disks }: Wanted): string {
  const given = imageRef || disks?.[0]?.uuid;
  if (given === undefined || given === '')
    throw refuse('imageRef', 'is needed: servers start from an image', 'Send the id of an image.');
  // A link to an image ends in its id.
  const parsed = uuid.safeParse(given.slice(given.lastIndexOf('/') + 1));
  if (!parsed.success) throw refuse('imageRef', `names no image: ${given}`, 'Send the id of an image that is there.');
  return parsed.data;
}

async function flavorIdOf({ operations }: Asked, { flavorRef }: Wanted): Promise<string> {
  const text = String(flavorRef);
  const ref = text.slice(text.lastIndexOf('/') + 1);
  const flavor = await findFlavorByRef(operations, ref).catch((error: unknown) => {
    const isMissing = error instanceof UnkaiError && error.code === 'not_found';
    throw isMissing
      ? refuse('flavorRef', `flavor ${ref} could not be found`, 'Send the id of a flavor that is there.')
      : error;
  });
  return flavor.id;
}

/** Undefined where the project's default network is meant. */
function interfacesOf({ networks }: Wanted): Input['interfaces'] {
  if (networks === undefined || networks === 'auto') return undefined;
  if (networks === 'none') return [];
  if (networks.length === 0) return undefined;
  return networks.map(({ uuid: networkId, port: portId, fixed_ip: address, tag }) => {
    if (tag !== undefined) throw refuse('networks', 'cannot tag an interface', 'Remove the tag.');
    if (portId && address)
      throw refuse(
        'networks',
        'cannot choose the address of a port: it has one',
        'Remove fixed_ip, or send uuid instead of port.',
      );
    if (portId) return { portId };
    if (networkId === undefined)
      throw refuse('networks', 'each must have a uuid or a port', 'Send uuid or port for each.');
    return { networkId, ...(address && { address }) };
  });
}

export async function groupIdsOf(
  { securityGroup }: Operations,
  projectId: string,
  wanted: ReadonlyArray<{ name: string }>,
): Promise<string[]> {
  const known = await everything((page) => securityGroup.list({ ...page, projectId }));
  return wanted.map(({ name }) => {
    const found = known.filter((group) => group.id === name || group.name === name);
    // A name means the project's own group, also where one of that name is shared with it.
    const own = found.filter((group) => group.projectId === projectId);
    const [group, another] = own.length > 0 ? own : found;
    if (group === undefined)
      throw refuse(
        'security_groups',
        `Security group ${name} not found in this project`,
        'Name a group of the project.',
      );
    if (another !== undefined)
      throw new UnkaiError('conflict', `Several security groups are named ${name}; give an id.`);
    return group.id;
  });
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function userDataOf({ user_data: given }: Wanted): string | null {
  if (given === null || given === undefined) return null;
  const compact = given.replaceAll(/\s/g, '');
  if (!base64.test(compact) || compact.length % 4 !== 0)
    throw refuse('user_data', 'must be base64', 'Encode it with base64.');
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.length > userDataMaxBytes)
    throw refuse(
      'user_data',
      `must be at most ${userDataMaxBytes} bytes`,
      `Send at most ${userDataMaxBytes} bytes; let the guest fetch what is larger.`,
    );
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes))
    throw refuse('user_data', 'must be text in UTF-8; compress nothing', 'Send text in UTF-8, not compressed.');
  return text;
}

/** The zone, and for operators the host: `ZONE`, `ZONE:HOST`, `ZONE:HOST:NODE` and `ZONE::NODE`, or fields of their own. */
async function placeOf(asked: Asked, wanted: Wanted) {
  const [zone = '', ...named] = (wanted.availability_zone ?? '').split(':');
  const names = [...named, wanted.host, wanted.hypervisor_hostname].filter((name) => name !== undefined && name !== '');
  const [hostName, ...others] = new Set(names);
  if (others.length > 0)
    throw refuse(
      'host',
      'must be the same as the hypervisor: a host has one, of its own name',
      'Leave hypervisor_hostname out, or send the same for both.',
    );
  return {
    ...(zone !== '' && { availabilityZone: await zoneOf(asked, zone) }),
    ...(hostName !== undefined && { hostName }),
  };
}

async function zoneOf({ operations }: Asked, wanted: string): Promise<string> {
  const { items } = await operations.availabilityZone.list();
  if (items.some(({ name, isAvailable }) => name === wanted && isAvailable)) return wanted;
  throw new UnkaiError('invalid_input', 'The requested availability zone is not available');
}
