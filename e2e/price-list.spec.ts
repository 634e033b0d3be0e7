import type { Locator } from '@playwright/test';
import { page as pageOf } from '@unkai/contracts/primitives';
import { priceList } from '@unkai/contracts/resources/price-list';
import { expectAccessible } from './fixtures/accessibility.ts';
import { anything, ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

/** A year that this project has for itself, since two lists never start at one moment. */
const yearOf = ({ id }: { id: string }) => 2200 + (Number.parseInt(id.slice(0, 6), 16) % 7000);

async function fillPrice(dialog: Locator, price: string): Promise<void> {
  await dialog.getByLabel('Floating IPs').fill(price);
  await dialog.getByRole('button', { name: 'Create price list' }).click();
}

test('a price list that is ahead can go, and one that has started stays; a price that is none is named at its field', async ({
  page,
  project,
}) => {
  const prices = [{ kind: 'floating-ip', item: '', price: '0.002' }];
  const started = `now of ${project.name}`;
  await ask('POST', '/price-lists', anything, { name: started, currency: 'EUR', prices });
  const ahead = `ahead of ${project.name}`;
  const table = page.getByRole('table', { name: 'Price lists' });
  const dialog = page.getByRole('dialog');

  await page.goto('/operate/prices');
  await expectRowVisible(table, { name: started, currency: 'EUR', prices: '1' });
  await page.getByRole('main').getByRole('button', { name: 'Create price list' }).first().click();
  await expectDisabled(dialog.getByRole('button', { name: 'Create price list' }), 'Give it a name.');
  await dialog.getByLabel('Name', { exact: true }).fill(ahead);
  await dialog.getByLabel(/^Starts at/).fill(`${yearOf(project)}-01-01T00:00`);
  for (const none of ['NaN', '-1', '1e3']) {
    await fillPrice(dialog, none);
    await expect(dialog.getByLabel('Floating IPs')).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog.getByLabel('Floating IPs')).toHaveAccessibleDescription(
      /must be a number of at most 9 decimals/i,
    );
  }
  await expectAccessible(page, 'Create price list');
  expect((await ask('GET', '/price-lists', pageOf(priceList))).items.map(({ name }) => name)).not.toContain(ahead);
  await fillPrice(dialog, '0.003');
  await expectToast(page, `${ahead} is kept`);
  await expect(rowOf(table, ahead)).toContainText('ahead');

  await clickRowAction(table, ahead, 'Delete');
  await expect(dialog).toContainText('It has not started, so nothing was charged by it.');
  await expectAccessible(page, 'Delete price list');
  await dialog.getByRole('button', { name: 'Delete price list' }).click();
  await expectToast(page, `${ahead} is deleted`);
  await expect(rowOf(table, ahead)).toHaveCount(0);
  expect((await ask('GET', '/price-lists', pageOf(priceList))).items.map(({ name }) => name)).not.toContain(ahead);

  const menu = await openRowMenu(table, started);
  await expect(menu.getByRole('menuitem', { name: 'Delete' })).toContainText('It has started, so it stays.');
});
