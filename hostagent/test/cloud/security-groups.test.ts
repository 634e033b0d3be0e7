// A47: what the security groups of a server let in and keep out is the same after everything that can happen to the server,
// as the control plane has it done. One who may and one who may not send to it all the while: the one is heard, and of the
// other not a single packet.
import { readFile } from 'node:fs/promises';
import { granted } from '@unkai/client/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTenant } from '../../../api/test/cloud.ts';
import { eventually } from '../real/eventually.ts';
import { echo, hearWhom, sayUdp, talk } from '../real/programs.ts';
import { addressOf, CloudOnHosts, done, type Server } from './cloud-on-hosts.ts';

let cloud: CloudOnHosts;
let web: Server;
let client: Server;
let stranger: Server;
let groups: Record<'web' | 'clients' | 'strangers', string>;
let httpRuleId: string;
let otherNetworkId: string;

beforeAll(async () => {
  cloud = await CloudOnHosts.start();
  groups = {
    web: await makeGroup('web'),
    clients: await makeGroup('clients'),
    strangers: await makeGroup('strangers'),
  };
  await allowClients('udp', 7);
  httpRuleId = await allowClients('tcp', 80);
  otherNetworkId = await makeNetwork();
  const place = (name: string, hostName: string, group: string) =>
    cloud.createServer(name, { hostName, securityGroupIds: [group] });
  [web, client, stranger] = await Promise.all([
    place('web', 'host-1', groups.web),
    place('client', 'host-2', groups.clients),
    place('stranger', 'host-3', groups.strangers),
  ]);
  for (const each of [web, client, stranger]) await cloud.address(each);
  await listen();
  for (const each of [client, stranger]) {
    await cloud.hostOf(each).startInGuest(each.id, sayUdp(addressOf(web), 7));
  }
});
afterAll(() => cloud?.close());

async function makeGroup(name: string): Promise<string> {
  const params = { path: { projectId: cloud.tenant.id } };
  return granted(await cloud.member.POST('/projects/{projectId}/security-groups', { params, body: { name } })).id;
}

/** Lets the group of the clients in to the web server; gives the rule's id. */
async function allowClients(protocol: 'tcp' | 'udp', port: number): Promise<string> {
  const params = { path: { securityGroupId: groups.web } };
  const remote = { remoteGroupId: groups.clients };
  const body = { direction: 'ingress', protocol, portMin: port, portMax: port, ...remote } as const;
  return granted(await cloud.member.POST('/security-groups/{securityGroupId}/rules', { params, body })).id;
}

async function makeNetwork(): Promise<string> {
  const { member, tenant } = cloud;
  const path = { projectId: tenant.id };
  const made = await member.POST('/projects/{projectId}/networks', { params: { path }, body: { name: 'other' } });
  const { id: networkId } = granted(made);
  const body = { name: 'other', cidr: '10.9.0.0/24' };
  granted(await member.POST('/networks/{networkId}/subnets', { params: { path: { networkId } }, body }));
  return networkId;
}

const heardFile = () => cloud.hostOf(web).file('heard');

/** What the guest of the web server answers and hears, on the host where it is now. */
async function listen(): Promise<void> {
  const host = cloud.hostOf(web);
  await host.startInGuest(web.id, hearWhom(7), heardFile());
  for (const port of [80, 443]) await host.startInGuest(web.id, echo(port));
}

const heardOf = async (from: Server) =>
  (await readFile(heardFile(), 'utf8')).split('\n').filter((line) => line === addressOf(from)).length;
const connects = async (from: Server, port: number) => {
  const argv = ['nc', '-z', '-w', '1', addressOf(web), String(port)] as const;
  return (await cloud.hostOf(from).inGuest(from.id, argv)).code === 0;
};

/** The client is let in where it may be, and the stranger nowhere: neither now nor at any moment since the beginning. */
async function expectRules(): Promise<void> {
  const before = await heardOf(client);
  // A switch that was killed is back within seconds, on a busy machine within more.
  await eventually(async () => expect(await heardOf(client)).toBeGreaterThan(before), 30_000);
  await eventually(async () => expect(await connects(client, 80)).toBe(true));
  const others = [connects(client, 443), connects(stranger, 80), connects(stranger, 443)];
  expect(await Promise.all(others)).toEqual([false, false, false]);
  expect(await heardOf(stranger)).toBe(0);
}

const params = () => ({ path: { id: web.id } });

async function reboot(kind: 'soft' | 'hard'): Promise<void> {
  granted(await cloud.member.POST('/servers/{id}/reboot', { params: params(), body: { kind } }));
  await cloud.untilSettled(web.id, 'running');
}

async function stop(): Promise<void> {
  granted(await cloud.member.POST('/servers/{id}/stop', { params: params() }));
  await cloud.untilSettled(web.id, 'stopped');
}

async function start(): Promise<void> {
  granted(await cloud.member.POST('/servers/{id}/start', { params: params() }));
  await cloud.untilSettled(web.id, 'running');
}

async function stopAndStart(): Promise<void> {
  await stop();
  await start();
}

