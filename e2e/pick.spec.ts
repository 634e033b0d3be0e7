// Fields that find by typing: whoever is chosen among more than a list could hold.
import { randomBytes } from 'node:crypto';
import { domain } from '@unkai/contracts/resources/domain';
import { expectAccessible } from './fixtures/accessibility.ts';
import { anything, ask } from './fixtures/api.ts';
import { openPick, pick } from './fixtures/pick.ts';
import { expect, test } from './fixtures/portal.ts';
import { rowOf } from './fixtures/table.ts';

/** More than are asked for at once. */
const crowd = 45;

test('one user of many gets a role: found by name, by address, page by page, by keys alone', async ({ page }) => {
  const word = randomBytes(4).toString('hex');
  const { id } = await ask('POST', '/domains', domain, { name: `crowded-${word}` });
  const nameOf = (index: number) => `user-${String(index).padStart(2, '0')}`;
  for (let index = 0; index < crowd; index += 1) {
    const email = `${nameOf(index)}@${word}.example.org`;
    await ask('POST', '/users', anything, { domainId: id, name: nameOf(index), email });
  }
  await ask('POST', '/groups', anything, { domainId: id, name: 'all_of%them' });

  await page.goto(`/domains/${id}/assignments`);
  await page.getByRole('button', { name: 'Give a role' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Give a role' });
  await expectAccessible(page, 'Give a role');

  await test.step('twenty at a time, and more on demand', async () => {
    const list = await openPick(page, dialog, 'Who');
    const options = list.getByRole('option');
    await expect(list.getByRole('option', { name: /^user-/ })).toHaveCount(20);
    await expectAccessible(page, 'Choose who');
    await list.getByRole('option', { name: 'Show more' }).click();
    await expect(list.getByRole('option', { name: /^user-/ })).toHaveCount(40);
    await list.getByRole('option', { name: 'Show more' }).click();
    await expect(list.getByRole('option', { name: /^user-/ })).toHaveCount(crowd);
    await expect(list.getByRole('option', { name: 'Show more' })).toHaveCount(0);
    await expect(options.filter({ hasText: 'all_of%them' })).toHaveCount(1);
  });

  await test.step('what is typed is looked for in names and addresses, letter by letter, and stands for itself', async () => {
    const list = page.getByRole('dialog', { name: 'Choose: Who' });
    const field = list.getByRole('combobox');
    await field.fill(`${nameOf(7)}@${word}`);
    await expect(list.getByRole('option')).toHaveCount(1);
    await field.fill('l_of%');
    await expect(list.getByRole('option')).toHaveText([/all_of%them/]);
    await field.fill('r%7');
    await expect(list.getByText('No user and no group has that name.')).toBeVisible();
    await expect(list.getByRole('option')).toHaveCount(0);
    await expectAccessible(page, 'Choose who: nobody found');
  });

  await test.step('a list that cannot be had says so, and what to do', async () => {
    const list = page.getByRole('dialog', { name: 'Choose: Who' });
    await page.context().setOffline(true);
    await list.getByRole('combobox').fill('user-1');
    await expect(list.getByRole('status')).toContainText('cannot be listed while this browser is offline');
    await page.context().setOffline(false);
    await expect(list.getByRole('option')).toHaveCount(10);
    await page.route(/\/trpc\/user\.list/, (route) => route.abort());
    await list.getByRole('combobox').fill('user-2');
    await expect(list.getByRole('status')).toContainText('The users could not be listed.', { timeout: 30_000 });
    await expectAccessible(page, 'Choose who: not listed');
    await page.unroute(/\/trpc\/user\.list/);
    await list.getByRole('combobox').fill('user-12');
    await expect(list.getByRole('option')).toHaveCount(1);
  });

  await test.step('keys alone: opened, found, chosen, and the focus is back', async () => {
    const list = page.getByRole('dialog', { name: 'Choose: Who' });
    const who = dialog.getByRole('combobox', { name: 'Who' });
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(who).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(list.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('user-3');
    await expect(list.getByRole('option')).toHaveCount(10);
    await page.keyboard.press('ArrowDown');
    await expect(list.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(who).toBeFocused();
    await expect(who).toHaveText(/^user-3\d$/);
  });

  await pick(page, dialog, 'Who', nameOf(33));
  await dialog.getByRole('button', { name: 'Give role' }).click();
  await expect(rowOf(page.getByRole('table', { name: 'Role assignments' }), nameOf(33))).toBeVisible();
});

test('a project is chosen by name or by its whole id, which need not be one that can be seen', async ({
  page,
  project,
}) => {
  await ask('POST', `/projects/${project.id}/qos-policies`, anything, { name: 'lent' });
  await page.goto(`/projects/${project.id}/qos-policies`);
  await page.getByRole('button', { name: 'Actions for lent' }).click();
  await page.getByRole('menuitem', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share lent' });
  const list = await openPick(page, dialog, 'Project');
  const field = list.getByRole('combobox');
  await field.fill(project.name);
  await expect(list.getByText('You can reach none of that name.', { exact: false })).toBeVisible();
  const unseen = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
  await field.fill(unseen);
  await list.getByRole('option', { name: unseen }).click();
  await dialog.getByRole('button', { name: 'Share QoS policy' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Project' })).toHaveAccessibleDescription(/names no project/i);
  await expectAccessible(page, 'Share: a project that is not there');
});
