import { randomUUID } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../src/call.ts';
import { commit } from '../src/database/database.ts';
import { type Candidate, type Request, type RequestGroup, room } from '../src/placement/candidate.ts';
import { filters, refusedBy } from '../src/placement/filters.ts';
import { type FlavorSize, noCapacity } from '../src/placement/refusal.ts';
import { releaseHost, reserveHost } from '../src/placement/reserve.ts';
import { ranked } from '../src/placement/weighers.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

const host = (name: string, differs: Partial<Candidate> = {}): Candidate => ({
  id: randomUUID(),
  name,
  availabilityZone: 'nova',
  isUp: true,
  isEnabled: true,
  architecture: 'x86_64',
  accelerator: 'tcg',
  nouns: ['server', 'server-migration'],
  metadata: [],
  groupServers: 0,
  vcpus: 8,
  vcpuRatio: 4,
  memoryMib: 16_384,
  diskGib: 100,
  takenVcpus: 0,
  takenMemoryMib: 0,
  takenDiskGib: 0,
  hasImage: false,
  ...differs,
});
const request = (differs: Partial<Request> = {}): Request => ({
  hostId: null,
  vcpus: 2,
  memoryMib: 8192,
  diskGib: 20,
  availabilityZone: 'nova',
  architecture: 'x86_64',
  imageId: null,
  projectId: null,
  extraSpecs: {},
  imageProperties: {},
  group: null,
  ...differs,
});
const group = (policy: RequestGroup['policy'], differs: Partial<RequestGroup> = {}): RequestGroup => ({
  id: randomUUID(),
  policy,
  maxServersPerHost: 1,
  isPlaced: true,
  ...differs,
});
const flavors: readonly FlavorSize[] = [
  { name: 'm1.small', vcpus: 1, memoryMib: 2048, diskGib: 20 },
  { name: 'm1.medium', vcpus: 2, memoryMib: 4096, diskGib: 40 },
  { name: 'm1.large', vcpus: 4, memoryMib: 8192, diskGib: 80 },
];

const wish = (key: string, asked: string) => ({ extraSpecs: { [`aggregate_instance_extra_specs:${key}`]: asked } });

