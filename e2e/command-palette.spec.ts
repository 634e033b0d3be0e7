import type { Locator, Page } from '@playwright/test';
import { page as pageOf } from '@unkai/contracts/primitives';
import { image } from '@unkai/contracts/resources/image';
import { ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';

async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Search and actions' });
  await expect(palette).toBeFocused();
  return palette;
}

test('the palette goes to pages, does what the page offers, and finds things by name, id and address', async ({
  page,
  project,
}) => {
  await page.goto(`/projects/${project.id}/servers`);
  await expect(page.getByRole('heading', { name: 'Servers', level: 1 })).toBeVisible();

  await (await openPalette(page)).fill('key pairs');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Key pairs', level: 1 })).toBeVisible();

  const { items } = await ask('GET', `/projects/${project.id}/images`, pageOf(image));
  const tiny = items.find(({ name }) => name === 'tiny');
  await (await openPalette(page)).fill(tiny?.id ?? '');
  await expect(page.getByRole('option')).toHaveText(['tiny']);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Images', level: 1 })).toBeVisible();

  await (await openPalette(page)).fill('10.0.0.0/24');
  // Every project has such a network; the one of the project at hand comes first.
  await page
    .getByRole('option', { name: /^default/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /^default/, level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/networks\/[0-9a-f-]{36}$/);

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Servers' }).click();
  await expect(page.getByRole('heading', { name: 'Servers', level: 1 })).toBeVisible();
  await (await openPalette(page)).fill('create ser');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Create server', level: 1 })).toBeVisible();
});

test('escape closes the palette and gives the focus back; nothing found is said', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}`);
  const opener = page.getByRole('button', { name: 'Find or do' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const palette = page.getByRole('combobox', { name: 'Search and actions' });
  await palette.fill('no such thing anywhere');
  await expect(page.getByRole('dialog', { name: 'Search and actions' })).toContainText(
    'Nothing that you may see has that name',
  );
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(opener).toBeFocused();
});

test('a theme chosen in the palette stays after a reload', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}`);
  await expect(page.getByRole('button', { name: 'Find or do' })).toBeVisible();
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await (await openPalette(page)).fill('dark theme');
  await page.keyboard.press('Enter');
  await expect.poll(scheme).toBe('dark');
  await page.reload();
  expect(await scheme()).toBe('dark');
});
