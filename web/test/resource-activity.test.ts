import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const pages = join(import.meta.dirname, '../app/(portal)');
/** What is no thing of its own: a place whose pages follow, with one for its activity. */
const places = ['projects/[project]', 'domains/[domain]'];

/** Folders of pages that are about one thing: those named by its id. */
async function foldersOfThings(): Promise<string[]> {
  const files = await readdir(pages, { recursive: true });
  const folders = files.filter((file) => /\]\/page\.tsx$/.test(file)).map(dirname);
  return folders.filter((folder) => !places.includes(folder)).toSorted();
}

test('the page of each thing has its activity: the last lines of the audit log about it, or a tab of them', async () => {
  const folders = await foldersOfThings();
  expect(folders.length).toBeGreaterThan(10);
  const without = [];
  for (const folder of folders) {
    const files = (await readdir(join(pages, folder), { recursive: true })).filter((file) => /\.tsx$/.test(file));
    const texts = await Promise.all(files.map((file) => readFile(join(pages, folder, file), 'utf8')));
    const isShown = texts.some((text) => /<\w*ResourceActivity\b/.test(text)) || files.includes('activity/page.tsx');
    if (!isShown) without.push(folder);
  }
  expect(without).toEqual([]);
});
