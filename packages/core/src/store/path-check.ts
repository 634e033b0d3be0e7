import { familyOf } from '@unkai/contracts/address-form';
import { failure } from '@unkai/contracts/errors';
import type { PathCheck, PathCheckQuery } from '@unkai/contracts/resources/path-check';
import { serverState } from '@unkai/contracts/resources/server';
import { hostRoute } from '@unkai/contracts/resources/subnet';
import type { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Call } from '../call.ts';
import type { Database } from '../database/database.ts';
import { checkPath } from '../path-check/check.ts';
import { UnknownEnd } from '../path-check/ends.ts';
import type {
  PathFloatingIp,
  PathNetwork,
  PathPort,
  PathRouter,
  PathSnapshot,
  PathSubnet,
} from '../path-check/snapshot.ts';
import { seenBy } from './network-access.ts';
import { refuseField } from './refusal.ts';
import { deviceOwners } from './router.ts';

/**
 * Says what a packet meets on its way, from what the control plane knows of the networks of a project that the caller was
 * let into by `findPlace`. Nothing is sent. Throws `invalid_input` for an end that the project does not have.
 */
export async function explainPath(call: Call, { projectId, ...query }: PathCheckQuery): Promise<PathCheck> {
  const snapshot = await readSnapshot(call.core.database, projectId);
  const { from, to, protocol, port = null } = query;
  try {
    return checkPath(snapshot, { from, to, traffic: { protocol, port: protocol === 'icmp' ? null : port } });
  } catch (error) {
    if (error instanceof UnknownEnd) throw refuseField(error.field, error.message, error.fix);
    throw error;
  }
}

const withServer = {
  addresses: { select: { subnetId: true, address: true } },
  securityGroups: { select: { securityGroupId: true } },
  server: { select: { id: true, name: true, state: true, hostId: true, host: { select: { isUp: true } } } },
} as const satisfies Prisma.PortInclude;
type PortRow = Prisma.PortGetPayload<{ include: typeof withServer }>;

const withHosts = {
  subnets: true,
  hostNetworks: { select: { hostId: true, observedFailure: true } },
} as const satisfies Prisma.NetworkInclude;
type NetworkRow = Prisma.NetworkGetPayload<{ include: typeof withHosts }>;

const withPorts = {
  host: { select: { isUp: true } },
  ports: { select: { deviceOwner: true, networkId: true, addresses: { select: { subnetId: true, address: true } } } },
} as const satisfies Prisma.RouterInclude;
type RouterRow = Prisma.RouterGetPayload<{ include: typeof withPorts }>;
type FloatingIpRow = Prisma.FloatingIpGetPayload<{ include: { forwardings: true } }>;

// Of several rules that let something pass the first is named: the same one each time.
const inOrder = [{ createdAt: 'asc' }, { id: 'asc' }] satisfies Prisma.SecurityGroupOrderByWithRelationInput[];
const withRules = {
  rules: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.SecurityGroupInclude;

async function readSnapshot({ prisma }: Database, projectId: string): Promise<PathSnapshot> {
  const [ports, networks, groups, routers, floatingIps] = await Promise.all([
    prisma.port.findMany({
      where: { projectId, deviceOwner: '' },
      include: withServer,
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    }),
    prisma.network.findMany({ where: seenBy(projectId), include: withHosts }),
    prisma.securityGroup.findMany({ where: seenBy(projectId), include: withRules, orderBy: inOrder }),
    prisma.router.findMany({ where: { projectId }, include: withPorts }),
    prisma.floatingIp.findMany({ where: { projectId }, include: { forwardings: true } }),
  ]);
  return {
    ports: ports.map((port) => portOf(port, networks)),
    subnets: networks.flatMap(({ subnets }) => subnets.map(subnetOf)),
    networks: networks.map(networkOf),
    // A rule that is missing is proposed for a group of the project's own, where the port has one.
    groups: groups.toSorted(
      (one, other) => Number(other.projectId === projectId) - Number(one.projectId === projectId),
    ),
    routers: routers.map(routerOf),
    floatingIps: floatingIps.map(floatingIpOf),
  };
}

function portOf(port: PortRow, networks: readonly NetworkRow[]): PathPort {
  const { id, networkId, server, isEnabled, hasPortSecurity, addresses } = port;
  const hosts = networks.find((network) => network.id === networkId)?.hostNetworks ?? [];
  const failed = failure.safeParse(hosts.find(({ hostId }) => hostId === server?.hostId)?.observedFailure);
  return {
    id,
    networkId,
    isEnabled,
    hasPortSecurity,
    addresses,
    name: port.name || (addresses[0]?.address ?? port.macAddress),
    securityGroupIds: port.securityGroups.map(({ securityGroupId }) => securityGroupId),
    server: server && {
      id: server.id,
      name: server.name,
      state: serverState.parse(server.state),
      isHostUp: server.host?.isUp ?? null,
    },
    failure: failed.success ? failed.data.message : null,
  };
}

const routes = z.array(hostRoute);

function subnetOf({ id, networkId, name, cidr, gatewayAddress, ...row }: NetworkRow['subnets'][number]): PathSubnet {
  return { id, networkId, name, cidr, gatewayAddress, hostRoutes: routes.parse(row.hostRoutes) };
}

function networkOf({ id, name, isEnabled, isExternal, physicalNetwork }: NetworkRow): PathNetwork {
  return { id, name, isEnabled, isPhysical: isExternal || physicalNetwork !== null };
}

function routerOf({ id, name, isEnabled, hasSnat, host, ports, ...row }: RouterRow): PathRouter {
  const gateway = ports.find(({ deviceOwner }) => deviceOwner === deviceOwners.gateway);
  // What leaves with another address has this one; IPv6 keeps its own.
  const outside = gateway?.addresses.find(({ address }) => familyOf(address) === 4) ?? gateway?.addresses[0];
  const joined = ports.filter(({ deviceOwner }) => deviceOwner === deviceOwners.interface);
  return {
    id,
    name,
    isEnabled,
    isHostUp: host?.isUp ?? null,
    routes: routes.parse(row.routes),
    interfaces: joined.flatMap(({ networkId, addresses }) => addresses.map((each) => ({ networkId, ...each }))),
    gateway: gateway && outside ? { networkId: gateway.networkId, address: outside.address, hasSnat } : null,
  };
}

function floatingIpOf({ id, address, portId, fixedAddress, forwardings }: FloatingIpRow): PathFloatingIp {
  const target = portId === null || fixedAddress === null ? null : { portId, fixedAddress };
  return { id, address, target, forwardings };
}
