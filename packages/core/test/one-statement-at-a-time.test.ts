import { freshDatabase } from '@unkai/testing/database';
import { expect, test } from 'vitest';
import { commit, openDatabase } from '../src/database/database.ts';

test('the parts of a row are asked for one after the other in a transaction: its connection has one statement at a time', async () => {
  await using services = await freshDatabase();
  const database = openDatabase(services.databaseUrl, 2);
  const notices: string[] = [];
  const hear = ({ message }: Error) => notices.push(message);
  process.on('warning', hear);
  const parts = { users: true, groups: true, projects: { include: { tags: true, networks: true } } };
  const found = await commit(database, async ({ tx }) => {
    const { id } = await tx.domain.create({ data: { name: 'parts', groups: { create: { name: 'group' } } } });
    await tx.project.create({ data: { domainId: id, name: 'project', tags: { create: { name: 'tag' } } } });
    return tx.domain.findUniqueOrThrow({ where: { id }, include: parts });
  });
  expect(found).toMatchObject({ groups: [{ name: 'group' }], projects: [{ tags: [{ name: 'tag' }], networks: [] }] });
  await database.close();
  // Node tells a notice on its next turn.
  await new Promise(setImmediate);
  process.off('warning', hear);
  expect(notices.filter((notice) => notice.includes('already executing a query'))).toEqual([]);
});
