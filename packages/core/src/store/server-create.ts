import { randomBytes, randomUUID } from 'node:crypto';
import type { ServerCreate } from '@unkai/contracts/resources/server';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database.ts';
import { freeAddress } from '../ipam.ts';
import { spend } from '../quota.ts';
import { startRun } from '../workflow/start.ts';
import type { ServerParts } from './server-parts.ts';

/**
 * Writes a server with its ports and addresses, and the run that makes it: all that the answer shows is there at once,
 * nothing is there if any of it is refused. Gives its id. Throws `quota_exceeded` and `addresses_exhausted`.
 */
export async function createServer(
  unit: Unit,
  call: Call,
  input: ServerCreate & { readonly projectId: string },
  parts: ServerParts,
): Promise<string> {
  const { projectId, name } = input;
  const { vcpus, memory_mib: memoryMib } = parts.flavor;
  // From here on everyone else who spends in this project waits, so counts and free addresses stay true.
  await spend(unit.tx, projectId, { servers: 1, vcpus, memoryMib, ports: parts.networks.length });
  const id = randomUUID();
  await unit.tx.server.create({ data: { id, ...serverColumns(call, input, parts) }, select: { id: true } });
  await createPorts(unit, { projectId, serverId: id }, parts);
  const { requestId, core } = call;
  await startRun(unit, core, 'server.create', { resourceId: id, resourceName: name, projectId, requestId });
  const detail = `${parts.flavor.name}, ${parts.image.name}`;
  await recordChange(unit, call, { action: 'server:create', kind: 'created', id, name, projectId, detail });
  return id;
}

function serverColumns(call: Call, input: ServerCreate & { readonly projectId: string }, parts: ServerParts) {
  const { projectId, name, description, metadata, userData, availabilityZone } = input;
  const { flavor, image, publicKeys } = parts;
  return {
    projectId,
    name,
    description,
    metadata,
    publicKeys,
    userId: call.actor.userId,
    state: 'building',
    flavorId: flavor.id,
    flavorName: flavor.name,
    vcpus: flavor.vcpus,
    memoryMib: flavor.memory_mib,
    diskGib: flavor.disk_gib,
    imageId: image.id,
    reservationId: `r-${randomBytes(4).toString('hex')}`,
    userData: userData ?? null,
    ...(availabilityZone !== undefined && { availabilityZone }),
  };
}

async function createPorts(
  { tx }: Unit,
  owner: { readonly projectId: string; readonly serverId: string },
  { networks, securityGroupIds }: ServerParts,
): Promise<void> {
  const ports = [];
  for (const [position, network] of networks.entries()) {
    const { subnetId, address } = await freeAddress(tx, network);
    const port = { id: randomUUID(), ...owner, networkId: network.id, position, macAddress: newMacAddress() };
    ports.push({ port, address: { portId: port.id, networkId: network.id, subnetId, address } });
  }
  await tx.port.createMany({ data: ports.map(({ port }) => port) });
  await tx.portAddress.createMany({ data: ports.map(({ address }) => address) });
  await tx.portSecurityGroup.createMany({
    data: ports.flatMap(({ port }) =>
      securityGroupIds.map((securityGroupId) => ({ portId: port.id, securityGroupId })),
    ),
  });
}

// A locally administered unicast prefix, and 40 random bits: two alike on one network are refused by the database, and
// in practice never happen.
const macPrefix = 'fa';
const macRandomBytes = 5;

function newMacAddress(): string {
  return [macPrefix, ...(randomBytes(macRandomBytes).toString('hex').match(/../g) ?? [])].join(':');
}
