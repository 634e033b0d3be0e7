import { startServices } from '@unkai/testing/services';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';

async function ask(databaseUrl: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('what was acknowledged survives kill -9 of Postgres, and Redis comes back with its keys', async () => {
  const services = await startServices({ durable: true });
  onTestFinished(services.stop);
  await ask(services.databaseUrl, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)');
  const redis = new Redis(services.redisUrl);
  await redis.set('kept', 'yes');
  redis.disconnect();

  await Promise.all([services.postgres.kill(), services.redis.stop()]);
  await expect(ask(services.databaseUrl, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  await Promise.all([services.postgres.start(), services.redis.start()]);

  expect(await ask(services.databaseUrl, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
  const again = new Redis(services.redisUrl);
  expect(await again.get('kept')).toBe('yes');
  again.disconnect();
});

test('stopped services leave no process', async () => {
  const services = await startServices();
  const pids = [services.postgres.pid(), services.redis.pid()];
  for (const pid of pids) expect(process.kill(pid, 0)).toBe(true);
  await services.stop();
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
