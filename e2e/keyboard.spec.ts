// One walk for each kind of thing, with the keyboard alone: no step of these points or clicks.
import { page as pageOf } from '@unkai/contracts/primitives';
import { network } from '@unkai/contracts/resources/network';
import { port } from '@unkai/contracts/resources/port';
import { ask } from './fixtures/api.ts';
import { expectFocusSeen, press, tabTo } from './fixtures/keyboard.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer, expectServerState } from './fixtures/server.ts';
import { expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

test('keys alone: a network is made, renamed by its row’s menu, opened and deleted; the focus is always back', async ({
  page,
  project,
}) => {
  await page.goto(`/projects/${project.id}/networks`);
  const main = page.getByRole('main');
  const table = page.getByRole('table', { name: 'Networks' });
  const dialog = page.getByRole('dialog');
  const create = main.getByRole('button', { name: 'Create network' });

  await test.step('a form: into it, a fault, out of it, and sent', async () => {
    await expect(rowOf(table, 'default')).toBeVisible();
    await press(page, create);
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await page.keyboard.press('Escape');
    await expectFocusSeen(create);
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await page.keyboard.type('by-keys');
    await tabTo(page, dialog.getByLabel('Range of addresses'));
    await page.keyboard.type('10.9.0.0/99');
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Range of addresses')).toHaveAttribute('aria-invalid', 'true');
    await expectFocusSeen(dialog.getByLabel('Range of addresses'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('10.9.0.0/24');
    await page.keyboard.press('Enter');
    await expectToast(page, 'by-keys is ready');
    await expectRowVisible(table, { name: 'by-keys', subnets: '10.9.0.0/24' });
  });

  await test.step('a row: its menu by arrows, and the dialog that it opens', async () => {
    const actions = table.getByRole('button', { name: 'Actions for by-keys' });
    await press(page, actions);
    const menu = page.getByRole('menu');
    await expect(menu).toBeVisible();
    await page.keyboard.press('Escape');
    await expectFocusSeen(actions);
    await page.keyboard.press('Enter');
    const change = menu.getByRole('menuitem').first();
    await expect(change).toBeFocused();
    await page.keyboard.press('End');
    await expect(menu.getByRole('menuitem').last()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Delete network' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expectFocusSeen(actions);
  });

  await test.step('j and k go from row to row, enter opens one', async () => {
    await page.keyboard.press('k');
    const link = table.getByRole('link', { name: 'default', exact: true });
    await page.keyboard.press('k');
    const first = table.getByRole('rowheader').first().getByRole('link');
    await expectFocusSeen(first);
    await page.keyboard.press('j');
    await expectFocusSeen(table.getByRole('rowheader').nth(1).getByRole('link'));
    await tabTo(page, link.or(table.getByRole('link', { name: 'by-keys' })).first());
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: /^(default|by-keys)/ })).toBeVisible();
  });

  await test.step('the palette leads back, and to the thing by its name', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search and actions' })).toBeFocused();
    await page.keyboard.type('by-keys');
    await expect(page.getByRole('option', { name: /by-keys/ }).first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'by-keys' })).toBeVisible();
  });

  await test.step('an edit and a deletion on its own page', async () => {
    const change = main.getByRole('button', { name: 'Change network' });
    await press(page, change);
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('renamed');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'renamed' })).toBeVisible();
    await expectFocusSeen(change);
    await press(page, main.getByRole('button', { name: 'Delete', exact: true }));
    await press(page, dialog.getByRole('button', { name: 'Delete network' }));
    await expectToast(page, 'renamed is deleted');
    await expect(page.getByRole('heading', { level: 1, name: 'Networks' })).toBeVisible();
  });
});

