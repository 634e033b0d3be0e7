import { expect, test } from 'vitest';
import { z } from 'zod';
import { page } from '../src/primitives.ts';

const thing = z.object({ id: z.string(), name: z.string() });

test('a page shows the fields of its view, and nothing that came with a row', async () => {
  const items = [
    { id: 'one', name: 'first' },
    { id: 'two', name: 'second', password_hash: 'secret' },
  ];
  const shown = await page(thing).parseAsync({ items, nextCursor: null, total: 2 });
  expect(shown).toEqual({ items: [items[0], { id: 'two', name: 'second' }], nextCursor: null });
  expect(items[1]).toHaveProperty('password_hash');
});

test('what is no page is refused', async () => {
  await expect(page(thing).parseAsync({ items: ['one'], nextCursor: null })).rejects.toThrow(z.ZodError);
  await expect(page(thing).parseAsync({ items: [] })).rejects.toThrow(z.ZodError);
});
