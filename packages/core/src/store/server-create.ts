import { randomBytes, randomUUID } from 'node:crypto';
import type { Server, ServerCreate } from '@unkai/contracts/resources/server';
import { z } from 'zod';
import { allows } from '../access.ts';
import { chooseAddresses, lockAddresses } from '../address/address-choice.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { reserveHost } from '../placement/reserve.ts';
import { spend } from '../quota/quota.ts';
import { startRun } from '../workflow/start.ts';
import { insertServerPort, newMacAddress } from './port-rows.ts';
import { refuseInUse } from './refusal.ts';
import { membersChanged } from './security-group-members.ts';
import { type AddressRow, type ServerRow, viewServer } from './server.ts';
import { writeAttach } from './server-attach.ts';
import { spendGroupMember } from './server-group.ts';
import type { ServerInterfacePart } from './server-interfaces.ts';
import { readPlacementRequest } from './server-lifecycle.ts';
import type { ServerParts } from './server-parts.ts';

type Wanted = ServerCreate & { readonly projectId: string };

/**
 * Writes a server with its ports and addresses, and the run that makes it: all that the answer shows is there at once,
 * nothing is there if any of it is refused. Gives the view of what it wrote, without reading it again. Throws
 * `quota_exceeded` and `addresses_exhausted`.
 */
export async function createServer(unit: Unit, call: Call, input: Wanted, parts: ServerParts): Promise<Server> {
  const { projectId, name } = input;
  const { flavor, image, interfaces } = parts;
  const { vcpus, memory_mib: memoryMib } = flavor;
  const ports = interfaces.filter(({ port }) => port === null).length;
  // From here on everyone else who spends in this project waits, so counts and free addresses stay true.
  await spend(unit.tx, projectId, { servers: 1, vcpus, memoryMib, ports });
  if (input.serverGroupId !== undefined) await spendGroupMember(unit.tx, projectId, input.serverGroupId);
  const id = randomUUID();
  const row = await insertServer(unit.tx, serverRow(call, id, input, parts));
  const addresses = await createPorts(unit.tx, { projectId, serverId: id }, parts);
  const { requestId, core, actor } = call;
  await membersChanged(unit, core, id, requestId);
  const asked = { requestId, userId: actor.userId, input: { attach: writeAttach(parts) } };
  const start = { resourceId: id, resourceName: name, projectId, ...asked };
  const operationId = await startRun(unit, core, 'server.create', start);
  unit.whenDry(() => findRoom(unit, id));
  const detail = `${flavor.name}, ${image.name}`;
  await recordChange(unit, call, { action: 'server:create', kind: 'created', id, name, projectId, detail, after: row });
  return viewServer(rowOf(row, parts, operationId), addresses, allows(call.actor, 'host:read', null));
}

/** What the run does first: takes the room on a host. Throws `no_capacity` with the counted reasons. */
async function findRoom(unit: Unit, serverId: string): Promise<void> {
  const request = await readPlacementRequest(unit, serverId);
  if (request !== null) await reserveHost(unit.tx, serverId, request);
}

/** The row as a lookup would find it. */
function rowOf(row: NewServer & Made, { flavor, image }: ServerParts, operationId: string): ServerRow {
  return {
    id: row.id,
    project_id: row.projectId,
    name: row.name,
    description: row.description,
    state: row.state,
    failure: null,
    flavor_id: flavor.id,
    flavor_name: flavor.name,
    vcpus: flavor.vcpus,
    memory_mib: flavor.memory_mib,
    disk_gib: flavor.disk_gib,
    image_id: image.id,
    image_name: image.name,
    login_user: image.login_user,
    host_name: null,
    metadata: row.metadata,
    public_keys: row.publicKeys,
    availability_zone: row.availabilityZone,
    server_group_id: row.serverGroupId,
    tags: row.tags,
    access_ipv4: row.accessIpv4,
    access_ipv6: row.accessIpv6,
    launched_at: null,
    first_metadata_at: null,
    createdAt: row.createdAt,
    updated_at: row.updatedAt,
    user_data_bytes: Buffer.byteLength(row.userData ?? ''),
    operation_id: operationId,
  };
}

type NewServer = ReturnType<typeof serverRow>;

