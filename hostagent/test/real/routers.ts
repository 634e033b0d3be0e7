import type { DesiredNetworkSpec } from '@unkai/contracts/host/desired';
import type { DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { ensure, purge } from '../../src/resources/router.ts';
import { run } from '../../src/tools/run.ts';
import { networkAt, routerPort, routerSpec } from '../router-specs.ts';
import type { TestFabric } from './fabric.ts';
import type { Guest, TestHost } from './network-host.ts';

/** Makes a router on a host as the agent does. */
export async function putRouter(host: TestHost, spec: DesiredRouterSpec): Promise<void> {
  await host.host.state.put('router', spec.id, { generation: 1, spec });
  await ensure(host.host, spec);
}

export async function purgeRouter(host: TestHost, id: string): Promise<void> {
  await purge(host.host, id);
  await host.host.state.remove('router', id);
}

/** Gives a guest its address and the way out by its router. */
export async function addressWithGateway(host: TestHost, guest: Guest): Promise<void> {
  await host.address(guest);
  const gateway = guest.port.addresses[0]?.gatewayAddress ?? '';
  await run(['ip', '-netns', guest.namespace, 'route', 'add', 'default', 'via', gateway]);
}

/** All that there is of routers on the machine's side of a host: namespaces, devices, places on the bridge, flows. */
export async function contents(host: Pick<TestHost, 'namespace' | 'host'>): Promise<unknown> {
  const { tools } = host.host;
  return {
    namespaces: (await tools.ip.namespaces()).filter((name) => name.startsWith(host.namespace)).sort(),
    links: (await tools.ip.links()).sort(),
    ports: (await tools.ovs.ports()).map(({ name }) => name).sort(),
    cookies: [...(await tools.ovs.flowCookies())].sort(),
  };
}

/** Gives a host the wire of the "internet" as the physical network "provider", as an operator does. */
export async function reachInternet(fabric: TestFabric, host: TestHost): Promise<void> {
  await fabric.plugPhysical(host);
  await host.stopAgent();
  const physicalNetworks = [{ name: 'provider', bridge: 'br-ex', device: 'phys0' }];
  host.host = { ...host.host, config: { ...host.host.config, physicalNetworks } };
  await host.startAgent();
}

/** A network that is that wire, at 203.0.113.0/24 with the "internet" at its first address. */
export function externalNetwork(number: number, over: Partial<DesiredNetworkSpec> = {}): DesiredNetworkSpec {
  const network = networkAt(number, 0, { segment: { type: 'flat', physicalNetwork: 'provider' }, mtu: 1500 });
  const subnets = network.subnets.map((subnet) => ({
    ...subnet,
    cidr: '203.0.113.0/24',
    gatewayAddress: '203.0.113.1',
    dhcpAddress: '203.0.113.2',
  }));
  return { ...network, subnets, ...over };
}

/** A router between one network, at 10.0.0.1, and an external one. */
export function gatewayRouter(
  number: number,
  [inner, outer]: [DesiredNetworkSpec, DesiredNetworkSpec],
  address: string,
  over: Partial<DesiredRouterSpec> = {},
): DesiredRouterSpec {
  return routerSpec(number, {
    interfaces: [routerPort(inner, 1, '10.0.0.1')],
    gateway: { ...routerPort(outer, number, address, '203.0.113.1'), hasSnat: true },
    ...over,
  });
}
