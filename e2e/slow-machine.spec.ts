import { expect, test } from './fixtures/portal.ts';
import { holdScripts, scriptsTimeout } from './fixtures/scripts.ts';

test('a button that is clicked before the scripts have come does its work when they have', async ({
  page,
  project,
}) => {
  const release = await holdScripts(page);
  await page.goto(`/projects/${project.id}/networks`, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Create network' }).click();
  release();
  await expect(page.getByRole('dialog', { name: 'Create network' })).toBeVisible(scriptsTimeout);
});

test('a menu too, and it opens once', async ({ page, project }) => {
  const release = await holdScripts(page);
  await page.goto(`/projects/${project.id}/networks`, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Account' }).click();
  release();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible(scriptsTimeout);
});

test('a filter that is typed before the scripts have come is kept and works', async ({ page, project }) => {
  const release = await holdScripts(page);
  await page.goto(`/projects/${project.id}/networks`, { waitUntil: 'commit' });
  const filter = page.getByRole('searchbox', { name: 'Filter by name, range or id' });
  await filter.fill('no such network');
  release();
  await expect(page.getByText('Nothing matches.')).toBeVisible(scriptsTimeout);
  await expect(filter).toHaveValue('no such network');
  expect(new URL(page.url()).searchParams.get('filter')).toBe('no such network');
});
