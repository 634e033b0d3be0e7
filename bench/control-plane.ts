// The control plane with simulated hosts: how quickly it answers and acts, and what it takes while idle.
//   node bench/control-plane.ts
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { durableCommit, smallestRequest } from './measuring/baselines.ts';
import { insertCrowd, removeCrowd } from './measuring/crowd.ts';
import { type Figure, median, printFigures } from './measuring/figure.ts';
import { type Installation, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { memoryFigures } from './measuring/residents.ts';
import { createServer, deleteServers, openTenant, type Tenant, untilRunning } from './measuring/tenant.ts';

const warmUps = 60;
const createsInTurn = 60;
const createsAtOnce = 50;
const crowdSize = 1_000;
const lists = 60;
// Longer than idle connections to Postgres are kept (30 s).
const settleMs = 45_000;
const limitMs = 120_000;

async function createsInTurnFigures(installation: Installation, tenant: Tenant): Promise<Figure[]> {
  const answered: number[] = [];
  const running: number[] = [];
  for (let index = -warmUps; index < createsInTurn; index += 1) {
    const { id, begunAt, answeredMs } = await createServer(installation, tenant, `in-turn-${index}`);
    const [runningAt = Number.NaN] = await untilRunning(installation, [id], limitMs);
    await deleteServers(installation, [id], limitMs);
    if (index < 0) continue;
    answered.push(answeredMs);
    running.push(runningAt - begunAt);
  }
  const commit = await durableCommit(installation);
  return [
    {
      name: 'create answered, p50',
      unit: 'ms',
      measured: median(answered),
      goal: 15,
      baseline: await smallestRequest(installation),
    },
    {
      name: 'create → running on a simulated host, p50',
      unit: 'ms',
      measured: median(running),
      goal: 100,
      baseline: commit,
    },
  ];
}

async function createsAtOnceFigures(installation: Installation, tenant: Tenant): Promise<Figure[]> {
  const begunAt = performance.now();
  const created = await Promise.all(
    Array.from({ length: createsAtOnce }, (_, index) => createServer(installation, tenant, `at-once-${index}`)),
  );
  const answeredAt = performance.now();
  const ids = created.map(({ id }) => id);
  const runningAt = Math.max(...(await untilRunning(installation, ids, limitMs)));
  await deleteServers(installation, ids, limitMs);
  const rate = (until: number) => createsAtOnce / ((until - begunAt) / 1000);
  return [
    {
      name: `${createsAtOnce} creates at once, until the last is answered`,
      unit: '/s',
      measured: rate(answeredAt),
      goal: null,
    },
    {
      name: `${createsAtOnce} creates at once, until the last runs`,
      unit: '/s',
      measured: rate(runningAt),
      goal: 15,
      isAtLeast: true,
    },
  ];
}

const page = z.object({
  items: z.array(z.looseObject({ addresses: z.array(z.unknown()).length(1) })).length(crowdSize),
});

async function listFigures(installation: Installation, tenant: Tenant): Promise<Figure[]> {
  await insertCrowd(installation, tenant, crowdSize);
  const path = `/projects/${tenant.projectId}/servers?limit=${crowdSize}`;
  const samples: number[] = [];
  for (let round = -20; round < lists; round += 1) {
    const { text, milliseconds } = await installation.api.ask('GET', path);
    if (round === -20) page.parse(JSON.parse(text));
    if (round >= 0) samples.push(milliseconds);
  }
  await removeCrowd(installation, tenant);
  const baseline = await smallestRequest(installation);
  return [
    { name: 'list of 1,000 servers with details, p50', unit: 'ms', measured: median(samples), goal: 50, baseline },
  ];
}

const machine = machineLine();
await using installation = await openInstallation({ isSimulated: true });
const figures: Figure[] = [];
if (installation.home !== null) {
  await sleep(settleMs);
  figures.push(...(await memoryFigures(installation.home, 'fresh')));
}
figures.push(...(await createsInTurnFigures(installation, await openTenant(installation))));
figures.push(...(await createsAtOnceFigures(installation, await openTenant(installation))));
figures.push(...(await listFigures(installation, await openTenant(installation))));
if (installation.home !== null) {
  await sleep(settleMs);
  figures.push(...(await memoryFigures(installation.home, 'after all of this')));
}
printFigures(machine, figures);
