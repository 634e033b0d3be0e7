import { describe, expect, test } from 'vitest';
import { drawnNetworks, mostServersShown, topologyOf } from '../resources/topology.ts';

const network = (id: string, isExternal = false) => ({ id, name: id, subnets: [], isExternal });
const port = (id: string, networkId: string, serverId: string | null) => ({
  id,
  networkId,
  serverId,
  name: '',
  macAddress: 'fa:00:00:00:00:01',
  addresses: [{ subnetId: `${networkId}-subnet`, address: `10.0.0.${id}` }],
});
const server = (id: string) => ({ id, name: id, state: 'running' }) as const;
const none: ReadonlySet<string> = new Set();

const networks = [network('front'), network('back'), network('empty')];
const few = {
  networks,
  routers: [],
  servers: [server('web'), server('db')],
  ports: [port('3', 'front', 'web'), port('4', 'back', 'web'), port('5', 'back', 'db'), port('9', 'back', null)],
};

describe('the picture', () => {
  test('has a node for each network, server and spare port, and a line for each port', () => {
    const { nodes, edges } = topologyOf(few, none);
    expect(nodes.map(({ id }) => id).toSorted()).toEqual(['9', 'back', 'db', 'empty', 'front', 'web']);
    expect(edges.map(({ from, to }) => `${from} ${to}`).toSorted()).toEqual([
      'back 9',
      'back db',
      'back web',
      'front web',
    ]);
  });
  test('counts what it draws: an external network that the project does not use is no part of it', () => {
    const things = { ...few, networks: [...networks, network('used', true), network('of-others', true)] };
    const used = { ...things, ports: [...few.ports, port('7', 'used', 'web')] };
    expect(drawnNetworks(used).map(({ id }) => id)).toEqual(['front', 'back', 'empty', 'used']);
    expect(topologyOf(used, none).nodes.some(({ id }) => id === 'of-others')).toBe(false);
  });
  test('has a router between the networks that it joins and the one outside', () => {
    const on = (networkId: string) => ({
      portId: `r-${networkId}`,
      networkId,
      macAddress: '',
      addresses: [{ subnetId: networkId, address: '10.0.0.1' }],
    });
    const router = {
      id: 'r',
      name: 'edge',
      interfaces: [on('front'), on('back')],
      gateway: { ...on('wan'), hasSnat: true },
    };
    const world = { ...few, networks: [...networks, network('wan', true), network('unused', true)], routers: [router] };
    const { nodes, edges } = topologyOf(world, none);
    expect(nodes.find(({ id }) => id === 'wan')?.kind).toBe('outside');
    expect(nodes.find(({ id }) => id === 'unused')).toBeUndefined();
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(
      expect.arrayContaining(['wan r', 'r front', 'r back']),
    );
  });
  test('puts no node upon another', () => {
    const places = topologyOf(few, none).nodes.map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  });
  test('shows 200 servers as one node, or one by one once it is opened', () => {
    const servers = Array.from({ length: 200 }, (_, index) => server(`s${index}`));
    const many = {
      networks,
      routers: [],
      servers,
      ports: servers.map(({ id }, index) => port(`${index}`, 'front', id)),
    };
    const closed = topologyOf(many, none);
    const group = closed.nodes.find(({ kind }) => kind === 'group');
    expect(group).toMatchObject({ label: '200 servers', note: '200 running' });
    expect(closed.nodes).toHaveLength(1 + networks.length);
    expect(closed.edges).toHaveLength(1);
    const opened = topologyOf(many, new Set([group?.id ?? '']));
    expect(opened.nodes).toHaveLength(200 + networks.length);
    expect(topologyOf({ ...many, servers: servers.slice(0, mostServersShown), ports: [] }, none).nodes).toHaveLength(
      mostServersShown + networks.length,
    );
  });
});
