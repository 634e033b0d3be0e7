import { desired } from '@unkai/contracts/host/desired';
import { type QosPolicy, qosPolicy, qosRule } from '@unkai/contracts/resources/qos-policy';
import { readDesired } from '@unkai/core/host/desired';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { makeHost, makeServer } from './installation.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let token: string;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown, as = token) =>
  cloud.ask(method, `/v1${path}`, { token: as, body });
const make = async (said: Record<string, unknown> = {}, projectId = tenant.id, as = token): Promise<QosPolicy> => {
  const told = await ask('POST', `/projects/${projectId}/qos-policies`, { name: 'p', ...said }, as);
  expect(told.status, told.text).toBe(201);
  return qosPolicy.parse(told.body);
};
const limit = (kilobitsPerSecond: number, direction = 'egress') => ({
  kind: 'bandwidth-limit',
  direction,
  kilobitsPerSecond,
  burstKilobits: 0,
});
/** The status, and of a refusal the field that it names. */
const outcome = async (asked: ReturnType<typeof ask>) => {
  const { status, body } = await asked;
  return [status, ...problemBody.parse(body).errors.map(({ field }) => field)];
};

describe('the rules of a policy', () => {
  test('are limits both ways, a mark and minimums, each once, and each says what its kind has', async () => {
    const minimum = { kind: 'minimum-bandwidth', kilobitsPerSecond: 1 };
    const mark = { kind: 'dscp-marking', dscpMark: 46 };
    const { id, rules } = await make({ rules: [limit(50_000), limit(20_000, 'ingress'), mark] });
    expect(rules).toMatchObject([limit(50_000), limit(20_000, 'ingress'), { ...mark, direction: null }]);
    const add = (rule: object) => ask('POST', `/qos-policies/${id}/rules`, rule);
    const added = qosRule.parse((await add(minimum)).body);
    expect(added).toMatchObject({ ...minimum, direction: 'egress', burstKilobits: null });
    expect(await outcome(add(mark))).toEqual([409, 'kind']);
    expect(await outcome(add({ ...minimum, direction: 'ingress', dscpMark: 46 }))).toEqual([400, 'dscpMark']);
    expect(await outcome(add({ kind: 'minimum-bandwidth', direction: 'ingress' }))).toEqual([400, 'kilobitsPerSecond']);
    expect(await outcome(add({ ...limit(0), direction: 'ingress' }))).toEqual([400, 'kilobitsPerSecond']);
    expect(await outcome(add({ kind: 'dscp-marking', dscpMark: 1 }))).toEqual([400, 'dscpMark']);
    const change = (rule: object) => ask('PATCH', `/qos-policies/${id}/rules/${added.id}`, rule);
    expect((await change({ direction: 'ingress', kilobitsPerSecond: 7 })).body).toMatchObject({
      direction: 'ingress',
      kilobitsPerSecond: 7,
    });
    expect(await outcome(change({ burstKilobits: 7 }))).toEqual([400, 'burstKilobits']);
    expect((await ask('DELETE', `/qos-policies/${id}/rules/${added.id}`)).status).toBe(204);
    expect((await ask('DELETE', `/qos-policies/${id}/rules/${added.id}`)).status).toBe(404);
    expect(qosPolicy.parse((await ask('GET', `/qos-policies/${id}`)).body).rules).toHaveLength(3);
  });

  test('say the same to the database, whoever writes there', async () => {
    const { prisma } = cloud.core.database;
    const { id: qosPolicyId } = await make();
    const wrong = [
      { kind: 'bandwidth-limit', direction: 'egress' },
      { kind: 'dscp-marking', dscpMark: 64 },
      { kind: 'dscp-marking', dscpMark: 46, direction: 'egress' },
      { kind: 'packet-rate', kilobitsPerSecond: 1 },
    ];
    for (const rule of wrong)
      await expect(prisma.qosRule.create({ data: { qosPolicyId, ...rule } })).rejects.toThrow(/qos_rule_(whole|sane)/);
  });
});