function serverRow(call: Call, id: string, input: Wanted, { flavor, image, publicKeys, hostId }: ServerParts) {
  const { projectId, name, description, metadata, tags } = input;
  return {
    id,
    projectId,
    name,
    description,
    metadata,
    publicKeys,
    tags,
    accessIpv4: input.accessIpv4 ?? null,
    accessIpv6: input.accessIpv6 ?? null,
    userId: call.actor.userId,
    state: 'building',
    flavorId: flavor.id,
    flavorName: flavor.name,
    vcpus: flavor.vcpus,
    memoryMib: flavor.memory_mib,
    diskGib: flavor.disk_gib,
    imageId: image.id,
    extraSpecs: flavor.extra_specs,
    wantedHostId: hostId,
    serverGroupId: input.serverGroupId ?? null,
    reservationId: `r-${randomBytes(4).toString('hex')}`,
    userData: input.userData ?? null,
    availabilityZone: input.availabilityZone ?? null,
  };
}

const made = z.object({ createdAt: z.date(), updatedAt: z.date() });
type Made = z.output<typeof made>;

/** As SQL: by Prisma this row took a fifth of all that the API does for a create. */
async function insertServer(tx: Transaction, row: NewServer): Promise<NewServer & Made> {
  const [written] = await tx.$queryRaw<unknown[]>`
    INSERT INTO server (id, project_id, user_id, name, description, state, flavor_id, flavor_name, vcpus, memory_mib,
      disk_gib, extra_specs, image_id, wanted_host_id, server_group_id, availability_zone, reservation_id, user_data,
      metadata, public_keys, tags, access_ipv4, access_ipv6)
    VALUES (${row.id}::uuid, ${row.projectId}::uuid, ${row.userId}::uuid, ${row.name}, ${row.description}, ${row.state},
      ${row.flavorId}::uuid, ${row.flavorName}, ${row.vcpus}::integer, ${row.memoryMib}::integer,
      ${row.diskGib}::integer, ${JSON.stringify(row.extraSpecs)}::jsonb, ${row.imageId}::uuid,
      ${row.wantedHostId}::uuid, ${row.serverGroupId}::uuid, ${row.availabilityZone}, ${row.reservationId},
      ${row.userData}, ${JSON.stringify(row.metadata)}::jsonb, ${JSON.stringify(row.publicKeys)}::jsonb,
      ${row.tags}::text[], ${row.accessIpv4}, ${row.accessIpv6})
    RETURNING created_at AS "createdAt", updated_at AS "updatedAt"`;
  return { ...row, ...made.parse(written) };
}

interface Owner {
  readonly projectId: string;
  readonly serverId: string;
}

export async function createPorts(tx: Transaction, owner: Owner, parts: ServerParts): Promise<AddressRow[]> {
  const made: AddressRow[] = [];
  const chosen = parts.interfaces.filter(({ port }) => port === null);
  await lockAddresses(
    tx,
    chosen.map(({ network }) => network.id),
  );
  for (const [position, part] of parts.interfaces.entries()) {
    const { network } = part;
    const port =
      part.port === null ? await createPort(tx, { ...owner, position }, part, parts.securityGroupIds) : part.port;
    if (part.port !== null) await takePort(tx, { ...owner, position }, part);
    const { id: portId, macAddress } = port;
    const on = { networkId: network.id, networkName: network.name, portId, macAddress };
    for (const { address } of port.addresses) {
      const reached = part.port && (await tx.floatingIp.findFirst({ where: { portId, fixedAddress: address } }));
      made.push({ ...on, address, floatingAddress: reached?.address ?? null });
    }
  }
  return made;
}

interface Placed extends Owner {
  readonly position: number;
}

async function createPort(
  tx: Transaction,
  placed: Placed,
  { network, address, field }: ServerInterfacePart,
  groupIds: readonly string[],
) {
  const macAddress = newMacAddress();
  const wanted = address === null ? undefined : [{ address }];
  const addresses = await chooseAddresses(tx, network, { wanted, macAddress, fieldOf: () => field });
  const { hasPortSecurity } = network;
  const port = { id: randomUUID(), ...placed, networkId: network.id, macAddress, hasPortSecurity };
  await insertServerPort(tx, port, addresses, hasPortSecurity ? groupIds : []);
  return { ...port, addresses };
}

/** Gives the server a port that is there. Throws `in_use` when another server got it since it was looked at. */
async function takePort(tx: Transaction, { serverId, position }: Placed, { port, field }: ServerInterfacePart) {
  const where = { id: port?.id ?? '', serverId: null };
  const { count } = await tx.port.updateMany({ where, data: { serverId, position } });
  refuseInUse('The port', count === 1 ? [] : [{ field, message: 'another server has it, or it is gone' }]);
}
