import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

test('an operator puts a service of another into the catalog, changes it, and takes it out again', async ({ page }) => {
  const word = randomBytes(3).toString('hex');
  const [regionId, name, type] = [`North-${word}`, `Ironworks ${word}`, `iron-${word}`];
  await page.goto('/operate/catalog');
  const dialog = page.getByRole('dialog');
  const [regions, services, endpoints] = ['Regions', 'Services', 'Endpoints'].map((each) =>
    page.getByRole('table', { name: each }),
  );
  if (!regions || !services || !endpoints) throw new Error('The catalog has three tables.');

  await test.step('a region', async () => {
    await page.getByRole('button', { name: 'Create region' }).click();
    await dialog.getByLabel('Name').fill(regionId);
    await dialog.getByLabel('Description').fill('Behind the hill');
    await dialog.getByRole('button', { name: 'Create region' }).click();
    await expectRowVisible(regions, { name: regionId, parent: '—', description: 'Behind the hill' });
    await clickRowAction(regions, regionId, 'Edit');
    await dialog.getByLabel('Parent').selectOption('RegionOne');
    await dialog.getByRole('button', { name: 'Save region' }).click();
    await expectRowVisible(regions, { name: regionId, parent: 'RegionOne' });
  });

  await test.step('a service', async () => {
    await page.getByRole('button', { name: 'Create service' }).click();
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Type').fill(type);
    await dialog.getByRole('button', { name: 'Create service' }).click();
    await expectRowVisible(services, { name, type, state: 'enabled' });
    await clickRowAction(services, name, 'Edit');
    await dialog.getByLabel('Clients find it').uncheck();
    await dialog.getByRole('button', { name: 'Save service' }).click();
    await expectRowVisible(services, { name, state: 'disabled' });
  });

  await test.step('an endpoint', async () => {
    await page.getByRole('button', { name: 'Create endpoint' }).click();
    await dialog.getByLabel('Service').selectOption({ label: `${name} (${type})` });
    await dialog.getByLabel('Region').selectOption(regionId);
    // What the API says of a field stands at the field, which has the focus.
    await dialog.getByLabel('URL').fill('javascript:alert(1)');
    await dialog.getByRole('button', { name: 'Create endpoint' }).click();
    await expect(dialog.getByLabel('URL')).toBeFocused();
    await expect(dialog.getByLabel('URL')).toHaveAttribute('aria-invalid', 'true');
    await dialog.getByLabel('URL').fill('https://iron.example/v1');
    await dialog.getByRole('button', { name: 'Create endpoint' }).click();
    await expectRowVisible(endpoints, { name: type, url: 'https://iron.example/v1', region: regionId });
    await clickRowAction(endpoints, type, 'Edit');
    await dialog.getByLabel('Interface').selectOption('internal');
    await dialog.getByRole('button', { name: 'Save endpoint' }).click();
    await expectRowVisible(endpoints, { name: type, interface: 'internal' });
  });

  await test.step('out again', async () => {
    await clickRowAction(regions, regionId, 'Delete');
    await dialog.getByRole('button', { name: 'Delete region' }).click();
    await expect(dialog.getByRole('alert')).toContainText('endpoint');
    await page.keyboard.press('Escape');
    await clickRowAction(endpoints, type, 'Delete');
    await dialog.getByRole('button', { name: 'Delete endpoint' }).click();
    await expectToast(page, 'The endpoint is deleted');
    for (const [table, noun, row] of [
      [services, 'service', name],
      [regions, 'region', regionId],
    ] as const) {
      await clickRowAction(table, row, 'Delete');
      await dialog.getByRole('button', { name: `Delete ${noun}` }).click();
      await expect(rowOf(table, row)).toHaveCount(0);
    }
  });
});
