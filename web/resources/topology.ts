import type { Network } from '@unkai/contracts/resources/network';
import type { Port } from '@unkai/contracts/resources/port';
import type { Router } from '@unkai/contracts/resources/router';
import { type Server, serverCan } from '@unkai/contracts/resources/server';
import { count } from '#ui/amounts.ts';
import { portName } from './port.ts';

// Theory. Four lanes from left to right: external networks, routers, networks, servers. Servers that are on the same networks stand
// together, in the order of those networks, so that lines seldom cross; a network stands in the middle of its servers. More
// of a kind than fit are one node that says how many, until somebody opens it.

export type TopologyNode = {
  id: string;
  kind: 'outside' | 'router' | 'network' | 'server' | 'group' | 'port';
  label: string;
  /** The second line: addresses, ranges, what it is. */
  note: string;
  /** What opens when it is chosen; a group opens in place. */
  target: { noun: 'router' | 'network' | 'server' | 'port'; id: string } | null;
  /** Only of servers: whether it runs. */
  state?: Server['state'];
  x: number;
  y: number;
};
export type TopologyEdge = { id: string; from: string; to: string; label: string };

type TopologyServer = Pick<Server, 'id' | 'name' | 'state'>;
type TopologyPort = Pick<Port, 'id' | 'name' | 'networkId' | 'serverId' | 'addresses' | 'macAddress'>;
type TopologyNetwork = Pick<Network, 'id' | 'name' | 'subnets' | 'isExternal'>;
type TopologyRouter = Pick<Router, 'id' | 'name' | 'interfaces' | 'gateway'>;
export type TopologyThings = {
  networks: readonly TopologyNetwork[];
  routers: readonly TopologyRouter[];
  servers: readonly TopologyServer[];
  ports: readonly TopologyPort[];
};

const lane = { outside: -640, router: -320, network: 0, server: 320 } as const;
const rowHeight = 64;
/** More servers of one kind than this are one node. */
export const mostServersShown = 8;

/** Nodes with their places, and the lines between them. `opened` are the groups that are shown one by one. */
export function topologyOf(
  things: TopologyThings,
  opened: ReadonlySet<string>,
): { nodes: TopologyNode[]; edges: TopologyEdge[] } {
  const members = membersOf(things);
  const right = members.flatMap((group) =>
    isClosed(group, opened) ? [groupNode(group)] : group.members.map(memberNode),
  );
  const placed = right.map((member, index) => ({ ...member, node: { ...member.node, y: index * rowHeight } }));
  const edges = placed.flatMap(({ node, ports }) => edgesOf(node.id, ports));
  const networks = networkNodes(
    things.networks.filter(({ isExternal }) => !isExternal),
    placed,
  );
  const routers = routerNodes(things.routers, networks);
  const outside = outsideNodes(things, routers);
  return {
    nodes: [...outside, ...routers, ...networks, ...placed.map(({ node }) => node)],
    edges: [...edges, ...things.routers.flatMap(routerEdges)],
  };
}

type Member = { id: string; server: TopologyServer | undefined; ports: readonly TopologyPort[] };
type Group = { id: string; members: readonly Member[] };
type Placed = { node: TopologyNode; ports: readonly TopologyPort[] };

/** Servers and ports without one, put together by the networks that they are on. */
function membersOf({ networks, servers, ports }: TopologyThings): Group[] {
  const order = new Map(networks.map(({ id }, index) => [id, index]));
  const ofServers = servers.map((server) => ({
    id: server.id,
    server,
    ports: ports.filter(({ serverId }) => serverId === server.id),
  }));
  const spare = ports
    .filter(({ serverId }) => serverId === null || !servers.some(({ id }) => id === serverId))
    .map((port) => ({ id: port.id, server: undefined, ports: [port] }));
  const keyed = [...ofServers, ...spare].map((member) => ({ member, key: keyOf(member, order) }));
  const keys = [...new Set(keyed.map(({ key }) => key))].toSorted((one, other) => one.localeCompare(other));
  return keys.map((key) => ({
    id: `group ${key}`,
    members: keyed.filter((each) => each.key === key).map((each) => each.member),
  }));
}

function keyOf({ server, ports }: Member, order: ReadonlyMap<string, number>): string {
  const at = [...new Set(ports.map(({ networkId }) => order.get(networkId) ?? order.size))];
  const words = at.toSorted((one, other) => one - other).map((index) => String(index).padStart(4, '0'));
  return `${words.join('+') || '~'} ${server === undefined ? 'ports' : 'servers'}`;
}

function isClosed({ id, members }: Group, opened: ReadonlySet<string>): boolean {
  return members.length > mostServersShown && !opened.has(id);
}

