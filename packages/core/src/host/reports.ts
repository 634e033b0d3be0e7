import type { hostReports } from '@unkai/contracts/host/report';
import type { z } from 'zod';
import type { Core } from '../call.ts';
import { commit, type Unit } from '../database/database.ts';
import { type HeldAddress, settleHolders, theseAddresses } from '../store/floating-ip-holder.ts';
import { type Reported, wakeRunsOf } from '../workflow/wake.ts';
import type { HostIdentity } from './credential.ts';
import { heldAddresses, releasing } from './release.ts';
import { takeBranchReport } from './report-router-branch.ts';
import { takeServerReport } from './report-server.ts';
import { takeServerMigrationReport } from './report-server-migration.ts';

export type Reports = z.output<typeof hostReports>;
export type Report = Reports['reports'][number];

/** What the taking of one report works with. */
export interface Taking {
  readonly core: Core;
  readonly unit: Unit;
  readonly hostId: string;
  readonly requestId: string;
  /** Floating IPs that the host has let go of, by what it reports; gathered, and given to the next when all is written. */
  readonly released: HeldAddress[];
}

const take: Record<Report['noun'], (taking: Taking, report: Report) => Promise<void>> = {
  server: takeServerReport,
  network: takeNetworkReport,
  router: takeRouterReport,
  'router-branch': takeBranchReport,
  image: takeImageReport,
  'server-migration': takeServerMigrationReport,
  'console-session': takeConsoleSessionReport,
};

/**
 * Writes what a host observed, all of the batch or nothing, then wakes the runs that may wait for it. What a report says
 * of a thing that is not this host's is ignored, as is what an older report says of a newer generation: reports come
 * late, twice and out of order. Rows are taken in one order, so that two batches never wait for each other, nor for those
 * who change servers, then routers, then what hosts have of networks.
 */
export async function takeReports(core: Core, host: HostIdentity, { reports }: Reports, requestId: string) {
  const inOrder = reports.toSorted((one, other) => compare(turnOf(one), turnOf(other)));
  const released: HeldAddress[] = [];
  await commit(core.database, async (unit) => {
    const taking = { core, unit, hostId: host.id, requestId, released };
    for (const report of inOrder) await take[report.noun](taking, report);
  });
  await passOn(core, released, requestId);
  const reported = new Map<string, Reported>();
  for (const { noun, id } of inOrder) reported.set(`${noun}/${id}`, { noun, id, hostId: host.id });
  // The reports are safe already; a run that is not woken looks again when its nap ends.
  await Promise.allSettled([...reported.values()].map((each) => wakeRunsOf(core, each)));
}

/**
 * By itself, since it takes the rows of other routers too. Where it is cut off, nobody has the address until the reconciler
 * finds it.
 */
async function passOn(core: Core, released: readonly HeldAddress[], requestId: string): Promise<void> {
  if (released.length === 0) return;
  const concerned = theseAddresses(released);
  await commit(core.database, (unit) => settleHolders(unit, core, { concerned, requestId }));
}

const turns: readonly Report['noun'][] = [
  'server',
  'server-migration',
  'router',
  'router-branch',
  'network',
  'image',
  'console-session',
];
const turnOf = ({ noun, id }: Report) => `${turns.indexOf(noun)}/${id}`;

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

async function takeNetworkReport({ unit, hostId }: Taking, report: Report): Promise<void> {
  const { id, generation, state } = report;
  const failure = JSON.stringify(report.failure ?? null);
  await unit.tx.$executeRaw`
    UPDATE host_network SET observed_generation = ${generation}, observed_state = ${state},
      observed_failure = nullif(${failure}::jsonb, 'null')
    FROM network
    WHERE network.id = host_network.network_id AND host_id = ${hostId}::uuid AND network_id = ${id}::uuid
      AND observed_generation <= ${generation} AND network.generation >= ${generation}
      AND NOT (${state} = 'working' AND observed_generation = ${generation} AND observed_state IS NOT DISTINCT FROM 'present')`;
}

/** Live pages hear of a router whose state changed by it. */
async function takeRouterReport({ unit, hostId, released }: Taking, report: Report): Promise<void> {
  const { id, generation, state } = report;
  const failure = JSON.stringify(report.failure ?? null);
  const letGo = await unit.tx.$queryRaw<unknown[]>`
    WITH ${releasing(hostId, report)}, seen AS (
      UPDATE router SET observed_generation = ${generation}, observed_state = ${state},
        observed_failure = nullif(${failure}::jsonb, 'null')
      WHERE id = ${id}::uuid AND host_id = ${hostId}::uuid
        AND observed_generation <= ${generation} AND router.generation >= ${generation}
        AND (observed_generation, observed_state, observed_failure)
          IS DISTINCT FROM (${generation}::integer, ${state}::text, nullif(${failure}::jsonb, 'null'))
        AND NOT (${state} = 'working' AND observed_generation = ${generation} AND observed_state IS NOT DISTINCT FROM 'present')
      RETURNING id, project_id
    ), told AS (
      INSERT INTO event (noun, kind, resource_id, project_id) SELECT 'router', 'changed', id, project_id FROM seen)
    SELECT * FROM released`;
  released.push(...heldAddresses.parse(letGo));
}

/** An image that is being deleted takes no word of the time before: only that it is gone, or why not. */
async function takeImageReport({ unit, hostId }: Taking, report: Report): Promise<void> {
  const { id, state, progress } = report;
  const failure = JSON.stringify(report.failure ?? null);
  await unit.tx.$executeRaw`
    UPDATE host_image SET observed_state = ${state}, observed_progress = ${progress ?? null},
      observed_failure = nullif(${failure}::jsonb, 'null')
    FROM image
    WHERE image.id = host_image.image_id AND host_id = ${hostId}::uuid AND image_id = ${id}::uuid
      AND NOT (image.state = 'deleting' AND ${state} IN ('working', 'present'))`;
}

/** A console that the host cannot open, or has closed, is over. */
async function takeConsoleSessionReport({ unit, hostId }: Taking, { id, state }: Report): Promise<void> {
  if (state !== 'failed' && state !== 'absent') return;
  await unit.tx.consoleSession.updateMany({ where: { id, hostId, endedAt: null }, data: { endedAt: new Date() } });
}