test('keys alone: the tabs of a server, its connect panel, and the rule that opens SSH', async ({ page, project }) => {
  const { id } = await createServer(project.id, { name: 'reached' });
  await expectServerState(id, 'running');
  await page.goto(`/projects/${project.id}/servers/${id}`);
  const connect = page.getByRole('region', { name: 'Connect' });
  const dialog = page.getByRole('dialog');

  await test.step('the command is copied, the rule is added', async () => {
    await expect(connect).toContainText('Port 22 is closed');
    await tabTo(page, connect.getByRole('button', { name: /^Copy/ }));
    const allow = connect.getByRole('button', { name: 'Allow SSH' });
    await press(page, allow);
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expectFocusSeen(allow);
    await page.keyboard.press('Enter');
    await press(page, dialog.getByRole('button', { name: 'Allow SSH' }));
    await expect(connect).toContainText('Port 22 is open');
  });

  await test.step('the tabs', async () => {
    const tabs = page.getByRole('navigation', { name: 'Server' });
    for (const name of ['Network', 'Log', 'Activity']) {
      await press(page, tabs.getByRole('link', { name }));
      await expect(tabs.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
      await expectFocusSeen(tabs.getByRole('link', { name }));
    }
  });
});

test('keys alone: the picture of the networks and its table, the path check, and the templates of rules', async ({
  page,
  project,
}) => {
  const [wire] = (await ask('GET', `/projects/${project.id}/networks`, pageOf(network))).items;
  for (const name of ['left', 'right']) await ask('POST', `/networks/${wire?.id}/ports`, port, { name });
  const main = page.getByRole('main');

  await test.step('a box of the picture, then a row of the table', async () => {
    await page.goto(`/projects/${project.id}/topology`);
    await press(page, page.getByRole('region', { name: 'Picture' }).getByRole('link', { name: /^right/ }));
    await expect(page.getByRole('heading', { level: 1, name: 'right' })).toBeVisible();
    await page.goBack();
    await press(page, page.getByRole('table', { name: 'Ports' }).getByRole('link', { name: 'left' }));
    await expect(page.getByRole('heading', { level: 1, name: 'left' })).toBeVisible();
  });

  await test.step('a path is asked for, and the rule that it lacks is added', async () => {
    await page.goto(`/projects/${project.id}/path-check`);
    for (const [label, chosen] of [
      ['From', 'Port left'],
      ['To', 'Port right'],
    ] as const) {
      const end = page.getByLabel(label, { exact: true });
      await expect(end.locator('option', { hasText: chosen })).toHaveCount(1);
      await tabTo(page, end);
      await page.keyboard.type(chosen);
      await expect(end.locator('option:checked')).toHaveText(chosen);
    }
    await tabTo(page, page.getByLabel(/^Port/));
    await page.keyboard.type('8080');
    const rules = page
      .getByRole('list', { name: 'Steps' })
      .getByRole('listitem')
      .filter({ hasText: 'Rules of port right' });
    const add = rules.getByRole('button', { name: 'Add this rule' });
    await press(page, add);
    const form = page.getByRole('dialog', { name: 'Add rule' });
    await expect(form).toBeVisible();
    await page.keyboard.press('Escape');
    await expectFocusSeen(add);
    await page.keyboard.press('Enter');
    await press(page, form.getByRole('button', { name: 'Add rule' }));
    await expect(rules).toContainText('passes');
  });

  await test.step('a rule by its template', async () => {
    await page.goto(`/projects/${project.id}/security-groups`);
    await press(page, page.getByRole('table', { name: 'Security groups' }).getByRole('link', { name: 'default' }));
    const open = main.getByRole('button', { name: 'Add rule' });
    await press(page, open);
    const form = page.getByRole('dialog', { name: 'Add rule' });
    const templates = form.getByRole('radiogroup').first();
    await tabTo(page, templates.getByRole('radio', { checked: true }));
    const https = templates.getByRole('radio', { name: /^HTTPS/ });
    await expect(async () => {
      // A finger takes its time: a key that is up again at once moves the focus but not yet the choice.
      if (!(await https.isChecked())) await page.keyboard.press('ArrowDown', { delay: 150 });
      await expect(https).toBeChecked({ timeout: 100 });
    }).toPass();
    await press(page, form.getByRole('button', { name: 'Add rule' }));
    await expectRowVisible(page.getByRole('table', { name: 'Rules' }), { name: 'tcp 443 from anywhere' });
    await expectFocusSeen(open);
  });
});