function groupNode({ id, members }: Group): Placed {
  const running = members.filter(({ server }) => server && serverCan.stop(server)).length;
  const isOfServers = members[0]?.server !== undefined;
  const label = count(members.length, isOfServers ? 'server' : 'port');
  const note = isOfServers ? `${running} running` : 'no server has them';
  // One line to each network is enough.
  const ports = members[0]?.ports ?? [];
  return { node: { id, kind: 'group', label, note, target: null, x: lane.server, y: 0 }, ports };
}

function memberNode({ id, server, ports }: Member): Placed {
  const addresses = ports.flatMap((port) => port.addresses.map(({ address }) => address));
  const [port] = ports;
  if (server === undefined) {
    const label = port === undefined ? id : portName(port);
    const node = { id, kind: 'port', label, note: addresses.join(', '), x: lane.server, y: 0 } as const;
    return { node: { ...node, target: { noun: 'port', id } }, ports };
  }
  const note = addresses.join(', ') || 'on no network';
  const node = { id, kind: 'server', label: server.name, note, state: server.state, x: lane.server, y: 0 } as const;
  return { node: { ...node, target: { noun: 'server', id } }, ports };
}

function edgesOf(to: string, ports: readonly TopologyPort[]): TopologyEdge[] {
  return ports.map(({ id, networkId, addresses }) => ({
    id: `${networkId} ${to} ${id}`,
    from: networkId,
    to,
    label: addresses.map(({ address }) => address).join(', '),
  }));
}

/** A router stands in the middle of the networks that it joins. */
function routerNodes(routers: readonly TopologyRouter[], networks: readonly TopologyNode[]): TopologyNode[] {
  const wanted = routers.map((router) => {
    const joined = networks.filter(({ id }) => router.interfaces.some(({ networkId }) => networkId === id));
    return { router, y: joined.reduce((sum, { y }) => sum + y, 0) / Math.max(1, joined.length) };
  });
  let next = 0;
  return wanted
    .toSorted((one, other) => one.y - other.y)
    .map(({ router: { id, name, gateway }, y }) => {
      const at = Math.max(next, y);
      next = at + rowHeight * 1.25;
      const note = gateway?.addresses.map(({ address }) => address).join(', ') || 'no way out';
      return { id, kind: 'router', label: name, note, target: { noun: 'router', id }, x: lane.router, y: at };
    });
}

/** The networks of the picture: of those that lead outside only those that the project uses. */
export function drawnNetworks({ networks, routers, ports }: TopologyThings): readonly TopologyNetwork[] {
  const isUsed = (id: string) =>
    routers.some(({ gateway }) => gateway?.networkId === id) || ports.some(({ networkId }) => networkId === id);
  return networks.filter(({ id, isExternal }) => !isExternal || isUsed(id));
}

/** External networks that something of the project leads to. */
function outsideNodes(things: TopologyThings, placed: readonly TopologyNode[]): TopologyNode[] {
  return drawnNetworks(things)
    .filter(({ isExternal }) => isExternal)
    .map(({ id, name: label, subnets }, index) => {
      const note = subnets.map(({ cidr }) => cidr).join(', ') || 'external';
      const y = (placed[0]?.y ?? 0) + index * rowHeight * 1.25;
      return { id, kind: 'outside', label, note, target: { noun: 'network', id }, x: lane.outside, y };
    });
}

function routerEdges({ id, gateway, interfaces }: TopologyRouter): TopologyEdge[] {
  const joined = interfaces.map(({ portId, networkId, addresses }) => ({
    id: `${id} ${networkId} ${portId}`,
    from: id,
    to: networkId,
    label: addresses.map(({ address }) => address).join(', '),
  }));
  return gateway === null
    ? joined
    : [...joined, { id: `${gateway.networkId} ${id}`, from: gateway.networkId, to: id, label: '' }];
}

/** Each network in the middle of what is on it, none above another. */
function networkNodes(networks: readonly TopologyNetwork[], placed: readonly Placed[]): TopologyNode[] {
  let next = 0;
  const wanted = networks.map((network) => {
    const heights = placed.filter(({ ports }) => ports.some(({ networkId }) => networkId === network.id));
    const middle = heights.reduce((sum, { node }) => sum + node.y, 0) / Math.max(1, heights.length);
    return { network, y: heights.length === 0 ? Number.POSITIVE_INFINITY : middle };
  });
  return wanted
    .toSorted((one, other) => one.y - other.y)
    .map(({ network, y }) => {
      const at = Number.isFinite(y) ? Math.max(next, y) : next;
      next = at + rowHeight * 1.25;
      const note = network.subnets.map(({ cidr }) => cidr).join(', ') || 'no subnet';
      const { id, name: label } = network;
      return { id, kind: 'network', label, note, target: { noun: 'network', id }, x: lane.network, y: at };
    });
}
