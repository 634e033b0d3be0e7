import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/portal.ts';

const question = (page: Page) => page.getByRole('dialog', { name: 'Leave this page?' });
const nameOf = (page: Page) => page.getByLabel('Name', { exact: true });

test.beforeEach(async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/servers`);
  await page.getByRole('link', { name: 'Create server' }).first().click();
  await expect(nameOf(page)).toBeVisible();
});

test('a form nobody touched is left without a question', async ({ page }) => {
  await page.getByRole('link', { name: 'Images' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Images' })).toBeVisible();
});

test('what was filled in for a new server is not lost by a link, by going back, or by the palette, unasked', async ({
  page,
  project,
}) => {
  await nameOf(page).fill('half-filled');
  const ways = {
    'by a link': () => page.getByRole('link', { name: 'Images' }).click(),
    'by going back': () => page.goBack(),
    'by the palette': async () => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('combobox', { name: 'Search and actions' }).fill('Images');
      await page.keyboard.press('Enter');
    },
  };
  for (const [way, go] of Object.entries(ways)) {
    await test.step(way, async () => {
      await go();
      await question(page).getByRole('button', { name: 'Stay here' }).click();
      await expect(question(page)).toHaveCount(0);
      await expect(nameOf(page)).toHaveValue('half-filled');
      expect(new URL(page.url()).pathname).toBe(`/projects/${project.id}/servers/new`);
    });
  }

  await test.step('before a reload the browser asks', async () => {
    const asked = page.waitForEvent('dialog');
    // By the page itself: a reload of Playwright's own would wait for one that does not come.
    await page.evaluate(() => void setTimeout(() => window.location.reload()));
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await expect(nameOf(page)).toHaveValue('half-filled');
  });

  await test.step('who means it is let go', async () => {
    await page.goBack();
    await question(page).getByRole('button', { name: 'Leave page' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(`/projects/${project.id}/servers`);
  });
});
