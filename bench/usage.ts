// What a project used and what it costs: a month of the histories of 1,000 servers, each stopped and started every third
// day.
//   node bench/usage.ts
import { z } from 'zod';
import { smallestRequest } from './measuring/baselines.ts';
import { type Figure, median, printFigures } from './measuring/figure.ts';
import { type Installation, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { openTenant, type Tenant } from './measuring/tenant.ts';

const servers = 1_000;
const turns = 10;
const asks = 40;
const warmUps = 5;

const report = z.object({ lineCount: z.number(), total: z.string() });

/** Rows as the triggers would have written them: running and stopped by turns; two price lists in the month. */
async function insertHistories({ sql }: Installation, { projectId }: Tenant): Promise<void> {
  await sql.query(
    `INSERT INTO usage (project_id, project_name, domain_id, kind, resource_id, resource_name, item, vcpus, memory_mib,
       disk_gib, started_at, ended_at)
     SELECT $1, 'bench', $1, kind, resource, 'server-' || server, 'tiny', 1, 64, 1,
       begun + half * interval '36 hours', begun + (half + 1) * interval '36 hours'
     FROM (SELECT server, gen_random_uuid() AS resource FROM generate_series(1, $2) AS server) AS servers,
       generate_series(now() - $3 * interval '3 days', now() - interval '3 days', interval '3 days') AS begun,
       (VALUES (0, 'server'), (1, 'server-stopped')) AS halves (half, kind)`,
    [projectId, servers, turns],
  );
  await sql.query('ANALYZE usage');
  await sql.query('BEGIN');
  await sql.query(
    `INSERT INTO price_list (name, currency, starts_at)
     VALUES ('first', 'EUR', now() - interval '40 days'), ('second', 'EUR', now() - interval '15 days')`,
  );
  await sql.query(
    `INSERT INTO price (price_list_id, kind, item, nanos)
     SELECT id, kind, 'tiny', 1234567 FROM price_list, (VALUES ('server'), ('server-stopped')) AS kinds (kind)
     WHERE starts_at < now() - interval '1 day'`,
  );
  await sql.query('COMMIT');
}

/** How long the API takes to tell the usage of the month, median of many. */
async function reportMs({ api }: Installation, { projectId }: Tenant): Promise<number> {
  const now = Date.now();
  const from = new Date(now - (turns * 3 + 1) * 86_400_000).toISOString();
  const took: number[] = [];
  for (let index = -warmUps; index < asks; index += 1) {
    const { text, milliseconds } = await api.ask('GET', `/projects/${projectId}/usage?from=${from}`);
    // Running and stopped, at two prices each.
    if (report.parse(JSON.parse(text)).lineCount < servers * 4) throw new Error('The report is of something else.');
    if (index >= 0) took.push(milliseconds);
  }
  return median(took);
}

await using installation = await openInstallation({ isSimulated: true });
const tenant = await openTenant(installation);
await insertHistories(installation, tenant);
const measured = await reportMs(installation, tenant);
const baseline = await smallestRequest(installation);
const name = `usage of a month of ${servers} servers, ${turns * 2} rows each, p50`;
const figure: Figure = { name, unit: 'ms', measured, goal: 200, baseline };
printFigures(machineLine(), [figure]);
