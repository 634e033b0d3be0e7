import type { CloudOverview, CloudZone } from '@unkai/contracts/resources/cloud';
import { serverState } from '@unkai/contracts/resources/server';
import type { Flavor } from '@unkai/prisma/client';
import { z } from 'zod';
import { grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import type { Database } from '../database/database.ts';
import { type Candidate, promised, readCandidates, room } from '../placement/candidate.ts';
import { operationConditions } from './cloud-operation.ts';
import { countOrphans } from './orphan.ts';

/** The whole cloud in numbers: five questions, whatever its size. */
export async function showCloud(call: Call): Promise<CloudOverview> {
  await grantedGlobally(call, 'cloud:read');
  const { database } = call.core;
  const [hosts, flavors, servers, operations, orphans, totals] = await Promise.all([
    readCandidates(database.prisma, { imageId: null }),
    database.prisma.flavor.findMany({ where: { isPublic: true }, orderBy: [{ memoryMib: 'asc' }, { vcpus: 'asc' }] }),
    countServers(database),
    countOperations(database),
    countOrphans(database),
    countTotals(database),
  ]);
  const silent = hosts.filter(({ isUp }) => !isUp).length;
  const disabled = hosts.filter(({ isEnabled }) => !isEnabled).length;
  return {
    hosts: { total: hosts.length, silent, disabled },
    zones: zonesOf(hosts),
    room: flavors.map((flavor) => ({ flavorId: flavor.id, name: flavor.name, count: fitting(hosts, flavor) })),
    servers,
    operations,
    orphans,
    totals,
  };
}

const isOpen = ({ isUp, isEnabled }: Candidate) => isUp && isEnabled;

function zonesOf(hosts: readonly Candidate[]): CloudZone[] {
  const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
  return [...Map.groupBy(hosts, ({ availabilityZone }) => availabilityZone)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, members]) => ({
      name,
      hosts: members.length,
      openHosts: members.filter(isOpen).length,
      capacity: {
        vcpus: sum(members.map((host) => promised(host).vcpus)),
        memoryMib: sum(members.map((host) => promised(host).memoryMib)),
        diskGib: sum(members.map((host) => promised(host).diskGib)),
      },
      allocated: {
        vcpus: sum(members.map(({ takenVcpus }) => takenVcpus)),
        memoryMib: sum(members.map(({ takenMemoryMib }) => takenMemoryMib)),
        diskGib: sum(members.map(({ takenDiskGib }) => takenDiskGib)),
      },
    }));
}

/** How many servers of a flavor the open hosts could still take, each as many as its scarcest part allows. */
function fitting(hosts: readonly Candidate[], flavor: Pick<Flavor, 'vcpus' | 'memoryMib' | 'diskGib'>): number {
  return hosts.filter(isOpen).reduce((total, host) => {
    const left = room(host);
    const times = [left.vcpus / flavor.vcpus, left.memoryMib / flavor.memoryMib];
    if (flavor.diskGib > 0) times.push(left.diskGib / flavor.diskGib);
    return total + Math.max(0, Math.floor(Math.min(...times)));
  }, 0);
}

async function countServers({ prisma }: Database): Promise<CloudOverview['servers']> {
  const groups = await prisma.server.groupBy({ by: ['state'], _count: { _all: true } });
  const counts = new Map(groups.map(({ state, _count }) => [state, _count._all]));
  return serverState.options.map((state) => ({ state, count: counts.get(state) ?? 0 }));
}

async function countOperations({ kysely }: Database): Promise<CloudOverview['operations']> {
  const among = (view: 'open' | 'late' | 'failed') =>
    kysely
      .selectFrom('workflow_run as run')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where(operationConditions[view]);
  const lastDay = among('failed').where('run.ended_at', '>', new Date(Date.now() - dayMs));
  const counts = await kysely
    .selectNoFrom([
      among('open').as('open'),
      among('late').as('late'),
      among('failed').as('failed'),
      lastDay.as('failedLastDay'),
    ])
    .executeTakeFirstOrThrow();
  const number = z.coerce.number();
  return z.object({ open: number, late: number, failed: number, failedLastDay: number }).parse(counts);
}

const dayMs = 24 * 3_600_000;

const totals = z.object({
  domains: z.coerce.number(),
  projects: z.coerce.number(),
  users: z.coerce.number(),
  images: z.coerce.number(),
  networks: z.coerce.number(),
  ports: z.coerce.number(),
});

async function countTotals({ prisma }: Database): Promise<CloudOverview['totals']> {
  const [row] = await prisma.$queryRaw<unknown[]>`
    SELECT (SELECT count(*) FROM domain) AS domains, (SELECT count(*) FROM project) AS projects,
      (SELECT count(*) FROM "user") AS users, (SELECT count(*) FROM image) AS images,
      (SELECT count(*) FROM network) AS networks, (SELECT count(*) FROM port) AS ports`;
  return totals.parse(row);
}
