import { randomUUID } from 'node:crypto';
import { freshDatabase } from '@unkai/testing/database';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../src/database/database.ts';
import { guestHostName, guestHostNameOfRow } from '../src/host/guest-host-name.ts';

const rows = z.array(z.object({ id: z.string(), told: z.string() }));

const letters = fc.constantFrom(...'aZ09-_. /ÄäßİıKﬁ①½Ⅷ日本🦊é'.split(''), 'e\u0301', '--', 'x'.repeat(70));
const names = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  fc.array(letters, { minLength: 1, maxLength: 70 }).map((parts) => parts.join('')),
);

test('the database names a guest as its metadata does, whatever its server is called', async () => {
  await using services = await freshDatabase();
  const database = openDatabase(services.databaseUrl, 1);
  const sample = fc.sample(
    names.map((name) => ({ id: randomUUID(), name: name.replaceAll('\0', '') })),
    3_000,
  );
  const found = await database.prisma.$queryRaw<unknown[]>`
    SELECT server.id::text AS id, ${guestHostNameOfRow} AS told
    FROM unnest(${sample.map(({ id }) => id)}::uuid[], ${sample.map(({ name }) => name)}::text[]) AS server (id, name)`;
  const told = new Map(rows.parse(found).map((row) => [row.id, row.told]));
  for (const { id, name } of sample) expect(told.get(id), JSON.stringify(name)).toBe(guestHostName(name, id));
  await database.close();
});
