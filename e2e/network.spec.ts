import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

test('a network: made with its range, refused with a wrong one, deleted when nothing is in it', async ({
  page,
  project,
}) => {
  await page.goto(`/projects/${project.id}/networks`);
  const table = page.getByRole('table', { name: 'Networks' });
  await expectRowVisible(table, { name: 'default', subnets: '10.0.0.0/24', gateway: '10.0.0.1', ports: '0' });

  await page.getByRole('button', { name: 'Create network' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create network' });
  await dialog.getByLabel('Name').fill('backend');
  const range = dialog.getByLabel('Range of addresses');
  await range.fill('10.9.0.0/99');
  await dialog.getByRole('button', { name: 'Create network' }).click();
  await expect(range).toHaveAttribute('aria-invalid', 'true');
  await expect(range).toBeFocused();
  await range.fill('10.9.0.0/24');
  await dialog.getByRole('button', { name: 'Create network' }).click();
  await expectToast(page, 'backend is ready');
  await expectRowVisible(table, { name: 'backend', subnets: '10.9.0.0/24', gateway: '10.9.0.1' });

  await clickRowAction(table, 'backend', 'Delete');
  await page.getByRole('dialog', { name: 'Delete backend?' }).getByRole('button', { name: 'Delete network' }).click();
  await expectToast(page, 'backend is deleted');
  await expect(rowOf(table, 'backend')).toHaveCount(0);
});
