import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Installation } from './installation.ts';

/** A project for the servers of one measurement, with limits that are never in the way. */
export type Tenant = { projectId: string; flavorId: string; imageId: string };

const one = z.object({ id: z.string() });
const list = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const user = z.object({ id: z.string(), domainId: z.string() });
const rows = z.array(z.object({ id: z.string() }));

/** Makes a project that the caller administers, raises its limits, and takes the smallest flavor and the newest image of the installation. */
export async function openTenant({ api, sql }: Installation): Promise<Tenant> {
  const { id: userId, domainId } = user.parse(JSON.parse((await api.ask('GET', '/users/me')).text));
  const name = `bench-${randomUUID().slice(0, 8)}`;
  const { id: projectId } = one.parse(JSON.parse((await api.ask('POST', '/projects', { domainId, name })).text));
  // A token of one project has the roles on that project, and none of the system.
  await api.ask('POST', '/role-assignments', { role: 'admin', userId, projectId });
  await sql.query(
    `INSERT INTO project_quota (project_id, name, "limit")
     SELECT $1, name, 1000000000 FROM unnest(ARRAY['servers', 'vcpus', 'memoryMib', 'ports']) AS name`,
    [projectId],
  );
  const flavors = list.parse(JSON.parse((await api.ask('GET', '/flavors')).text)).items;
  const images = list.parse(JSON.parse((await api.ask('GET', `/projects/${projectId}/images`)).text)).items;
  const flavorId = flavors.find((flavor) => flavor.name === 'm1.nano')?.id;
  const imageId = images.find((image) => image.name === 'tiny')?.id;
  if (flavorId === undefined || imageId === undefined) throw new Error('There is no flavor m1.nano or no image tiny.');
  return { projectId, flavorId, imageId };
}

export type Created = { id: string; begunAt: number; answeredMs: number };

/** Creates one server, and gives how long its answer took. */
export async function createServer({ api }: Installation, tenant: Tenant, name: string): Promise<Created> {
  const { projectId, ...parts } = tenant;
  const begunAt = performance.now();
  const answered = await api.ask('POST', `/projects/${projectId}/servers`, { name, ...parts });
  return { id: one.parse(JSON.parse(answered.text)).id, begunAt, answeredMs: answered.milliseconds };
}

const lookEveryMs = 3;

/**
 * Waits until all of these servers run, and gives the moment (performance.now) at which each was seen to. Looks in the
 * database, every 3 ms, so that looking takes nothing from the API. Throws when one fails, or after `limitMs`.
 */
export async function untilRunning({ sql }: Installation, ids: readonly string[], limitMs: number): Promise<number[]> {
  const seenAt = new Map<string, number>();
  const deadline = performance.now() + limitMs;
  while (seenAt.size < ids.length) {
    if (performance.now() > deadline)
      throw new Error(`${ids.length - seenAt.size} servers do not run after ${limitMs} ms.`);
    const query = `SELECT id, state, failure FROM server WHERE id = ANY($1::uuid[]) AND state IN ('running', 'error')`;
    const { rows: found } = await sql.query(query, [ids.filter((id) => !seenAt.has(id))]);
    const now = performance.now();
    for (const { id, state, failure } of ended.parse(found)) {
      if (state === 'error') throw new Error(`A server failed: ${JSON.stringify(failure)}`);
      seenAt.set(id, now);
    }
    await sleep(lookEveryMs);
  }
  return ids.map((id) => seenAt.get(id) ?? Number.NaN);
}

const ended = z.array(z.object({ id: z.string(), state: z.enum(['running', 'error']), failure: z.unknown() }));

/** Deletes servers and waits until nothing of them is left. Throws after `limitMs`. */
export async function deleteServers(
  { api, sql }: Installation,
  ids: readonly string[],
  limitMs: number,
): Promise<void> {
  for (const id of ids) await api.ask('DELETE', `/servers/${id}`);
  const deadline = performance.now() + limitMs;
  for (;;) {
    const { rows: found } = await sql.query('SELECT id FROM server WHERE id = ANY($1::uuid[])', [ids]);
    if (rows.parse(found).length === 0) return;
    if (performance.now() > deadline) throw new Error(`${found.length} servers are not deleted after ${limitMs} ms.`);
    await sleep(100);
  }
}
