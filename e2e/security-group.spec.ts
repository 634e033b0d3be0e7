import { securityGroup } from '@unkai/contracts/resources/security-group';
import { ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer } from './fixtures/server.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

test('a security group: made, given rules by name, by range and by group, and deleted when nothing uses it', async ({
  page,
  project,
}) => {
  const main = page.getByRole('main');
  const rules = page.getByRole('table', { name: 'Rules' });
  const dialog = page.getByRole('dialog', { name: 'Add rule' });
  const addRule = () => dialog.getByRole('button', { name: 'Add rule' }).click();

  await test.step('the default group lets all out and nothing in, and stays', async () => {
    await page.goto(`/projects/${project.id}`);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Security groups' }).click();
    const groups = page.getByRole('table', { name: 'Security groups' });
    await expectRowVisible(groups, { name: 'default', 'lets in': 'lets nothing in', ports: '0' });
    const menu = await openRowMenu(groups, 'default');
    await expect(menu.getByRole('menuitem', { name: 'Delete' })).toContainText('default security group of a project');
    await page.keyboard.press('Escape');
  });

  await test.step('make one', async () => {
    await page.getByRole('button', { name: 'Create security group' }).click();
    const create = page.getByRole('dialog', { name: 'Create security group' });
    await create.getByLabel('Name').fill('web');
    await create.getByRole('button', { name: 'Create security group' }).click();
    await expectToast(page, 'web is ready');
    await expect(page.getByRole('heading', { level: 1, name: 'web' })).toBeVisible();
    await expectRowVisible(rules, { name: 'everything to anywhere', direction: 'out' });
    await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('Security groups');
  });

  await test.step('HTTPS from anywhere, by its name', async () => {
    await main.getByRole('button', { name: 'Add rule' }).click();
    await dialog.getByRole('radio', { name: /^HTTPS/ }).click();
    await addRule();
    await expectRowVisible(rules, { name: 'tcp 443 from anywhere', direction: 'in', 'known as': 'HTTPS' });
  });

  await test.step('ports of one’s own from a range: what is wrong is said at its field', async () => {
    await main.getByRole('button', { name: 'Add rule' }).click();
    await dialog.getByRole('radio', { name: /^Your own/ }).click();
    await dialog.getByLabel('Ports').fill('many');
    await expectDisabled(dialog.getByRole('button', { name: 'Add rule' }), 'Write the ports as 8080 or 8000-8010.');
    await dialog.getByLabel('Ports').fill('8000-8010');
    await dialog.getByRole('button', { name: 'Range' }).click();
    const range = dialog.getByLabel('Range of addresses');
    await range.fill('203.0.113.0/99');
    await addRule();
    await expect(range).toHaveAttribute('aria-invalid', 'true');
    await range.fill('203.0.113.7');
    await addRule();
    await expectRowVisible(rules, { name: 'tcp 8000-8010 from 203.0.113.7/32', direction: 'in' });
  });

  await test.step('from another group, which then stays', async () => {
    await main.getByRole('button', { name: 'Add rule' }).click();
    await dialog.getByRole('radio', { name: /^SSH/ }).click();
    await dialog.getByRole('button', { name: 'Group', exact: true }).click();
    await dialog
      .getByRole('radiogroup', { name: 'Security group' })
      .getByRole('radio', { name: /^default/ })
      .click();
    await addRule();
    await expectRowVisible(rules, { name: 'tcp 22 from the group default', 'known as': 'SSH' });
  });

  await test.step('a protocol by its number, one kind of ICMP message, and both families at once', async () => {
    await main.getByRole('button', { name: 'Add rule' }).click();
    await dialog.getByRole('radio', { name: /^Your own/ }).click();
    await dialog.getByRole('button', { name: 'Other' }).click();
    await dialog.getByLabel('Protocol number').fill('112');
    await addRule();
    await expectRowVisible(rules, { name: 'protocol 112 (VRRP) from anywhere' });
    await main.getByRole('button', { name: 'Add rule' }).click();
    await dialog.getByRole('radio', { name: /^Your own/ }).click();
    await dialog.getByRole('button', { name: 'ICMP' }).click();
    await dialog.getByRole('button', { name: 'IPv6' }).click();
    await dialog.getByLabel('Messages').selectOption({ label: 'packet too big, 2' });
    await addRule();
    await expectRowVisible(rules, { name: 'icmp packet too big from anywhere over IPv6' });
    await main.getByRole('button', { name: 'Add rule' }).click();
    await dialog.getByRole('radio', { name: /^HTTP\b/ }).click();
    await dialog.getByRole('button', { name: 'Both' }).click();
    await addRule();
    await expectRowVisible(rules, { name: 'tcp 80 from anywhere', 'known as': 'HTTP' });
    await expectRowVisible(rules, { name: 'tcp 80 from anywhere over IPv6', 'known as': 'HTTP' });
  });

  await test.step('a rule goes when it is removed', async () => {
    await clickRowAction(rules, 'tcp 443 from anywhere', 'Remove');
    const remove = page.getByRole('dialog', { name: 'Remove this rule?' });
    await expect(remove).toContainText('web will no longer allow tcp 443 from anywhere.');
    await remove.getByRole('button', { name: 'Remove rule' }).click();
    await expectToast(page, 'The rule is removed');
    await expect(rowOf(rules, 'tcp 443 from anywhere')).toHaveCount(0);
  });

  await test.step('the palette finds it by its name', async () => {
    await page.goto(`/projects/${project.id}/servers`);
    await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and actions' }).fill('security web');
    // An operator finds those of other projects too, after those of the project at hand.
    await expect(page.getByRole('option').first()).toHaveText('web');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'web' })).toBeVisible();
  });

  await test.step('it goes, with its rules', async () => {
    await main.getByRole('button', { name: 'Delete' }).click();
    const confirm = page.getByRole('dialog', { name: 'Delete web?' });
    await expect(confirm).toContainText('Its 8 rules go with it.');
    await confirm.getByRole('button', { name: 'Delete security group' }).click();
    await expectToast(page, 'web is deleted');
    const groups = page.getByRole('table', { name: 'Security groups' });
    await expect(rowOf(groups, 'default')).toBeVisible();
    await expect(rowOf(groups, 'web')).toHaveCount(0);
  });
});

test('a group in use names its servers and why it stays; what others change appears by itself', async ({
  page,
  project,
}) => {
  const made = await ask('POST', `/projects/${project.id}/security-groups`, securityGroup, { name: 'cache' });
  await page.goto(`/projects/${project.id}/security-groups/${made.id}`);
  const main = page.getByRole('main');
  await expect(main).toContainText('None yet. Choose the group when you create a server.');
  await expect(page.getByRole('status').filter({ hasText: 'live' })).toBeVisible();

  await createServer(project.id, { name: 'holder', securityGroupIds: [made.id] });
  const users = main.getByRole('region', { name: 'Servers in it' });
  await expect(users.getByRole('link', { name: 'holder' })).toBeVisible();
  await expectDisabled(main.getByRole('button', { name: 'Delete' }), /^1 port has it: delete the servers/);

  const rule = { direction: 'ingress', protocol: 'icmp' };
  await ask('POST', `/security-groups/${made.id}/rules`, { parse: (value) => value }, rule);
  await expectRowVisible(page.getByRole('table', { name: 'Rules' }), {
    name: 'icmp from anywhere',
    'known as': 'Ping',
  });
});

test('a security group that is not there is not found', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/security-groups/${project.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such security group' })).toBeVisible();
});
