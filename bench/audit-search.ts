// Searches in an audit log of a million lines, through the API, as the pages of the portal ask. Lines of that log are
// never removed, so it is always an installation of its own that is measured.
//   node bench/audit-search.ts
import { smallestRequest } from './measuring/baselines.ts';
import { type Figure, median, printFigures } from './measuring/figure.ts';
import { type Installation, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { openTenant } from './measuring/tenant.ts';

const lines = 1_000_000;
const warmUps = 5;
const searches = 40;
const goalMs = 100;

// An id that is a UUID as ours are, always the same for the same text.
const idOf = `
  CREATE FUNCTION pg_temp.id_of(text) RETURNS uuid LANGUAGE sql
  RETURN overlay(overlay(md5($1) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid`;

/**
 * A year of two thousand people in two hundred projects: every fiftieth line is of the tenant, every fiftieth refused,
 * every second by a program, and what was done long ago is called otherwise than what was done of late.
 */
async function insertLines({ sql }: Installation, projectId: string): Promise<void> {
  // So many at once are indexed sooner afterwards, as a dump brings them back.
  const { rows } = await sql.query<{ index: string }>(`SELECT pg_get_indexdef('audit_line_words'::regclass) AS index`);
  await sql.query('DROP INDEX audit_line_words');
  await sql.query(idOf);
  await sql.query(
    `INSERT INTO audit_line
       (at, project_id, domain_id, actor_id, actor_name, actor_kind, address, request_id, action, noun, resource_id,
        resource_name, outcome, detail)
     SELECT now() - n * interval '30 s',
       CASE n % 50 WHEN 0 THEN $1::uuid ELSE pg_temp.id_of('project' || n % 199) END,
       pg_temp.id_of('domain' || n % 20), pg_temp.id_of('actor' || n % 2000),
       CASE n % 2 WHEN 0 THEN 'deployer ' ELSE 'person ' END || n % 2000, 'session', '203.0.113.' || n % 250, 'req-' || n,
       noun || ':' || verb, noun, pg_temp.id_of('thing' || n % 300000),
       CASE WHEN n > 900000 THEN 'legacy-' ELSE 'web-' END || n % 300000,
       CASE WHEN n % 50 = 7 THEN 'refused' ELSE 'done' END, CASE WHEN n = 777777 THEN 'needle' END
     FROM generate_series(1, ${lines}) n,
       LATERAL (SELECT (ARRAY['server', 'network', 'port', 'image', 'key-pair'])[1 + n % 5] AS noun,
         (ARRAY['create', 'update', 'delete'])[1 + n % 3] AS verb) AS what`,
    [projectId],
  );
  for (const { index } of rows) await sql.query(index);
  // What Postgres does by itself some time after so many lines.
  await sql.query('VACUUM ANALYZE audit_line');
}

/** By what somebody looks for: a word of one line, of half of all, of those long ago, of none, and so on. */
const questions = {
  'nothing but the newest': '',
  'a word of one line': 'text=needle',
  'a word of every second line': 'text=deployer',
  'a word of one line in ten, all of them old': 'text=legacy',
  'a word of no line': 'text=nowhere',
  'the beginning of many names': 'text=web-12',
  'a request id': 'text=req-654321',
  'what one person was refused': `actorId={actor}&outcome=refused`,
  'two words that hardly ever meet': 'text=needle+server',
  'a day half a year ago': `text=network&from={from}&to={to}`,
};

async function took({ api }: Installation, path: string): Promise<number> {
  const samples: number[] = [];
  for (let index = -warmUps; index < searches; index += 1) {
    const { milliseconds } = await api.ask('GET', path);
    if (index >= 0) samples.push(milliseconds);
  }
  return median(samples);
}

async function searchFigures(installation: Installation, projectId: string): Promise<Figure[]> {
  const { rows } = await installation.sql.query<{ actor: string; from: Date; to: Date }>(
    `SELECT pg_temp.id_of('actor' || 57) AS actor, now() - interval '181 days' AS from, now() - interval '180 days' AS to`,
  );
  const [known] = rows;
  if (known === undefined) throw new Error('Postgres answered nothing.');
  const filled = (query: string) =>
    query
      .replace('{actor}', known.actor)
      .replace('{from}', known.from.toISOString())
      .replace('{to}', known.to.toISOString());
  const baseline = await smallestRequest(installation);
  const figures: Figure[] = [];
  for (const [place, path] of Object.entries({ project: `/projects/${projectId}`, 'whole cloud': '' })) {
    for (const [name, query] of Object.entries(questions)) {
      const measured = await took(installation, `${path}/audit-lines?limit=50&${filled(query)}`);
      figures.push({ name: `audit of a ${place}: ${name}, p50`, unit: 'ms', measured, goal: goalMs, baseline });
    }
  }
  return figures;
}

const machine = machineLine();
await using installation = await openInstallation({ isSimulated: true });
if (installation.home === null)
  throw new Error('Lines of the audit log stay: let it start an installation of its own.');
const { projectId } = await openTenant(installation);
await insertLines(installation, projectId);
printFigures(machine, await searchFigures(installation, projectId));