describe('what a host is told', () => {
  test('is the policy of the port, else of its network; a changed rule raises what the host compares', async () => {
    const { core, services } = cloud;
    const { hostId } = await makeHost(core, services, 'alpha');
    const server = await makeServer(core, { projectId: tenant.id, hostId });
    const networkId = tenant.network.id;
    const port = await core.database.prisma.port.create({
      data: { projectId: tenant.id, networkId, serverId: server.id, macAddress: 'fa:16:3e:00:00:77' },
    });
    const onNetwork = (qosPolicyId: string | null) => ask('PATCH', `/networks/${networkId}`, { qosPolicyId });
    const told = async () => {
      const now = desired.server.parse(await readDesired(core.database, hostId, 'server', server.id));
      return { qos: 'spec' in now ? now.spec.ports[0]?.qos : undefined, generation: now.generation };
    };
    const first = await told();
    expect(first.qos).toBeNull();
    const ofNetwork = await make({ rules: [limit(50_000)] });
    const ofPort = await make({ rules: [{ kind: 'dscp-marking', dscpMark: 46 }, limit(9000, 'ingress')] });
    await onNetwork(ofNetwork.id);
    const egress = { kilobitsPerSecond: 50_000, burstKilobits: 0 };
    const second = await told();
    expect(second.qos).toEqual({ egress, ingress: null, dscpMark: null });
    expect(second.generation).toBeGreaterThan(first.generation);
    await ask('PATCH', `/qos-policies/${ofNetwork.id}/rules/${ofNetwork.rules[0]?.id}`, { burstKilobits: 100 });
    const third = await told();
    expect(third.qos).toMatchObject({ egress: { ...egress, burstKilobits: 100 } });
    expect(third.generation).toBeGreaterThan(second.generation);
    await ask('PATCH', `/ports/${port.id}`, { qosPolicyId: ofPort.id });
    const fourth = await told();
    expect(fourth.qos).toEqual({
      egress: null,
      ingress: { kilobitsPerSecond: 9000, burstKilobits: 0 },
      dscpMark: 46,
    });
    // It has another now: what the network's says is nothing to it.
    await ask('POST', `/qos-policies/${ofNetwork.id}/rules`, limit(1, 'ingress'));
    expect((await told()).generation).toBe(fourth.generation);
    await ask('PATCH', `/ports/${port.id}`, { qosPolicyId: null });
    await onNetwork(null);
    expect((await told()).qos).toBeNull();
  });
});

describe('who may use a policy', () => {
  const give = (qosPolicyId: string | null, as = token) =>
    ask('PATCH', `/networks/${tenant.network.id}`, { qosPolicyId }, as);

  test('is its own project, and everybody once operators share it; then it stays shared and there while it is used', async () => {
    const foreign = await make({ name: 'gold' }, other.id, operator);
    expect((await ask('GET', `/qos-policies/${foreign.id}`)).status).toBe(404);
    expect(await outcome(give(foreign.id))).toEqual([400, 'qosPolicyId']);
    expect(await outcome(ask('POST', `/projects/${tenant.id}/qos-policies`, { name: 'x', isShared: true }))).toEqual([
      ...[403, 'isShared'],
    ]);
    await ask('PATCH', `/qos-policies/${foreign.id}`, { isShared: true }, operator);
    expect((await ask('GET', `/qos-policies/${foreign.id}`)).body).toMatchObject({ isShared: true, portCount: null });
    expect((await ask('GET', `/projects/${tenant.id}/qos-policies`)).text).toContain(foreign.id);
    expect((await ask('DELETE', `/qos-policies/${foreign.id}`)).status).toBe(403);
    expect((await give(foreign.id)).body).toMatchObject({ qosPolicyId: foreign.id });
    const close = () => ask('PATCH', `/qos-policies/${foreign.id}`, { isShared: false }, operator);
    expect(await outcome(close())).toEqual([409, tenant.network.id]);
    expect(await outcome(ask('DELETE', `/qos-policies/${foreign.id}`, undefined, operator))).toEqual([
      ...[409, tenant.network.id],
    ]);
    await give(null);
    expect((await close()).status).toBe(200);
    expect((await ask('DELETE', `/qos-policies/${foreign.id}`, undefined, operator)).status).toBe(204);
  });

  test('A50: what an operator gives from a project that the tenant does not see, the tenant cannot take off', async () => {
    const cap = await make({ name: 'cap' }, other.id, operator);
    expect((await give(cap.id, operator)).status).toBe(200);
    const own = await make();
    expect(await outcome(give(null))).toEqual([403, 'qosPolicyId']);
    expect(await outcome(give(own.id))).toEqual([403, 'qosPolicyId']);
    expect((await ask('PATCH', `/networks/${tenant.network.id}`, { description: 'x' })).status).toBe(200);
    expect((await give(null, operator)).status).toBe(200);
  });

  test('is, of the default one, every new network of the project that names none; there is one at most', async () => {
    await make({ name: 'old', isDefault: true });
    const { id } = await make({ name: 'new', isDefault: true });
    const network = async (said: Record<string, unknown>) => {
      const told = await ask('POST', `/projects/${tenant.id}/networks`, { name: 'n', ...said });
      return ask('GET', `/networks/${withId.parse(told.body).id}`);
    };
    expect((await network({})).body).toMatchObject({ qosPolicyId: id });
    expect((await network({ qosPolicyId: null })).body).toMatchObject({ qosPolicyId: null });
    const defaults = await cloud.core.database.prisma.qosPolicy.count({
      where: { projectId: tenant.id, isDefault: true },
    });
    expect(defaults).toBe(1);
    await ask('PATCH', `/qos-policies/${id}`, { isDefault: false });
  });
});
