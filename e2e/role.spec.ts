import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectRowVisible, openRowMenu, rowOf } from './fixtures/table.ts';

test('an operator makes a role, lets it imply others, renames it and deletes it; built-in ones stay', async ({
  page,
}) => {
  const name = `auditor-${randomBytes(3).toString('hex')}`;
  await page.goto('/operate/roles');
  const roles = page.getByRole('table', { name: 'Roles' });
  const dialog = page.getByRole('dialog');
  const menu = await openRowMenu(roles, 'member');
  for (const action of ['Edit', 'Implied roles', 'Delete']) {
    await expect(menu.getByRole('menuitem', { name: action })).toContainText('A built-in role stays as it is.');
  }
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Create role' }).click();
  // A name that is taken is said at the field, and what was typed stays.
  await dialog.getByLabel('Name').fill('member');
  await dialog.getByLabel('Description').fill('Looks at books');
  await dialog.getByRole('button', { name: 'Create role' }).click();
  await expect(dialog.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create role' }).click();
  await expectRowVisible(roles, { name, implies: '—', given: 'everywhere', description: 'Looks at books' });

  await clickRowAction(roles, name, 'Implied roles');
  // It is ticked when it counts, not when it was asked for.
  await dialog.getByRole('checkbox', { name: 'reader' }).click();
  await expect(dialog.getByRole('checkbox', { name: 'reader' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expectRowVisible(roles, { name, implies: 'reader' });

  await clickRowAction(roles, name, 'Edit');
  await dialog.getByLabel('Name').fill(`${name}-2`);
  await dialog.getByRole('button', { name: 'Save role' }).click();
  await expectRowVisible(roles, { name: `${name}-2`, implies: 'reader' });

  await clickRowAction(roles, `${name}-2`, 'Delete');
  await dialog.getByLabel(/^Type/).fill(`${name}-2`);
  await dialog.getByRole('button', { name: 'Delete role' }).click();
  await expect(rowOf(roles, `${name}-2`)).toHaveCount(0);
});
