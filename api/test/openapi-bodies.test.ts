// What a request may hold is said whole: docs/openapi.json leaves no object in any body open, however deep it lies.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const operation = z.object({
  operationId: z.string(),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }).optional(),
});
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const object = z.record(z.string(), z.unknown());

/** Where in a schema an object takes fields that nothing says anything of. */
function openPlaces(schema: unknown, at: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((each, index) => openPlaces(each, `${at}/${index}`));
  const parsed = object.safeParse(schema);
  if (!parsed.success) return [];
  const node = parsed.data;
  const { additionalProperties: others } = node;
  const isSaid = others === false || (object.safeParse(others).success && JSON.stringify(others) !== '{}');
  const isObject = [node['type']].flat().includes('object') || 'properties' in node;
  const below = Object.entries(node).flatMap(([key, value]) => {
    // The names below `properties` are fields, not words of the schema.
    if (key === 'properties') {
      return Object.entries(object.parse(value)).flatMap(([name, each]) => openPlaces(each, `${at}/${name}`));
    }
    return ['default', 'example', 'examples', 'enum', 'const'].includes(key) ? [] : openPlaces(value, `${at}/${key}`);
  });
  return [...(isObject && !isSaid ? [at] : []), ...below];
}

test('no request body takes a field that it does not name', async () => {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'openapi.json'), 'utf8');
  const { paths } = document.parse(JSON.parse(text));
  const bodies = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, each]) => {
      const parsed = operation.safeParse(each);
      const schema = parsed.data?.requestBody?.content['application/json']?.schema;
      return schema === undefined ? [] : [{ at: `${method.toUpperCase()} ${path}`, schema }];
    }),
  );
  expect(bodies.length).toBeGreaterThan(50);
  expect(bodies.flatMap(({ at, schema }) => openPlaces(schema, at))).toEqual([]);
});

test('the look for open objects finds one wherever it lies', () => {
  const closed = { type: 'object', properties: {}, additionalProperties: false };
  const open = { type: 'object', properties: { a: { type: 'string' } } };
  expect(openPlaces(closed, '')).toEqual([]);
  expect(openPlaces({ type: 'object', additionalProperties: { type: 'string' } }, '')).toEqual([]);
  expect(openPlaces({ type: 'object', additionalProperties: {} }, '')).toEqual(['']);
  expect(openPlaces({ ...closed, properties: { list: { type: 'array', items: open } } }, '')).toEqual(['/list/items']);
  expect(openPlaces({ ...closed, properties: { type: { anyOf: [closed, open] } } }, '')).toEqual(['/type/anyOf/1']);
  expect(openPlaces({ type: 'object', additionalProperties: open }, '')).toEqual(['/additionalProperties']);
});
