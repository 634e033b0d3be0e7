import { randomUUID } from 'node:crypto';
import { type FreshDatabase, freshDatabase } from '@unkai/testing/database';
import pino from 'pino';
import type { Core } from '../src/call.ts';
import { commit, openDatabase } from '../src/database/database.ts';
import { openKeys } from '../src/keys.ts';
import { openQueues } from '../src/queues.ts';
import type { WorkflowName } from '../src/workflow/catalog.ts';
import { startRun } from '../src/workflow/start.ts';

export interface TestCore {
  readonly core: Core;
  readonly services: FreshDatabase;
  close(): Promise<void>;
}

/** A core on a real, empty Postgres and Redis. */
export async function openTestCore(): Promise<TestCore> {
  const services = await freshDatabase();
  const core: Core = {
    database: openDatabase(services.databaseUrl),
    queues: openQueues(services.redisUrl),
    keys: openKeys('c'.repeat(64)),
    origin: 'http://127.0.0.1:7080',
    log: pino({ level: 'silent' }),
  };
  const close = async () => {
    await core.queues.close();
    await core.database.close();
    await services.close();
  };
  return { core, services, close };
}

/** Starts a run on a resource that need not exist. */
export function startTestRun(core: Core, name: WorkflowName, resourceId: string = randomUUID()): Promise<string> {
  const start = { resourceId, resourceName: 'web', projectId: null, requestId: 'req-test' };
  return commit(core.database, (unit) => startRun(unit, core, name, start));
}

/** How a run stands, with its steps in words such as `reserve done`. */
export async function readRun(core: Core, id: string) {
  const run = await core.database.prisma.workflowRun.findUniqueOrThrow({
    where: { id },
    include: { steps: { orderBy: { position: 'asc' } } },
  });
  return { ...run, stepStates: run.steps.map((each) => `${each.name} ${each.state}`) };
}

/** As if the API had taken heartbeats for so many seconds, and went on. */
export async function listenFor(core: Core, seconds: number): Promise<void> {
  await core.database.prisma.$executeRaw`
    INSERT INTO host_listening (since, last_at) VALUES (now() - ${seconds} * interval '1 second', now() + interval '1 hour')
    ON CONFLICT (id) DO UPDATE SET since = excluded.since, last_at = excluded.last_at`;
}
