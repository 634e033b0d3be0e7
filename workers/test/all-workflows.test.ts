import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderImageStore } from '@unkai/core/image/image-store';
import { workflowCatalog } from '@unkai/core/workflow/catalog';
import { expect, test } from 'vitest';
import { allWorkflows } from '../src/workflows/all.ts';

const names = Object.keys(workflowCatalog).toSorted();

test('every workflow of the catalog is one that workers know', () => {
  const known = allWorkflows(folderImageStore('/nonexistent'), folderImageStore('/nonexistent')).map(
    ({ name }) => name,
  );
  expect(known.toSorted()).toEqual(names);
});

test('every workflow has a scenario for the three generated tests', async () => {
  const folder = import.meta.dirname;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const tested = texts.flatMap((text) =>
    [...text.matchAll(/^workflowProperties\('([\w.]+)'/gm)].map(([, name]) => name),
  );
  expect(tested.toSorted()).toEqual(names);
});
