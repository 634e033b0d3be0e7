import { type Router, router } from '@unkai/contracts/resources/router';
import type { z } from 'zod';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant, type Told, withId } from './cloud.ts';
import { factsOf, makeHost } from './installation.ts';

/** A cloud with a tenant, another one, an external network, and two hosts of which one reaches it. */
export interface RouterCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly tenant: Tenant;
  readonly other: Tenant;
  /** Of a member of the tenant, and of an operator. */
  readonly token: string;
  readonly operator: string;
  readonly outside: Awaited<ReturnType<typeof makeExternal>>;
  /** The one that reaches the external network. */
  readonly hostId: string;
  /** Asks as the member, unless another token is given. */
  readonly ask: (method: string, path: string, body?: unknown, as?: string) => Promise<Told>;
  readonly makeRouter: (body?: Record<string, unknown>) => Promise<Router>;
  readonly makeSubnet: (cidr: string, more?: Record<string, unknown>) => Promise<{ id: string; networkId: string }>;
  readonly read: (id: string) => Promise<Router>;
}

export async function openRouterCloud(): Promise<RouterCloud> {
  const cloud = await openCloud();
  const tenant = await makeTenant(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const token = await makeToken(cloud.core, person.id, {});
  const operator = await makeToken(cloud.core, (await makePerson(cloud, { system: 'admin' })).id, {});
  const ask: RouterCloud['ask'] = (method, path, body, as = token) =>
    cloud.ask(method, `/v1${path}`, { token: as, body });
  await makeHost(cloud.core, cloud.services, 'plain');
  return {
    cloud,
    tenant,
    token,
    operator,
    ask,
    other: await makeTenant(cloud),
    outside: await makeExternal(cloud),
    hostId: await makeNetworkHost(cloud, 'edge-1'),
    async makeRouter(body = {}) {
      return parsed(router, await ask('POST', `/projects/${tenant.id}/routers`, { name: 'edge', ...body }));
    },
    async makeSubnet(cidr, more = {}) {
      const network = parsed(withId, await ask('POST', `/projects/${tenant.id}/networks`, { name: cidr }));
      const made = await ask('POST', `/networks/${network.id}/subnets`, { name: cidr, cidr, ...more });
      return { networkId: network.id, id: parsed(withId, made).id };
    },
    read: async (id) => parsed(router, await ask('GET', `/routers/${id}`)),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, { status, text, body }: Told): z.output<Schema> {
  if (status >= 400) throw new Error(`answered ${status}: ${text}`);
  return schema.parse(body);
}

/** A host that reaches the physical network of the external one. */
async function makeNetworkHost(cloud: Cloud, name: string): Promise<string> {
  const { hostId } = await makeHost(cloud.core, cloud.services, name, '10.0.0.9');
  const facts = { ...factsOf(name, '10.0.0.9'), physicalNetworks: [{ name: 'provider', bridge: 'br-ex', mtu: 1500 }] };
  await cloud.core.database.prisma.host.update({ where: { id: hostId }, data: { facts } });
  return hostId;
}

/** An external network of the operators', with one subnet of eleven addresses to give away. */
export async function makeExternal(cloud: Cloud) {
  const { prisma } = cloud.core.database;
  const { id: projectId } = await makeTenant(cloud);
  const network = await prisma.network.create({
    data: {
      projectId,
      name: 'public',
      tunnelKey: 16_000_000,
      mtu: 1500,
      isExternal: true,
      networkType: 'flat',
      physicalNetwork: 'provider',
      rbacPolicies: { create: { projectId, action: 'access_as_external' } },
    },
  });
  const subnet = await prisma.subnet.create({
    data: {
      projectId,
      networkId: network.id,
      name: 'public',
      cidr: '203.0.113.0/24',
      gatewayAddress: '203.0.113.1',
      dhcpAddress: '203.0.113.2',
      hasDhcp: false,
      allocationPools: { create: { first: '203.0.113.10', last: '203.0.113.20' } },
    },
  });
  return { projectId, network, subnet };
}