describe('the reason', () => {
  test('H1, H2: counts what hosts lack, names the largest flavor that fits, and keeps host names for operators', () => {
    const full = { takenMemoryMib: 11_000 };
    const away = { availabilityZone: 'east' };
    const hosts = [host('a', full), host('b', full), host('c', full), host('d', away), host('e', away)];
    const error = noCapacity(hosts, request(), flavors);
    expect(error).toBeInstanceOf(UnkaiError);
    expect(error.code).toBe('no_capacity');
    expect(error.message).toBe(
      '3 of 5 hosts lack 8 GiB of memory, 2 are in another zone; the largest flavor that fits is m1.medium.',
    );
    expect(error.cause).toContain('a lacks 8 GiB of memory (4.3 GiB free)');
    expect(error.cause).toContain('d is in the zone east, not nova');
  });

  test('who asks for no zone is not told of zones, and may be placed in any', () => {
    const anywhere = request({ availabilityZone: null });
    expect(refusedBy(host('a', { availabilityZone: 'east' }), anywhere)).toBeNull();
    const hosts = [host('a', { availabilityZone: 'east', isUp: false }), host('b', { isUp: false })];
    expect(noCapacity(hosts, anywhere, flavors).message).toBe('2 of 2 hosts do not answer.');
  });

  test.each([
    ['nobody has joined', [], 'No host has joined yet.'],
    ['the only host is away', [host('a', { isUp: false })], '1 of 1 host does not answer.'],
    [
      'hosts are closed',
      [host('a', { isEnabled: false }), host('b', { isEnabled: false })],
      '2 of 2 hosts take no new servers.',
    ],
    ['another architecture', [host('a', { architecture: 'aarch64' })], '1 of 1 host has another architecture.'],
    [
      'no vCPU left',
      [host('a', { takenVcpus: 31 })],
      '1 of 1 host lacks 2 vCPU; the largest flavor that fits is m1.small.',
    ],
    [
      'no disk at all',
      [host('a', { takenDiskGib: 100 })],
      '1 of 1 host lacks 20 GiB of disk; no flavor fits at the moment.',
    ],
  ])('when %s', (_case, hosts, sentence) => {
    expect(noCapacity(hosts, request(), flavors).message).toBe(sentence);
  });

  test.each<[string, Partial<Candidate>, Partial<Request>, string | null]>([
    ['an aggregate has what the flavor asks for', { metadata: [{ disk: 'ssd, nvme' }] }, wish('disk', 'nvme'), null],
    [
      'no aggregate has it',
      { metadata: [{ disk: 'hdd' }] },
      wish('disk', 'ssd'),
      'lacks what the flavor asks of hosts',
    ],
    ['numbers are compared', { metadata: [{ cores: '16' }] }, wish('cores', '>= 8'), null],
    ['one of several will do', { metadata: [{ disk: 'ssd' }] }, wish('disk', '<or> ssd <or> nvme'), null],
    ['other specs are notes', {}, { extraSpecs: { 'hw:cpu_policy': 'dedicated' } }, null],
    [
      'it is kept for others',
      { metadata: [{ filter_tenant_id: 'x' }] },
      { projectId: 'y' },
      'is kept for other projects',
    ],
    ['it is kept for this one', { metadata: [{ filter_tenant_id: 'x,y' }] }, { projectId: 'y' }, null],
    ['images want KVM', {}, { imageProperties: { img_hv_type: 'kvm' } }, 'cannot run images of its kind'],
    [
      'images want Xen',
      { accelerator: 'kvm' },
      { imageProperties: { img_hv_type: 'xen' } },
      'cannot run images of its kind',
    ],
    ['the group is elsewhere', {}, { group: group('affinity') }, 'does not have the servers of its group'],
    ['the group is nowhere yet', {}, { group: group('affinity', { isPlaced: false }) }, null],
    ['the group is here', { groupServers: 1 }, { group: group('anti-affinity') }, 'has servers of its group'],
    ['two may be here', { groupServers: 1 }, { group: group('anti-affinity', { maxServersPerHost: 2 }) }, null],
    ['it would rather be elsewhere', { groupServers: 5 }, { group: group('soft-anti-affinity') }, null],
  ])('of one host, when %s', (_case, differs, wanted, reason) => {
    const one = host('a', differs);
    const asked = request(wanted);
    expect(refusedBy(one, asked)?.one(asked) ?? null).toBe(reason);
    if (reason !== null) expect(noCapacity([one], asked, flavors).message).toBe(`1 of 1 host ${reason}.`);
  });

  test('the counts of all reasons add up to the number of hosts', () => {
    const anyHost = fc.record({
      isUp: fc.boolean(),
      isEnabled: fc.boolean(),
      availabilityZone: fc.constantFrom('nova', 'east'),
      takenMemoryMib: fc.integer({ min: 0, max: 16_384 }),
      takenDiskGib: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(anyHost, { minLength: 1 }), (differences) => {
        const hosts = differences.map((each, index) => host(`host-${index}`, each));
        const refused = hosts.filter((each) => refusedBy(each, request()) !== null);
        const counts = filters.map((filter) => hosts.filter((each) => refusedBy(each, request()) === filter).length);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(refused.length);
      }),
    );
  });
});

test('servers spread: the host with the most memory left comes first, the image decides between equals', () => {
  const hosts = [host('a', { takenMemoryMib: 8000 }), host('b'), host('c', { hasImage: true })];
  expect(ranked(hosts, request({ memoryMib: 512 })).map(({ name }) => name)).toEqual(['c', 'b', 'a']);
});

