// A host is drained, with three real hosts and all of the control plane: the disks are real, what travels is what was written.
import { join } from 'node:path';
import { granted } from '@unkai/client/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/tools/run.ts';
import { eventually } from '../real/eventually.ts';
import { remains } from '../real/remains.ts';
import type { CloudHost } from './cloud-host.ts';
import { addressOf, CloudOnHosts, type Server } from './cloud-on-hosts.ts';

let cloud: CloudOnHosts;
beforeAll(async () => {
  cloud = await CloudOnHosts.start();
}, 120_000);
afterAll(() => cloud?.close(), 60_000);

const long = 180_000;
const diskOf = ({ host }: CloudHost, { id }: Server) => host.paths.server(id).disk;

/** Writes to the disk of a server as a guest would; these guests have no disk of their own. */
async function write(server: Server, byte: number): Promise<void> {
  const command = `write -P ${byte} 100M 1M`;
  await run(['qemu-io', '-f', 'qcow2', '-c', command, diskOf(cloud.hostOf(server), server)]);
}

async function expectWritten(server: Server, byte: number): Promise<void> {
  const commands = [`read -P ${byte} 100M 1M`, 'read -P 0 200M 1M'].flatMap((command) => ['-c', command]);
  const { stdout } = await run(['qemu-io', '-r', '-f', 'qcow2', ...commands, diskOf(cloud.hostOf(server), server)]);
  expect(stdout).not.toContain('failed');
}

/** A flavor of which each host has room for one server. */
async function largeFlavor(): Promise<string> {
  const { prisma } = cloud.cloud.core.database;
  await prisma.projectQuota.create({ data: { projectId: cloud.tenant.id, name: 'memoryMib', limit: 1_000_000 } });
  const size = { vcpus: 1, memoryMib: 150 * 1024, diskGib: 1 };
  return (await prisma.flavor.create({ data: { name: 'm1.large', ...size } })).id;
}

/** A security group that lets anybody ping. */
async function groupForPings(): Promise<string> {
  const params = { path: { projectId: cloud.tenant.id } };
  const made = cloud.member.POST('/projects/{projectId}/security-groups', { params, body: { name: 'pings' } });
  const { id: securityGroupId } = granted(await made);
  const body = { direction: 'ingress', family: 4, protocol: 'icmp' } as const;
  granted(
    await cloud.member.POST('/security-groups/{securityGroupId}/rules', {
      params: { path: { securityGroupId } },
      body,
    }),
  );
  return securityGroupId;
}

test('its servers go on elsewhere with their disks and addresses, what fits nowhere stays, and nothing is left behind', async () => {
  const from = cloud.host(0);
  const hostName = from.name;
  const before = await remains(from);
  const neighbour = await cloud.createServer('neighbour', {
    hostName: cloud.host(1).name,
    securityGroupIds: [await groupForPings()],
  });
  const small = [];
  for (const name of ['one', 'two', 'three']) small.push(await cloud.createServer(name, { hostName }));
  const flavorId = await largeFlavor();
  const large = [];
  for (const host of cloud.hosts) {
    large.push(await cloud.createServer(`large on ${host.name}`, { hostName: host.name, flavorId }));
  }
  const [stays] = large;
  const [, off] = small;
  if (stays === undefined || off === undefined) throw new Error('they were made');
  await cloud.operator.POST('/servers/{id}/stop', { params: { path: { id: off.id } } });
  await cloud.untilSettled(off.id, 'stopped');
  for (const [index, server] of small.entries()) await write(server, index + 1);

  const hosts = granted(await cloud.operator.GET('/hosts')).items;
  const { id } = hosts.find(({ name }) => name === hostName) ?? { id: '' };
  const drain = async () =>
    granted(await cloud.operator.POST('/hosts/{id}/drain', { params: { path: { id } }, body: {} }));
  const first = await drain();
  expect(first.operations.map(({ serverName }) => serverName)).toEqual(['one', 'two', 'three']);
  expect(first.staying).toMatchObject([
    { serverId: stays.id, reason: '2 of 3 hosts lack 150 GiB of memory, 1 is the host that it leaves.' },
  ]);
  // The agent of the host dies in the middle, wherever that is.
  await from.restartAgent();

  for (const [index, { id: serverId, addresses }] of small.entries()) {
    const moved = await cloud.untilSettled(serverId, serverId === off.id ? 'stopped' : 'running');
    expect(moved.hostName).not.toBe(hostName);
    expect(moved.addresses).toEqual(addresses);
    await expectWritten(moved, index + 1);
  }
  const moved = await cloud.server(small[0]?.id ?? '');
  await cloud.address(neighbour);
  await cloud.address(moved);
  await eventually(async () => {
    const { code } = await cloud.hostOf(moved).inGuest(moved.id, ['ping', '-c', '1', '-W', '1', addressOf(neighbour)]);
    expect(code).toBe(0);
  }, long);

  expect((await drain()).operations, 'nothing new fits').toEqual([]);
  await cloud.operator.DELETE('/servers/{id}', { params: { path: { id: stays.id } } });
  await cloud.untilQuiet(stays.id);
  await eventually(async () => expect(await remains(from)).toEqual(before), long);
  const { prisma } = cloud.cloud.core.database;
  expect(await prisma.serverMigration.count()).toBe(0);
  expect(await cloud.cloud.options.disks.list()).toEqual([]);
  await eventually(async () => {
    for (const { host } of cloud.hosts)
      expect(await run(['ls', '-A', join(host.paths.home, 'migrations')], { okCodes: [0, 2] })).toMatchObject({
        stdout: '',
      });
  }, long);
  expect((await cloud.operator.DELETE('/hosts/{id}', { params: { path: { id } } })).response.status).toBe(204);
}, 600_000);
