import { expect, test } from 'vitest';
import { paths } from '../paths.ts';
import { changesOf, fieldWords, valueWords } from '../resources/audit-changes.tsx';
import { auditQuery } from '../resources/audit-query.ts';

test('fields and values are told in words', () => {
  expect(['isEnabled', 'memoryMib', 'imageId', 'name', 'issuer'].map(fieldWords)).toEqual([
    'enabled',
    'memory MiB',
    'image id',
    'name',
    'issuer',
  ]);
  expect([true, false, null, '', [], ['a', 'b'], 7, { a: 1 }].map(valueWords)).toEqual([
    ...['yes', 'no', 'none', 'none', 'none', 'a, b', '7', '{"a":1}'],
  ]);
});

test('what was made has no before, what was removed no after', () => {
  expect(changesOf({ before: null, after: { name: 'web' } })).toEqual([{ field: 'name', is: 'web' }]);
  expect(changesOf({ before: { name: 'web' }, after: null })).toEqual([{ field: 'name', was: 'web' }]);
  expect(changesOf({ before: { name: 'web' }, after: { name: 'db' } })).toEqual([
    { field: 'name', was: 'web', is: 'db' },
  ]);
  expect(changesOf({ before: null, after: null })).toEqual([]);
});

test('a file is asked for with the filters of the page', () => {
  const query = auditQuery({ text: ' ada ', outcome: 'refused', since: '' });
  expect(query).toEqual({ text: 'ada', outcome: 'refused' });
  expect(paths.auditExport({ query: { ...query, format: 'csv' } })).toBe(
    '/v1/audit-lines/export?text=ada&outcome=refused&format=csv',
  );
  expect(paths.auditExport({ project: 'p', query: {} })).toBe('/v1/projects/p/audit-lines/export?');
});
