// What the quota check adds to a create in a project that has 10,000 servers: one create after the other by one process,
// which has counted the rows before, and such that must count them because another process spent meanwhile.
//   node bench/quota.ts
import { commit, type Database, openDatabase } from '@unkai/core/database/database';
import { spend } from '@unkai/core/quota/quota';
import { durableCommit } from './measuring/baselines.ts';
import { insertCrowd, removeCrowd } from './measuring/crowd.ts';
import { type Figure, median, printFigures } from './measuring/figure.ts';
import { type Installation, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { openTenant, type Tenant } from './measuring/tenant.ts';

const crowdSize = 10_000;
const checks = 300;
const warmUps = 30;
/** What a server of one port needs. */
const needs = { servers: 1, vcpus: 1, memoryMib: 64, ports: 1 };

/**
 * How long the check of a server create takes, in such a transaction as a create's that does nothing else; median of many.
 * `between` comes before each of them.
 */
async function checkMs(database: Database, { projectId }: Tenant, between = async () => {}): Promise<number> {
  const took: number[] = [];
  for (let index = -warmUps; index < checks; index += 1) {
    await between();
    const milliseconds = await commit(database, async ({ tx }) => {
      const begun = performance.now();
      await spend(tx, projectId, needs);
      return performance.now() - begun;
    });
    if (index >= 0) took.push(milliseconds);
  }
  return median(took);
}

async function quotaFigures(installation: Installation, database: Database): Promise<Figure[]> {
  const empty = await openTenant(installation);
  const full = await openTenant(installation);
  await insertCrowd(installation, full, crowdSize);
  // What autovacuum does by itself after so many rows: the count then reads an index and no row.
  await installation.sql.query('VACUUM ANALYZE server, port');
  const baseline = await durableCommit(installation);
  const ofEmpty = await checkMs(database, empty);
  const ofFull = await checkMs(database, full);
  const othersTurn = async () => {
    await installation.sql.query('UPDATE spending_turn SET transaction = 0 WHERE project_id = $1', [full.projectId]);
  };
  const countedAnew = await checkMs(database, full, othersTurn);
  await removeCrowd(installation, full);
  const name = (what: string) => `quota check of a create, ${what}, p50`;
  return [
    { name: name('empty project'), unit: 'ms', measured: ofEmpty, goal: null, baseline },
    { name: name(`${crowdSize} servers`), unit: 'ms', measured: ofFull, goal: 1, baseline },
    { name: name(`${crowdSize} servers, counted anew`), unit: 'ms', measured: countedAnew, goal: null, baseline },
  ];
}

await using installation = await openInstallation({ isSimulated: true });
const { user, password, port } = installation.sql;
const database = openDatabase(`postgresql://${user}:${password}@127.0.0.1:${port}/unkai`, 1);
printFigures(machineLine(), await quotaFigures(installation, database));
await database.close();
