import { type Baseline, median } from './figure.ts';
import type { Installation } from './installation.ts';

const rounds = 100;

/** The least that an authenticated request takes: through the edge to the API, one query, and back. */
export async function smallestRequest({ api }: Installation): Promise<Baseline> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push((await api.ask('GET', '/users/me')).milliseconds);
  return { name: 'GET /v1/users/me', value: median(samples) };
}

/** The least that anything lasting takes: a transaction that is written to the disk before it is answered. */
export async function durableCommit({ sql }: Installation): Promise<Baseline> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    // A message in the log: it needs no table, and its commit waits for the disk as any other.
    await sql.query(`SELECT pg_logical_emit_message(true, 'bench', 'x')`);
    samples.push(performance.now() - begun);
  }
  return { name: 'one durable commit', value: median(samples) };
}
