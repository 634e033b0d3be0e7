import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@unkai/testing/services';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { openTestCloud } from './test-cloud.ts';

describe('the program', { timeout: 120_000 }, () => {
  test('says that it is ready, counts what it does, and gives its leases back when it is asked to stop', async () => {
    const cloud = await openTestCloud();
    const port = await freePort();
    const program = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
      env: {
        DATABASE_URL: cloud.databaseUrl,
        REDIS_URL: cloud.redisUrl,
        UNKAI_WORKERS_PORT: String(port),
        UNKAI_HOME: '/nonexistent',
        UNKAI_SECRET: 'c'.repeat(64),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let words = '';
    program.stdout.on('data', (chunk) => {
      words += String(chunk);
    });
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    try {
      await expect
        .poll(
          () =>
            ask('/readyz').then(
              ({ status }) => status,
              () => 0,
            ),
          { timeout: 60_000 },
        )
        .toBe(200);
      cloud.host.deafTo.add('server');
      const id = await cloud.addServer();
      await cloud.start('server.create', id);
      await expect.poll(async () => (await cloud.readServer(id)).allocations, { timeout: 30_000 }).toBe(1);
      const metrics = await (await ask('/metrics')).text();
      expect(metrics).toContain('unkai_workflow_step_seconds_bucket');
      expect(metrics).toContain('unkai_reconciler_turns_total{reconciler="run-sweep",outcome="done"');
      expect((await ask('/healthz')).status).toBe(200);
      expect((await ask('/nothing')).status).toBe(404);
      program.kill('SIGTERM');
      const [code] = await once(program, 'exit');
      expect(code).toBe(0);
      const leased = await cloud.core.database.prisma.workflowRun.count({ where: { NOT: { leaseOwner: null } } });
      expect(leased).toBe(0);
      expect(words).toContain('workers are at work');
    } finally {
      program.kill('SIGKILL');
      await cloud.close();
    }
  });

  test('names each setting that does not fit', () => {
    expect(() => readConfig({ REDIS_URL: 'http://x', UNKAI_WORKERS_PORT: '99999', SMTP_URL: 'http://x' })).toThrow(
      /DATABASE_URL.*REDIS_URL.*UNKAI_WORKERS_PORT.*UNKAI_SECRET.*SMTP_URL/,
    );
  });
});
