import { pathCheck } from '@unkai/contracts/resources/path-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant, withId } from './cloud.ts';
import { makeHost, makeServer } from './installation.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let token: string;

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  token = await makeToken(cloud.core, person.id, {});
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown) => cloud.ask(method, `/v1${path}`, { token, body });
const port = z.object({ id: z.string(), addresses: z.tuple([z.object({ address: z.string() })]) });

async function makePort(of: Tenant = tenant) {
  const { prisma } = cloud.core.database;
  const address = `10.0.0.${100 + (await prisma.port.count())}`;
  const row = await prisma.port.create({
    data: {
      projectId: of.id,
      networkId: of.network.id,
      macAddress: `fa:16:3e:00:00:${address.slice(-2)}`,
      addresses: { create: { subnetId: of.subnet.id, networkId: of.network.id, address } },
      securityGroups: { create: { securityGroupId: of.group.id } },
    },
    include: { addresses: true },
  });
  return port.parse(row);
}

async function check(query: Record<string, string>) {
  const told = await ask('GET', `/projects/${tenant.id}/path-check?${new URLSearchParams(query)}`);
  expect(told.status, told.text).toBe(200);
  return pathCheck.parse(told.body);
}

describe('H20: a path check', () => {
  test('names of several groups that let something pass the one that was made first, each time', async () => {
    const { prisma } = cloud.core.database;
    const [one, two] = [await makePort(), await makePort()];
    const names = ['zulu', 'alpha', 'mike'];
    for (const [nth, name] of names.entries()) {
      const rules = { create: { direction: 'ingress', protocol: 'udp', portMin: 53, portMax: 53 } };
      const createdAt = new Date(Date.UTC(2026, 0, 1 + nth));
      const group = { projectId: tenant.id, name, createdAt, rules };
      await prisma.securityGroup.create({ data: { ...group, ports: { create: { portId: two.id } } } });
    }
    const asked = () => check({ from: one.id, to: two.id, protocol: 'udp', port: '53' });
    for (const { steps } of [await asked(), await asked()]) {
      expect(steps.at(-1)).toMatchObject({ verdict: 'passes', concerned: { noun: 'security-group', name: 'zulu' } });
    }
  });

  test('names the rule that is missing, and finds it once it is added', async () => {
    const [one, two] = [await makePort(), await makePort()];
    const missing = (await check({ from: one.id, to: two.id, protocol: 'tcp', port: '8080' })).steps.at(-1);
    if (missing?.mend?.kind !== 'rule') throw new Error(`A rule is missing: ${JSON.stringify(missing)}`);
    const { securityGroupId, rule } = missing.mend;
    expect(rule).toMatchObject({ direction: 'ingress', portMin: 8080, remotePrefix: `${one.addresses[0].address}/32` });
    const added = await ask('POST', `/security-groups/${securityGroupId}/rules`, rule);
    expect(added.status, added.text).toBe(201);
    const after = await check({ from: one.id, to: two.addresses[0].address, protocol: 'tcp', port: '8080' });
    expect(after.steps.at(-1)).toMatchObject({ verdict: 'passes', title: missing.title });
    // No server has either port, which is what stops it.
    expect(after).toMatchObject({ isOpen: false, steps: [{ detail: 'No server has this port.' }, {}, {}, {}, {}] });
  });

  test('knows servers, whether their hosts answer, and what hosts said of the network', async () => {
    const { prisma } = cloud.core.database;
    const { hostId } = await makeHost(cloud.core, cloud.services, 'rack-1');
    const { id } = await makePort();
    const { id: serverId } = await makeServer(cloud.core, { projectId: tenant.id, hostId });
    await prisma.port.update({ where: { id }, data: { serverId } });
    const stopping = async () =>
      (await check({ from: serverId, to: 'internet' })).steps.find(({ verdict }) => verdict === 'stops');
    expect((await stopping())?.detail).toMatch(/no router joins it\.$/);
    const { id: routerId } = withId.parse((await ask('POST', `/projects/${tenant.id}/routers`, { name: 'edge' })).body);
    const joined = await ask('POST', `/routers/${routerId}/interfaces`, { subnetId: tenant.subnet.id });
    expect(joined.status, joined.text).toBeLessThan(300);
    // Whether or not a host carries it by now, it leads nowhere.
    expect(await stopping()).toMatchObject({ concerned: { noun: 'router', id: routerId, name: 'edge' } });
    const failure = { code: 'internal', message: 'The bridge is gone.', next: 'Try again.' };
    const place = { hostId, networkId: tenant.network.id };
    const said = { observedState: 'error', observedFailure: failure };
    await prisma.hostNetwork.upsert({
      where: { hostId_networkId: place },
      create: { ...place, ...said },
      update: said,
    });
    expect((await stopping())?.detail).toBe('The host could not set the network up: The bridge is gone.');
    await prisma.host.update({ where: { id: hostId }, data: { isUp: false } });
    expect((await stopping())?.detail).toBe('The host does not answer.');
  });

  test('tells nothing of another project, and refuses ends that are none', async () => {
    const [own, foreign] = [await makePort(), await makePort(other)];
    for (const [query, field] of [
      [{ from: own.id, to: foreign.id }, 'to'],
      [{ from: foreign.id, to: 'internet' }, 'from'],
      [{ from: 'nowhere', to: 'internet' }, 'from'],
      [{ from: 'internet', to: '198.51.100.7' }, 'to'],
    ] as const) {
      const told = await ask('GET', `/projects/${tenant.id}/path-check?${new URLSearchParams(query)}`);
      expect(told.status, told.text).toBe(400);
      expect(told.body).toMatchObject({ errors: [{ field }] });
    }
    const told = await ask('GET', `/projects/${other.id}/path-check?from=${foreign.id}&to=internet`);
    expect(told.status).toBe(404);
  });
});
