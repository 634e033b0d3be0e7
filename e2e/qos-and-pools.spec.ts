import { network } from '@unkai/contracts/resources/network';
import { expectAccessible } from './fixtures/accessibility.ts';
import { anything, ask } from './fixtures/api.ts';
import { pick } from './fixtures/pick.ts';
import { expect, test } from './fixtures/portal.ts';
import { createProject } from './fixtures/project.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

test('a QoS policy: chosen while a network and a port are made, its rules changed while they have it, shared', async ({
  page,
  project,
}) => {
  await page.goto(`/projects/${project.id}/qos-policies`);
  await expect(page.getByRole('heading', { name: 'No QoS policies yet' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Create QoS policy' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('slow');
  await dialog.getByLabel(/^Out, in Mbit/).fill('20');
  await dialog.getByRole('checkbox', { name: 'Default' }).check();
  await dialog.getByRole('button', { name: 'Create QoS policy' }).click();
  await expectToast(page, 'slow is ready');
  const policies = page.getByRole('table', { name: 'QoS policies' });
  await expectRowVisible(policies, { name: 'slow', rules: '20 Mbit/s out', 'used by': '0 networks, 0 ports' });

  // The project's default is chosen already, and a network needs no range yet.
  await page.goto(`/projects/${project.id}/networks`);
  await page.getByRole('button', { name: 'Create network' }).click();
  await expect(dialog.getByLabel('QoS policy').locator('option:checked')).toHaveText('slow: 20 Mbit/s out');
  await dialog.getByLabel('Name').fill('backend');
  await dialog.getByLabel('Range of addresses').fill('');
  await dialog.getByRole('button', { name: 'Create network' }).click();
  await expectToast(page, 'backend is ready');
  await expectRowVisible(page.getByRole('table', { name: 'Networks' }), { name: 'backend', subnets: 'none' });

  await page.goto(`/projects/${project.id}/ports`);
  await page.getByRole('main').getByRole('button', { name: 'Create port' }).first().click();
  await dialog.getByLabel(/^Name/).fill('told');
  await dialog.getByLabel('QoS policy').selectOption({ label: 'slow: 20 Mbit/s out' });
  const options = dialog.getByLabel(/^DHCP options/);
  await options.fill('router 10.0.0.9');
  await expectDisabled(dialog.getByRole('button', { name: 'Create port' }), /^DHCP option router: must be a number/);
  await options.fill('ntp-server 10.0.0.9');
  await dialog.getByRole('button', { name: 'Create port' }).click();
  await expectToast(page, 'The port told is ready');
  await page.getByRole('table', { name: 'Ports' }).getByRole('link', { name: 'told' }).click();
  const joins = page.getByRole('region', { name: 'What it joins' });
  await expect(joins).toContainText('slow: 20 Mbit/s out');
  await expect(joins).toContainText('ntp-server 10.0.0.9');

  await joins.getByRole('link', { name: 'slow' }).click();
  await expect(page.getByRole('region', { name: 'Used by' })).toContainText('Network backend');
  await expect(page.getByRole('region', { name: 'Used by' })).toContainText('Port told');
  await expectDisabled(page.getByRole('button', { name: 'Delete', exact: true }), 'A network or a port has it.');
  const rules = page.getByRole('region', { name: 'Rules' });
  await rules.getByRole('button', { name: 'Change “20 Mbit/s out”' }).click();
  await dialog.getByLabel('Bandwidth, in Mbit/s').fill('2,5');
  await dialog.getByRole('button', { name: 'Save rule' }).click();
  await expectToast(page, 'slow: 2500 kbit/s out');
  await rules.getByRole('button', { name: 'Add rule' }).click();
  await dialog.getByLabel('Bandwidth, in Mbit/s').fill('1');
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await expect(dialog.getByRole('alert')).toContainText('a rule of this kind and direction already');
  await dialog.getByRole('button', { name: 'DSCP mark' }).click();
  await expectAccessible(page, 'Add QoS rule');
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await expect(rules.getByText('marked 46')).toBeVisible();
  await rules.getByRole('button', { name: 'Delete “2500 kbit/s out”' }).click();
  await dialog.getByRole('button', { name: 'Delete rule' }).click();
  await expect(rules.getByRole('listitem')).toHaveCount(1);

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await pick(page, dialog, 'Project', project.domainId);
  await dialog.getByRole('button', { name: 'Share QoS policy' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Project' })).toHaveAccessibleDescription(/names no project/i);
});

test('a subnet is cut out of a pool, whose scope keeps its addresses unique', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/address-scopes`);
  await page.getByRole('main').getByRole('button', { name: 'Create address scope' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('inside');
  await dialog.getByRole('button', { name: 'Create address scope' }).click();
  await expectToast(page, 'inside is ready');

  await page.goto(`/projects/${project.id}/subnet-pools`);
  const create = page.getByRole('main').getByRole('button', { name: 'Create subnet pool' }).first();
  const submit = dialog.getByRole('button', { name: 'Create subnet pool' });
  await create.click();
  await dialog.getByLabel('Name').fill('store');
  const ranges = dialog.getByLabel('Ranges');
  await ranges.fill('10.128.0.0/10\n10.128.4.0/24');
  await dialog.getByLabel('Address scope').selectOption({ label: 'inside' });
  await dialog.getByLabel(/^Usual subnet/).fill('/26');
  await submit.click();
  await expect(ranges).toHaveAccessibleDescription(/10\.128\.4\.0\/24 overlaps 10\.128\.0\.0\/10/);
  await ranges.fill('10.128.0.0/10');
  await submit.click();
  await expectToast(page, 'store is ready');
  const pools = page.getByRole('table', { name: 'Subnet pools' });
  await expectRowVisible(pools, { name: 'store', ranges: '10.128.0.0/10', family: 'IPv4' });
  await create.click();
  await dialog.getByLabel('Name').fill('other');
  await ranges.fill('10.130.0.0/16');
  await dialog.getByLabel('Address scope').selectOption({ label: 'inside' });
  await submit.click();
  await expect(ranges).toHaveAccessibleDescription(/10\.130\.0\.0\/16 is in another pool of inside/);
  await expectAccessible(page, 'Create subnet pool');
  await page.keyboard.press('Escape');

  // The subnets of a network are of one scope, and the default one has a subnet of none.
  const { id: bare } = await ask('POST', `/projects/${project.id}/networks`, network, { name: 'bare' });
  await page.goto(`/projects/${project.id}/networks/${bare}`);
  await page.getByRole('button', { name: 'Create subnet' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('cut');
  await dialog.getByRole('button', { name: 'From a pool' }).click();
  await expect(dialog.getByLabel('Size').locator('option:checked')).toHaveText('/26, as usual');
  await dialog.getByLabel('Size').selectOption({ label: '/28' });
  await dialog.getByRole('button', { name: 'Create subnet' }).click();
  await expectToast(page, 'The subnet cut is ready');
  const subnet = page.getByRole('region', { name: 'Subnet cut' });
  await expect(subnet).toContainText('10.128.0.0/28');
  await subnet.getByRole('link', { name: 'store' }).click();
  await expect(page.getByRole('region', { name: 'Subnets from it' })).toContainText('10.128.0.0/28');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog.getByRole('button', { name: 'Delete subnet pool' }).click();
  await expect(dialog.getByRole('alert')).toContainText('the subnet 10.128.0.0/28 is from it');
  await page.keyboard.press('Escape');

  await page.goto(`/projects/${project.id}/address-scopes`);
  const scopes = page.getByRole('table', { name: 'Address scopes' });
  await expectRowVisible(scopes, { name: 'inside', family: 'IPv4', 'subnet pools': 'store' });
  const menu = await openRowMenu(scopes, 'inside');
  await expect(menu.getByRole('menuitem', { name: 'Delete' })).toContainText('1 subnet pool in it');
});

test('what one project shares, another uses and does not change', async ({ page, project }) => {
  await ask('POST', `/projects/${project.id}/address-scopes`, anything, { name: 'lent', family: 6 });
  const { id: other } = await createProject(`${project.name}-other`);
  await ask('POST', `/projects/${project.id}/qos-policies`, anything, { name: 'lent-speed' });
  await ask('POST', `/projects/${project.id}/security-groups`, anything, { name: 'lent-rules' });
  for (const [noun, name, words] of [
    ['address-scopes', 'lent', 'address scope'],
    ['qos-policies', 'lent-speed', 'QoS policy'],
    ['security-groups', 'lent-rules', 'security group'],
  ] as const) {
    await page.goto(`/projects/${project.id}/${noun}`);
    await clickRowAction(page.getByRole('table'), name, 'Share');
    const dialog = page.getByRole('dialog', { name: `Share ${name}` });
    await pick(page, dialog, 'Project', other);
    await dialog.getByRole('button', { name: `Share ${words}` }).click();
    await expect(dialog.getByRole('list', { name: 'Shared with' }).getByRole('listitem')).toHaveCount(1);
    await page.goto(`/projects/${other}/${noun}`);
    await expect(rowOf(page.getByRole('table'), name)).toContainText('of another project');
    const menu = await openRowMenu(page.getByRole('table'), name);
    await expect(menu.getByRole('menuitem', { name: 'Share' })).toContainText('It belongs to another project.');
    await expect(menu.getByRole('menuitem', { name: 'Delete' })).toContainText('It belongs to another project.');
  }
});
