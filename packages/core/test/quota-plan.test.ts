import { freshDatabase } from '@unkai/testing/database';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { commit, openDatabase } from '../src/database/database.ts';
import { spend } from '../src/quota/quota.ts';

const plans = z.array(z.object({ statement: z.string(), generic: z.coerce.number(), custom: z.coerce.number() }));

test('the plan of a quota check is kept for a large project and small ones alike', async () => {
  await using services = await freshDatabase();
  const database = openDatabase(services.databaseUrl, 1);
  const { id: domainId } = await database.prisma.domain.create({ data: { name: 'sizes' } });
  const make = (name: string) => database.prisma.project.create({ data: { domainId, name } });
  const [large, small] = [await make('large'), await make('small')];
  await services.asOwner(`
    INSERT INTO server (project_id, name, state, flavor_id, flavor_name, vcpus, memory_mib, disk_gib, reservation_id)
      SELECT '${large.id}', 'one', 'stopped', gen_random_uuid(), 'nano', 1, 64, 1, 'r-0' FROM generate_series(1, 10000)`);
  await services.asOwner('ANALYZE server');
  const check = (projectId: string) => commit(database, ({ tx }) => spend(tx, projectId, { servers: 1 }));
  for (let round = 0; round < 10; round += 1) {
    await check(small.id);
    await expect(check(large.id)).rejects.toThrow('used 10000 of');
  }
  const { rows } = await database.pool.query(
    'SELECT statement, generic_plans AS generic, custom_plans AS custom FROM pg_prepared_statements',
  );
  // Postgres makes five of its own for whatever is new to it.
  expect(plans.parse(rows).filter(({ statement }) => statement.includes('counted'))).toEqual([
    { statement: expect.stringContaining('FROM server'), generic: 15, custom: 5 },
  ]);
  await database.close();
});
