import type { DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { ensure, purge } from '../../src/resources/router.ts';
import { run } from '../../src/tools/run.ts';
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
export async function contents(host: TestHost): Promise<unknown> {
  const { tools } = host.host;
  return {
    namespaces: (await tools.ip.namespaces()).filter((name) => name.startsWith(host.namespace)).sort(),
    links: (await tools.ip.links()).sort(),
    ports: (await tools.ovs.ports()).map(({ name }) => name).sort(),
    cookies: [...(await tools.ovs.flowCookies())].sort(),
  };
}
