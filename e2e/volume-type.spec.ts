import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { page as pageOf } from '@unkai/contracts/primitives';
import { type VolumeType, volumeType } from '@unkai/contracts/resources/volume-type';
import { expectAccessible } from './fixtures/accessibility.ts';
import { anything, ask } from './fixtures/api.ts';
import { press } from './fixtures/keyboard.ts';
import { pick } from './fixtures/pick.ts';
import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

const made: string[] = [];
const nameOf = (what: string) => {
  const name = `${what}-${randomBytes(3).toString('hex')}`;
  made.push(name);
  return name;
};
const typesNow = () => ask('GET', '/volume-types?limit=1000', pageOf(volumeType));
const make = (body: Partial<VolumeType>) => ask('POST', '/volume-types', volumeType, body);

test.afterEach(async () => {
  const { items } = await typesNow();
  for (const { id, name } of items) {
    if (made.some((each) => name.startsWith(each))) await ask('DELETE', `/volume-types/${id}`, anything);
  }
});

const tableOf = (page: Page) => page.getByRole('table', { name: 'Volume types' });

test('an operator makes a volume type by the keyboard, changes it and deletes it', async ({ page }) => {
  const name = nameOf('fast');
  const dialog = page.getByRole('dialog');
  await page.goto('/operate/volume-types');
  await press(page, page.getByRole('main').getByRole('button', { name: 'Create volume type' }).first());
  const create = dialog.getByRole('button', { name: 'Create volume type' });
  await expectDisabled(create, 'Give it a name.');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Extra specs').fill('no key');
  await expectDisabled(create, 'Write extra specs as key=value, with ; between.');
  await dialog.getByLabel('Extra specs').fill('tier=gold');
  await dialog.getByLabel('Description').fill('of flash');
  await expectAccessible(page, 'Create volume type');
  await press(page, create);
  await expectToast(page, `${name} is made`);
  const table = tableOf(page);
  await expectRowVisible(table, {
    name,
    for: 'everyone',
    description: 'of flash',
    'extra specs': 'tier=gold',
  });

  await clickRowAction(table, name, 'Edit');
  await dialog.getByLabel('Name').fill(`${name}er`);
  await dialog.getByRole('checkbox', { name: 'Default' }).press('Space');
  await dialog.getByRole('checkbox', { name: 'Public' }).press('Space');
  await expect(dialog.getByRole('checkbox', { name: 'Default' })).not.toBeChecked();
  await dialog.getByRole('checkbox', { name: 'Public' }).press('Space');
  await dialog.getByRole('checkbox', { name: 'Default' }).press('Space');
  await dialog.getByRole('button', { name: 'Save volume type' }).click();
  await expectToast(page, `${name}er is changed`);
  await expect(rowOf(table, `${name}er`)).toContainText('default');
  const menu = await openRowMenu(table, `${name}er`);
  await expect(menu.getByRole('menuitem', { name: 'Give to projects' })).toContainText('It is public');
  await page.keyboard.press('Escape');

  await clickRowAction(table, `${name}er`, 'Delete');
  await expect(dialog).toContainText('The limits that were set for it go with it.');
  await expectAccessible(page, 'Delete volume type');
  await dialog.getByRole('button', { name: 'Delete volume type' }).click();
  await expectToast(page, `${name}er is deleted`);
  await expect(page.getByRole('rowheader').getByText(`${name}er`)).toHaveCount(0);
  expect((await typesNow()).items.map((each) => each.name)).not.toContain(`${name}er`);
});