test('a soft group outweighs all else: together, or apart', () => {
  const hosts = [
    host('a', { groupServers: 2, takenMemoryMib: 8000 }),
    host('b', { groupServers: 1, hasImage: true }),
    host('c'),
  ];
  const order = (policy: RequestGroup['policy']) =>
    ranked(hosts, request({ memoryMib: 512, group: group(policy) })).map(({ name }) => name);
  expect(order('soft-affinity')).toEqual(['a', 'b', 'c']);
  expect(order('soft-anti-affinity')).toEqual(['c', 'b', 'a']);
});

describe('reservations', () => {
  let opened: TestCore;
  let core: Core;
  beforeAll(async () => {
    opened = await openTestCore();
    core = opened.core;
  });
  afterAll(() => opened.close());

  async function addHost(name: string, memoryMib: number): Promise<string> {
    const facts = { facts: { architecture: 'x86_64' }, vcpus: 4, memoryMib, diskGib: 200 };
    const secrets = { credentialHash: Buffer.from(randomUUID()), redisPasswordHash: '' };
    const place = { underlayAddress: '192.0.2.1', lastHeartbeatAt: new Date() };
    const row = await core.database.prisma.host.create({ data: { name, ...facts, ...secrets, ...place } });
    return row.id;
  }

  async function addServers(count: number): Promise<string[]> {
    const { prisma } = core.database;
    const domain = await prisma.domain.create({ data: { name: randomUUID() } });
    const project = await prisma.project.create({ data: { domainId: domain.id, name: 'p' } });
    const flavor = { flavorId: randomUUID(), flavorName: 'm', vcpus: 1, memoryMib: 512, diskGib: 1 };
    const ids = Array.from({ length: count }, () => randomUUID());
    await prisma.server.createMany({
      data: ids.map((id) => ({
        id,
        projectId: project.id,
        name: id,
        state: 'building',
        reservationId: 'r',
        ...flavor,
      })),
    });
    return ids;
  }

  const reserve = (id: string, wanted: Request) => commit(core.database, ({ tx }) => reserveHost(tx, id, wanted));

  test('A57: any number of reservations at once never promises more than there is, and uses all that there is', async () => {
    await addHost('one', 8192);
    await addHost('two', 4096);
    // 7,168 and 3,584 MiB can be promised: 7 + 3 servers of 1 GiB.
    const wanted = request({ vcpus: 1, memoryMib: 1024, diskGib: 1 });
    const servers = await addServers(50);
    const outcomes = await Promise.allSettled(servers.map((id) => reserve(id, wanted)));
    const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(outcomes.length - refused.length).toBe(10);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'no_capacity' });
    const taken = await core.database.prisma.hostAllocation.groupBy({ by: ['hostId'], _sum: { memoryMib: true } });
    expect(taken.map(({ _sum }) => _sum.memoryMib).toSorted()).toEqual([3072, 7168]);
  }, 60_000);

  test('a server keeps the room that it has, and room given back is there for the next', async () => {
    const [kept, next] = await addServers(2);
    if (kept === undefined || next === undefined) throw new Error('two servers were asked for');
    const hostId = await addHost('three', 2048);
    const wanted = request({ vcpus: 1, memoryMib: 1024, diskGib: 1 });
    expect(await reserve(kept, wanted)).toEqual({ hostId });
    expect(await reserve(kept, wanted)).toEqual({ hostId });
    await expect(reserve(next, wanted)).rejects.toMatchObject({ code: 'no_capacity' });
    await commit(core.database, ({ tx }) => releaseHost(tx, kept));
    await commit(core.database, ({ tx }) => releaseHost(tx, kept));
    expect(await reserve(next, wanted)).toEqual({ hostId });
  });
});

test('what a host can promise leaves an eighth of its memory, at most 1 GiB, to itself', () => {
  expect(room(host('a', { memoryMib: 4096 })).memoryMib).toBe(3584);
  expect(room(host('a', { memoryMib: 65_536 })).memoryMib).toBe(64_512);
});
