// What counting adds to a create in a project that has 10,000 servers: everything is counted from the rows themselves, in
// the transaction that spends.
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

/** How long the check of a server create takes, in such a transaction as a create's that does nothing else; median of many. */
async function checkMs(database: Database, { projectId }: Tenant): Promise<number> {
  const took: number[] = [];
  for (let index = -warmUps; index < checks; index += 1) {
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
  await removeCrowd(installation, full);
  const name = (what: string) => `quota check of a create, ${what}, p50`;
  return [
    { name: name('empty project'), unit: 'ms', measured: ofEmpty, goal: null, baseline },
    { name: name(`${crowdSize} servers`), unit: 'ms', measured: ofFull, goal: 1, baseline },
  ];
}

await using installation = await openInstallation({ isSimulated: true });
const { user, password, port } = installation.sql;
const database = openDatabase(`postgresql://${user}:${password}@127.0.0.1:${port}/unkai`, 1);
printFigures(machineLine(), await quotaFigures(installation, database));
await database.close();
