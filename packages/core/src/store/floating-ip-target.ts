import type { UnkaiError } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import type { Core } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { refuseField, refuseTaken } from './refusal.ts';
import { deviceOwners } from './router.ts';
import { touchRouter } from './router-touch.ts';
import { tellHosts } from './security-group-members.ts';

export interface WantedTarget {
  readonly portId: string;
  readonly fixedAddress?: string | undefined;
}

/** Whom a floating IP reaches, and through which router. */
export interface Target {
  readonly portId: string;
  readonly fixedAddress: string;
  readonly routerId: string;
}

interface Place {
  readonly networkId: string;
  readonly projectId: string;
}

/**
 * How a floating IP of the project on that external network reaches an address of a port. Throws `invalid_input` for a port
 * of another project or of a router, and for one that no router of the project joins with the network (A45).
 */
export async function findTarget(tx: Transaction, place: Place, wanted: WantedTarget): Promise<Target> {
  const { networkId, projectId } = place;
  const { portId, fixedAddress } = wanted;
  const port = await tx.port.findFirst({
    where: { id: portId, projectId },
    select: {
      deviceOwner: true,
      addresses: { select: { address: true, subnet: { select: { id: true, name: true } } } },
    },
  });
  if (port === null)
    throw refuseField(
      'portId',
      'names no port of this project',
      'Choose a port of the project that the floating IP is of.',
    );
  if (port.deviceOwner !== '') throw refuseField('portId', 'names a port of a router', 'Choose one of a server.');
  const plain = port.addresses.filter(({ address }) => !address.includes(':'));
  const fitting = plain.filter(({ address }) => fixedAddress === undefined || address === fixedAddress);
  const [chosen] = fitting;
  if (chosen === undefined)
    throw refuseField('fixedAddress', 'is no IPv4 address of the port', 'Choose an IPv4 address that the port has.');
  if (fitting.length > 1) {
    const all = fitting.map(({ address }) => address).join(', ');
    throw refuseField('fixedAddress', `is needed: the port has ${all}`, 'Send one of the addresses of the port.');
  }
  const through = await tx.router.findFirst({
    where: {
      projectId,
      AND: [
        { ports: { some: { deviceOwner: deviceOwners.gateway, networkId } } },
        {
          ports: { some: { deviceOwner: deviceOwners.interface, addresses: { some: { subnetId: chosen.subnet.id } } } },
        },
      ],
    },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  });
  if (through === null) {
    const message = `names a port on the subnet ${chosen.subnet.name}, which no router joins with the floating IP’s network`;
    throw refuseField('portId', message, 'Add the subnet to a router that has its gateway there.');
  }
  return { portId, fixedAddress: chosen.address, routerId: through.id };
}

/** What is to reach an address of a port: a floating IP as a whole, null for one that is not there yet, or its ports. */
export type WayIn = { readonly floatingIpId: string | null } | 'forwarding';

/**
 * Throws `conflict` for an address that another floating IP reaches already, or that port forwardings lead to: one way in
 * alone, as its answers take the same way out. Several port forwardings may lead to one address.
 */
export async function requireUnreached(tx: Transaction, target: Target, way: WayIn): Promise<void> {
  const { portId, fixedAddress } = target;
  const floatingIpId = way === 'forwarding' ? null : way.floatingIpId;
  const other = await tx.floatingIp.findFirst({
    where: { portId, fixedAddress, ...(floatingIpId !== null && { id: { not: floatingIpId } }) },
    select: { address: true },
  });
  if (other !== null) {
    throw refuseReached(`names a port whose address ${fixedAddress} has the floating IP ${other.address}`);
  }
  if (way === 'forwarding') return;
  const led = await tx.portForwarding.findFirst({
    where: { portId, fixedAddress },
    select: { floatingIp: { select: { address: true } } },
  });
  if (led === null) return;
  const by = led.floatingIp.address;
  throw refuseReached(`names a port whose address ${fixedAddress} port forwardings of the floating IP ${by} lead to`);
}

function refuseReached(message: string): UnkaiError {
  return refuseTaken('portId', message, 'Choose another address of a port, or take that away from it first.');
}

export interface ReachChange {
  readonly requestId: string;
  /** Those that reach it now or did so before; null for none. */
  readonly portIds: ReadonlyArray<string | null>;
  readonly routerIds: ReadonlyArray<string | null>;
}

/**
 * Tells the hosts of the servers, whose guests are told of it, and those of the routers what a floating IP reaches. Servers,
 * networks and routers are taken in this order everywhere. Who holds it is settled when it is written.
 */
export async function tellReach(unit: Unit, core: Core, change: ReachChange): Promise<void> {
  const { requestId, portIds, routerIds } = change;
  const named = portIds.flatMap((id) => (id === null ? [] : [id]));
  const servers = Prisma.sql`SELECT server_id FROM port WHERE id = ANY(${named}::uuid[]) AND server_id IS NOT NULL`;
  await tellHosts(unit, core, servers, requestId);
  const routers = new Set(routerIds.flatMap((id) => (id === null ? [] : [id])));
  for (const routerId of [...routers].toSorted()) await touchRouter(unit, core, { routerId, requestId });
}
