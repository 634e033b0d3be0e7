import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/**
 * Runs one statement in the database of the running installation in `home`, as its programs' role, and gives how many
 * rows it changed. For what no API does, such as time that has passed. Throws what Postgres says.
 */
export async function changeInstallation(home: string, statement: string, values: readonly string[]): Promise<number> {
  const folder = join(home, 'postgres');
  const word = (name: string) => readFileSync(join(folder, name), 'utf8').trim();
  const port = Number(word('postgresql.conf').match(/^port\s*=\s*'?(\d+)/m)?.[1]);
  const login = { user: word('application-role'), password: word('application-password') };
  const client = new pg.Client({ host: join(folder, 'state'), port, database: 'unkai', ...login });
  await client.connect();
  try {
    return (await client.query(statement, [...values])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