test('a type that is taken says so at its name', async ({ page }) => {
  const { name } = await make({ name: nameOf('taken') });
  await page.goto('/operate/volume-types');
  await page.getByRole('main').getByRole('button', { name: 'Create volume type' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create volume type' }).click();
  await expect(dialog.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/already a volume type named/);
});

test('one that is not public is given to a project, and taken away again', async ({ page, project }) => {
  const { id, name } = await make({ name: nameOf('own'), isPublic: false });
  const access = () => ask('GET', `/volume-types/${id}/projects`, anything);
  await page.goto('/operate/volume-types');
  await expectRowVisible(tableOf(page), { name, for: 'chosen projects' });
  await clickRowAction(tableOf(page), name, 'Give to projects');
  const dialog = page.getByRole('dialog', { name: `Give ${name} to projects` });
  await expect(dialog).toContainText('No project has it yet.');
  await expectDisabled(dialog.getByRole('button', { name: 'Give to project' }), 'Say which project.');
  await pick(page, dialog, 'Project', project.name);
  await dialog.getByRole('button', { name: 'Give to project' }).click();
  await expect(dialog.getByRole('list', { name: 'Given to' })).toContainText(project.name);
  expect(await access()).toMatchObject({ projectIds: [project.id] });
  await expectAccessible(page, 'Give a volume type to projects');
  await dialog.getByRole('button', { name: `Take away from ${project.name}` }).click();
  await expect(dialog).toContainText('No project has it yet.');
  expect(await access()).toMatchObject({ projectIds: [] });
});

test('each type has limits for all and for a project; the nearest counts, and an emptied one is none again', async ({
  page,
  project,
}) => {
  const { name } = await make({ name: nameOf('limited') });
  const dialog = page.getByRole('dialog');
  const table = page.getByRole('table', { name: 'Limits of volume types' });
  const storage = dialog.getByRole('group', { name: `Volume type ${name}` }).getByLabel('Volume storage (GiB)');
  const set = async (button: string, amount: string) => {
    await page.getByRole('button', { name: button }).click();
    await storage.fill(amount);
    await dialog.getByRole('button', { name: button }).click();
    await expect(dialog).toHaveCount(0);
  };
  await page.goto('/operate/quota-defaults');
  await expectRowVisible(table, { name, volumes: 'any number', storage: 'any number', snapshots: 'any number' });
  await set('Set defaults', '500');
  await expectRowVisible(table, { name, storage: '500 GiB' });
  await expectAccessible(page, 'Quota defaults with volume types');

  await page.goto(`/projects/${project.id}/quotas`);
  await expectRowVisible(table, { name, storage: '500 GiB' });
  await page.getByRole('button', { name: 'Set limits' }).click();
  await storage.fill('1.5');
  await expect(storage).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'Set limits with volume types');
  await page.keyboard.press('Escape');
  await page.reload();
  await set('Set limits', '50');
  await expectRowVisible(table, { name, storage: '50 GiB' });
  await expectAccessible(page, 'Quotas with volume types');
  await set('Set limits', '');
  await expectRowVisible(table, { name, storage: '500 GiB' });
  await page.goto('/operate/quota-defaults');
  await set('Set defaults', '');
  await expectRowVisible(table, { name, storage: 'any number' });
});

test('a price list has a price for each volume type', async ({ page, project }) => {
  const { name } = await make({ name: nameOf('priced') });
  const list = `volumes of ${project.name}`;
  await page.goto('/operate/prices');
  await page.getByRole('main').getByRole('button', { name: 'Create price list' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(list);
  const year = 2200 + (Number.parseInt(randomBytes(3).toString('hex'), 16) % 7000);
  await dialog.getByLabel(/^Starts at/).fill(`${year}-02-01T00:00`);
  await dialog.getByLabel(`Volumes of the type ${name}`).fill('0.0001');
  await dialog.getByRole('button', { name: 'Create price list' }).click();
  await expectToast(page, `${list} is kept`);
  await clickRowAction(page.getByRole('table', { name: 'Price lists' }), list, 'Show prices');
  await expect(dialog).toContainText(`Volume · ${name}`);
  await expect(dialog).toContainText('€0.0001 per GiB');

  await page.goto('/operate/volume-types');
  await clickRowAction(tableOf(page), name, 'Edit');
  await dialog.getByLabel('Name').fill(`${name}-new`);
  await dialog.getByRole('button', { name: 'Save volume type' }).click();
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(new RegExp(`price list ${list} names it`));
  await page.keyboard.press('Escape');
  await page.goto('/operate/prices');
  await clickRowAction(page.getByRole('table', { name: 'Price lists' }), list, 'Delete');
  await dialog.getByRole('button', { name: 'Delete price list' }).click();
  await expectToast(page, `${list} is deleted`);
});
