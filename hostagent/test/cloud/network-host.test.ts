// A network host dies: nobody is told, the control plane finds out by itself and gives its routers to another host.
import { readFile } from 'node:fs/promises';
import { granted } from '@unkai/client/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../real/eventually.ts';
import { echo, talk } from '../real/programs.ts';
import { addressOf, CloudOnHosts, done, type Server } from './cloud-on-hosts.ts';

let cloud: CloudOnHosts;
let routerId: string;
let here: Server;
let there: Server;

beforeAll(async () => {
  cloud = await CloudOnHosts.start();
  const networks = [await makeNetwork('10.1.0.0/24'), await makeNetwork('10.2.0.0/24')] as const;
  const path = { projectId: cloud.tenant.id };
  const made = cloud.member.POST('/projects/{projectId}/routers', { params: { path }, body: { name: 'between' } });
  routerId = granted(await made).id;
  for (const { subnetId } of networks) {
    await done(
      cloud.member.POST('/routers/{id}/interfaces', { params: { path: { id: routerId } }, body: { subnetId } }),
    );
  }
  const securityGroupId = cloud.tenant.group.id;
  const body = { direction: 'ingress', protocol: 'any' } as const;
  const params = { path: { securityGroupId } };
  await done(cloud.member.POST('/security-groups/{securityGroupId}/rules', { params, body }));
  const carrier = await carrierOfRouter();
  const others = cloud.hosts.map(({ name }) => name).filter((name) => name !== carrier);
  const place = (nth: 0 | 1) =>
    cloud.createServer(`web-${nth}`, { hostName: others[nth] ?? '', networkIds: [networks[nth].id] });
  [here, there] = [await place(0), await place(1)];
  for (const server of [here, there]) {
    await cloud.address(server);
    const gateway = addressOf(server).replace(/\d+$/, '1');
    await cloud.hostOf(server).inGuest(server.id, ['ip', 'route', 'add', 'default', 'via', gateway]);
  }
});
afterAll(() => cloud?.close());

async function makeNetwork(cidr: string) {
  const path = { projectId: cloud.tenant.id };
  const made = await cloud.member.POST('/projects/{projectId}/networks', { params: { path }, body: { name: cidr } });
  const { id } = granted(made);
  const subnet = cloud.member.POST('/networks/{networkId}/subnets', {
    params: { path: { networkId: id } },
    body: { name: cidr, cidr },
  });
  return { id, subnetId: granted(await subnet).id };
}

/** The name of the host that carries the router, once it does. */
async function carrierOfRouter(besides?: string): Promise<string> {
  const { prisma } = cloud.cloud.core.database;
  let name = '';
  await eventually(async () => {
    const row = await prisma.router.findUniqueOrThrow({ where: { id: routerId }, include: { host: true } });
    const { state } = granted(await cloud.member.GET('/routers/{id}', { params: { path: { id: routerId } } }));
    expect({ state, isElsewhere: row.host?.name !== besides }).toEqual({ state: 'active', isElsewhere: true });
    name = row.host?.name ?? '';
  }, 60_000);
  return name;
}

const reaches = async () =>
  (await cloud.hostOf(here).inGuest(here.id, ['ping', '-c', '1', '-W', '1', addressOf(there)])).code === 0;

test('a network host is killed: when its lease is over its router is on another, and a stream by it goes on', async () => {
  await eventually(async () => expect(await reaches()).toBe(true));
  await cloud.hostOf(there).startInGuest(there.id, echo(7));
  const file = cloud.hostOf(here).file('stream');
  const heard = async () => (await readFile(file, 'utf8')).length;
  await eventually(async () => {
    const { code } = await cloud.hostOf(here).inGuest(here.id, ['nc', '-z', '-w', '1', addressOf(there), '7']);
    expect(code).toBe(0);
  });
  await cloud.hostOf(here).startInGuest(here.id, talk(addressOf(there), 7), file);
  await eventually(async () => expect(await heard()).toBeGreaterThan(3));

  const name = await carrierOfRouter();
  await cloud.hostOf({ hostName: name }).die();
  const before = await heard();
  expect(await reaches()).toBe(false);
  // A lease is 30 s long.
  await eventually(async () => expect(await reaches()).toBe(true), 90_000);
  expect(await carrierOfRouter(name)).not.toBe(name);
  // The sender waits twice as long before each further try: what was down for 20 s may rest for 20 s more.
  await eventually(async () => expect(await heard()).toBeGreaterThan(before + 3), 60_000);
});