async function rename(): Promise<void> {
  granted(await cloud.member.PATCH('/servers/{id}', { params: params(), body: { name: 'renamed' } }));
  const isTold = () =>
    cloud
      .hostOf(web)
      .host.state.list('server')
      .some(({ spec }) => spec.id === web.id && spec.name === 'renamed');
  await eventually(async () => expect(isTold()).toBe(true));
}

async function attachAndDetach(): Promise<void> {
  const body = { networkId: otherNetworkId };
  granted(await cloud.member.POST('/servers/{id}/interfaces', { params: params(), body }));
  const { addresses } = await cloud.untilSettled(web.id, 'running');
  const portId = addresses.find(({ networkId }) => networkId === otherNetworkId)?.portId ?? '';
  await expectRules();
  const path = { id: web.id, portId };
  await done(cloud.member.DELETE('/servers/{id}/interfaces/{portId}', { params: { path } }));
  await cloud.untilSettled(web.id, 'running');
}

describe('A47: the rules of a server hold, and a connection by them goes on, after', () => {
  let talked: () => Promise<number>;
  beforeAll(async () => {
    await expectRules();
    const file = cloud.hostOf(client).file('talked');
    await cloud.hostOf(client).startInGuest(client.id, talk(addressOf(web), 80), file);
    talked = async () => (await readFile(file, 'utf8')).length;
  });

  test.each([
    ['a stop and a start', stopAndStart],
    ['a soft reboot', () => reboot('soft')],
    ['a hard reboot', () => reboot('hard')],
    ['a new name', rename],
    ['an interface that comes and one that goes', attachAndDetach],
    ['another start of its agent', () => cloud.hostOf(web).restartAgent()],
    ['the death of its switch', () => cloud.hostOf(web).killDaemon('ovs-vswitchd')],
  ])('%s', async (_what, act) => {
    await act();
    await expectRules();
    const before = await talked();
    await eventually(async () => expect(await talked()).toBeGreaterThan(before), 30_000);
  });
});

test('A47: a rule that is taken away while its server is off, or while its agent is, is not there when they are back', async () => {
  const take = async () => {
    const path = { securityGroupId: groups.web, id: httpRuleId };
    await done(cloud.member.DELETE('/security-groups/{securityGroupId}/rules/{id}', { params: { path } }));
  };
  await stop();
  await take();
  await start();
  expect(await connects(client, 80)).toBe(false);
  httpRuleId = await allowClients('tcp', 80);
  await expectRules();
  const host = cloud.hostOf(web);
  await host.stopAgent();
  await take();
  await host.startAgent();
  await eventually(async () => expect(await connects(client, 80)).toBe(false));
  httpRuleId = await allowClients('tcp', 80);
  await expectRules();
});

test('A45: a rule that names a group which another project shares holds for who has that group, and cuts when it goes', async () => {
  const { prisma } = cloud.cloud.core.database;
  const owner = await makeTenant(cloud.cloud);
  const lent = await prisma.securityGroup.create({ data: { projectId: owner.id, name: 'lent' } });
  const opening = { projectId: owner.id, securityGroupId: lent.id, action: 'access_as_shared' };
  await prisma.rbacPolicy.create({ data: { ...opening, targetProjectId: cloud.tenant.id } });
  const path = { securityGroupId: groups.web };
  const body = { direction: 'ingress', protocol: 'tcp', portMin: 443, portMax: 443, remoteGroupId: lent.id } as const;
  const made = cloud.member.POST('/security-groups/{securityGroupId}/rules', { params: { path }, body });
  const rule = { ...path, id: granted(await made).id };
  expect(await connects(client, 443)).toBe(false);
  const portId = client.addresses[0]?.portId ?? '';
  const give = async (securityGroupIds: string[]) =>
    granted(await cloud.member.PATCH('/ports/{id}', { params: { path: { id: portId } }, body: { securityGroupIds } }));
  await give([groups.clients, lent.id]);
  await eventually(async () => expect(await connects(client, 443)).toBe(true));
  expect(await connects(stranger, 443)).toBe(false);
  await done(cloud.member.DELETE('/security-groups/{securityGroupId}/rules/{id}', { params: { path: rule } }));
  await eventually(async () => expect(await connects(client, 443)).toBe(false));
  await give([groups.clients]);
  await expectRules();
});

test('A47: they hold where a server is evacuated to, and a sender that is evacuated is of its group there', async () => {
  const evacuate = async (server: Server): Promise<Server> => {
    const host = cloud.hostOf(server);
    await host.die();
    const { items } = granted(await cloud.operator.GET('/hosts'));
    const path = { id: items.find(({ name }) => name === host.name)?.id ?? '' };
    granted(await cloud.operator.PATCH('/hosts/{id}', { params: { path }, body: { isForcedDown: true } }));
    granted(await cloud.operator.POST('/hosts/{id}/evacuate', { params: { path } }));
    await cloud.untilQuiet(server.id);
    const there = await cloud.untilSettled(server.id, 'running');
    expect(there.hostName).not.toBe(host.name);
    await cloud.address(there);
    return there;
  };
  web = await evacuate(web);
  await listen();
  await expectRules();
  if (client.hostName !== web.hostName) {
    client = await evacuate(client);
    await cloud.hostOf(client).startInGuest(client.id, sayUdp(addressOf(web), 7));
    await expectRules();
  }
});
