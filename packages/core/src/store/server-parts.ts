import { notes } from '@unkai/contracts/primitives';
import { imageCan, imageState } from '@unkai/contracts/resources/image';
import type { ServerCreate } from '@unkai/contracts/resources/server';
import type { DB } from '@unkai/prisma/kysely';
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import { z } from 'zod';
import { allows, callerId, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import type { Database } from '../database/database.ts';
import { groupsAllowed, portsAllowed } from './network-access.ts';
import { refuseField, requireState } from './refusal.ts';
import { chosenInterfaces, networkIdsOf, portsQuery, type ServerInterfacePart } from './server-interfaces.ts';

const gib = 1024 ** 3;

const flavorPart = z.object({
  id: z.string(),
  name: z.string(),
  vcpus: z.number(),
  memory_mib: z.number(),
  disk_gib: z.number(),
  extra_specs: notes.catch({}),
});
const imagePart = z.object({
  id: z.string(),
  name: z.string(),
  state: imageState,
  min_disk_gib: z.number(),
  min_memory_mib: z.number(),
  virtual_size_bytes: z.coerce.number().nullable(),
  login_user: z.string().nullable(),
});

export interface ServerParts {
  readonly flavor: z.infer<typeof flavorPart>;
  readonly image: z.infer<typeof imagePart>;
  /** In their order. */
  readonly interfaces: readonly ServerInterfacePart[];
  /** Where an operator wants it; null: placement chooses. */
  readonly hostId: string | null;
  readonly securityGroupIds: readonly string[];
  readonly publicKeys: Array<{ name: string; publicKey: string }>;
}

type Wanted = ServerCreate & { readonly projectId: string };

/**
 * Finds all that a new server refers to, in one query that only sees what the caller may use: public or own images,
 * public flavors (operators: all), networks and groups of the project or shared with it, the caller's own keys (A25, A45, A58). What
 * belongs to others answers like what never was; only operators choose a host. Throws `invalid_input` that names the field, `wrong_state` for an image
 * that is not ready.
 */
export async function findServerParts(call: Call, input: Wanted): Promise<ServerParts> {
  if (input.hostName !== undefined) await grantedGlobally(call, 'server:place');
  const found = await partsQuery(call, input);
  const flavor = flavorPart.nullable().parse(found.flavor);
  if (flavor === null)
    throw refuseField('flavorId', 'names no flavor that you can use', 'List flavors and choose one.');
  const image = imagePart.nullable().parse(found.image);
  if (image === null) throw refuseField('imageId', 'names no image that you can use', 'List images and choose one.');
  requireState(imageCan.boot, image);
  checkZone(input, found.zones);
  checkServerGroup(input, found.serverGroup);
  checkSize(flavor, image);
  return {
    flavor,
    image,
    interfaces: chosenInterfaces(input, found),
    hostId: chosenHost(input, found.host),
    securityGroupIds: chosenGroups(input, found.groups),
    publicKeys: chosenKeys(input, found.keys),
  };
}

function checkZone({ availabilityZone }: Wanted, zones: ReadonlyArray<{ readonly name: string }>): void {
  if (availabilityZone === undefined || zones.some(({ name }) => name === availabilityZone)) return;
  const names = zones.map(({ name }) => name).join(', ');
  const fix = names === '' ? 'Leave it out; no host has joined yet.' : `Choose one of ${names}, or leave it out.`;
  throw refuseField('availabilityZone', `there is no zone named ${availabilityZone}`, fix);
}

function checkServerGroup({ serverGroupId }: Wanted, found: { readonly id: string } | null): void {
  if (serverGroupId === undefined || found !== null) return;
  throw refuseField('serverGroupId', 'names no server group of this project', 'List server groups and choose one.');
}

function checkSize(flavor: ServerParts['flavor'], image: ServerParts['image']): void {
  if (flavor.memory_mib < image.min_memory_mib) {
    throw refuseField(
      'flavorId',
      `${flavor.name} has ${flavor.memory_mib} MiB of memory and the image ${image.name} needs ${image.min_memory_mib} MiB`,
      'Choose a flavor with more memory, or another image.',
    );
  }
  const neededGib = Math.max(image.min_disk_gib, (image.virtual_size_bytes ?? 0) / gib);
  // A flavor without a disk size of its own takes the image's.
  if (flavor.disk_gib === 0 || flavor.disk_gib >= neededGib) return;
  throw refuseField(
    'flavorId',
    `${flavor.name} has a disk of ${flavor.disk_gib} GiB and the image ${image.name} needs ${Math.ceil(neededGib)} GiB`,
    'Choose a flavor with a larger disk, or another image.',
  );
}

function chosenHost({ hostName, availabilityZone }: Wanted, found: { id: string; zone: string } | null): string | null {
  if (hostName === undefined) return null;
  if (found === null) throw refuseField('hostName', `there is no host named ${hostName}`, 'List hosts and choose one.');
  if (availabilityZone !== undefined && availabilityZone !== found.zone) {
    throw refuseField(
      'hostName',
      `${hostName} is in the zone ${found.zone}, not ${availabilityZone}`,
      'Leave hostName or availabilityZone out, or choose a host of that zone.',
    );
  }
  return found.id;
}

function chosenGroups(
  { securityGroupIds }: Wanted,
  found: ReadonlyArray<{ readonly id: string; readonly is_default: boolean }>,
): string[] {
  if (securityGroupIds === undefined) return found.filter(({ is_default }) => is_default).map(({ id }) => id);
  const known = new Set(found.map(({ id }) => id));
  const missing = securityGroupIds.findIndex((id) => !known.has(id));
  if (missing >= 0)
    throw refuseField(
      `securityGroupIds.${missing}`,
      'names no security group that this project may use',
      'Choose a group of the project, or one that is shared with it.',
    );
  return [...new Set(securityGroupIds)];
}

function chosenKeys(
  { keyPairNames }: Wanted,
  found: ReadonlyArray<{ readonly name: string; readonly public_key: string }>,
): Array<{ name: string; publicKey: string }> {
  const byName = new Map(found.map(({ name, public_key: publicKey }) => [name, { name, publicKey }]));
  return [...new Set(keyPairNames)].map((name) => {
    const key = byName.get(name);
    if (!key)
      throw refuseField(
        `keyPairNames.${keyPairNames.indexOf(name)}`,
        `you have no key pair named ${name}`,
        'Choose one of your key pairs, or make one first.',
      );
    return key;
  });
}

function partsQuery(call: Call, input: Wanted) {
  const { kysely }: Database = call.core.database;
  return kysely
    .selectNoFrom((query) => [
      jsonObjectFrom(flavorQuery(query, input, allows(call.actor, 'flavor:read', null))).as('flavor'),
      jsonObjectFrom(imageQuery(query, input)).as('image'),
      jsonArrayFrom(networksQuery(query, call, input)).as('networks'),
      jsonArrayFrom(groupsQuery(query, input)).as('groups'),
      jsonArrayFrom(keysQuery(query, input, callerId(call))).as('keys'),
      jsonArrayFrom(zonesQuery(query)).as('zones'),
      jsonArrayFrom(portsQuery(query, input)).as('ports'),
      jsonObjectFrom(hostQuery(query, input)).as('host'),
      jsonObjectFrom(serverGroupQuery(query, input)).as('serverGroup'),
    ])
    .executeTakeFirstOrThrow();
}

// Kysely knows the builder of a select without a table by the tables it may reach: all of them, and none chosen.
type Query = ExpressionBuilder<DB, never>;

function flavorQuery(query: Query, { flavorId, projectId }: Wanted, seesAll: boolean) {
  return query
    .selectFrom('flavor')
    .select(['id', 'name', 'vcpus', 'memory_mib', 'disk_gib', 'extra_specs'])
    .where('id', '=', flavorId)
    .$if(!seesAll, (rest) =>
      rest.where((flavor) =>
        flavor.or([
          flavor('is_public', '=', true),
          flavor.exists(
            flavor
              .selectFrom('flavor_access')
              .select('flavor_access.flavor_id')
              .whereRef('flavor_access.flavor_id', '=', 'flavor.id')
              .where('flavor_access.project_id', '=', projectId),
          ),
        ]),
      ),
    );
}

function imageQuery(query: Query, { imageId, projectId }: Wanted) {
  return query
    .selectFrom('image')
    .select(['id', 'name', 'state', 'min_disk_gib', 'min_memory_mib', 'virtual_size_bytes', 'login_user'])
    .where('id', '=', imageId)
    .where((image) =>
      image.or([
        image('project_id', '=', projectId),
        image('visibility', '=', 'public'),
        image.and([
          image('visibility', '=', 'shared'),
          image.exists(
            image
              .selectFrom('image_member')
              .select('image_member.image_id')
              .whereRef('image_member.image_id', '=', 'image.id')
              .where('image_member.project_id', '=', projectId),
          ),
        ]),
      ]),
    );
}

function networksQuery(query: Query, call: Call, input: Wanted) {
  const ids = networkIdsOf(input);
  return query
    .selectFrom('network')
    .select(['id', 'name', 'is_default', 'has_port_security'])
    .select(sql<boolean>`EXISTS (SELECT 1 FROM subnet WHERE subnet.network_id = network.id)`.as('has_subnet'))
    .where((network) =>
      ids === undefined
        ? network.and([network('is_default', '=', true), network('project_id', '=', input.projectId)])
        : network.and([
            network('id', '=', sql<string>`ANY(${ids}::uuid[])`),
            portsAllowed(call, input.projectId)(network),
          ]),
    );
}

function hostQuery(query: Query, { hostName }: Wanted) {
  return query
    .selectFrom('host')
    .select(['id', 'availability_zone as zone'])
    .where('name', '=', hostName ?? '');
}

function serverGroupQuery(query: Query, { serverGroupId, projectId }: Wanted) {
  return query
    .selectFrom('server_group')
    .select('id')
    .where('id', '=', sql<string>`${serverGroupId ?? null}::uuid`)
    .where('project_id', '=', projectId);
}

function groupsQuery(query: Query, { securityGroupIds, projectId }: Wanted) {
  return query
    .selectFrom('security_group')
    .select(['id', 'is_default'])
    .where((group) =>
      securityGroupIds === undefined
        ? group.and([group('is_default', '=', true), group('project_id', '=', projectId)])
        : group.and([group('id', '=', sql<string>`ANY(${securityGroupIds}::uuid[])`), groupsAllowed(projectId)(group)]),
    );
}

function zonesQuery(query: Query) {
  return query.selectFrom('host').select('availability_zone as name').distinct().orderBy('name');
}

function keysQuery(query: Query, { keyPairNames }: Wanted, userId: string) {
  return query
    .selectFrom('key_pair')
    .select(['name', 'public_key'])
    .where('user_id', '=', userId)
    .where('name', '=', sql<string>`ANY(${keyPairNames}::text[])`);
}
