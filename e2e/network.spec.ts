import { page as pageOf } from '@unkai/contracts/primitives';
import { network } from '@unkai/contracts/resources/network';
import { port } from '@unkai/contracts/resources/port';
import { anything, ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

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
  await expectRowVisible(table, { name: 'backend', subnets: '10.9.0.0/24', gateway: '10.9.0.1', ports: '0' });

  const made = (await ask('GET', `/projects/${project.id}/networks`, pageOf(network))).items;
  const backend = made.find(({ name }) => name === 'backend');
  const one = await ask('POST', `/networks/${backend?.id}/ports`, port, { name: 'one' });
  await expectRowVisible(table, { name: 'backend', ports: '1' });
  const menu = await openRowMenu(table, 'backend');
  await expect(menu.getByRole('menuitem', { name: 'Delete' })).toContainText('1 port still in it');
  await page.keyboard.press('Escape');
  await ask('DELETE', `/ports/${one.id}`, anything);
  await expectRowVisible(table, { name: 'backend', ports: '0' });

  await clickRowAction(table, 'backend', 'Delete');
  await page.getByRole('dialog', { name: 'Delete backend?' }).getByRole('button', { name: 'Delete network' }).click();
  await expectToast(page, 'backend is deleted');
  await expect(rowOf(table, 'backend')).toHaveCount(0);
});

test('a subnet with pools and routes, then a port that has an address of it', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/networks`);
  await page.getByRole('link', { name: 'default', exact: true }).click();
  await page.getByRole('button', { name: 'Create subnet' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create subnet' });
  await dialog.getByLabel('Name', { exact: true }).fill('data');
  await dialog.getByLabel('Range of addresses').fill('10.7.0.0/24');
  await dialog.getByLabel('DNS servers').fill('9.9.9.9');
  const pools = dialog.getByLabel('Allocation pools');
  await pools.fill('10.7.0.90-10.8.0.9');
  await dialog.getByLabel('Host routes').fill('192.0.2.0/24 via 10.7.0.9');
  await dialog.getByRole('button', { name: 'Create subnet' }).click();
  await expect(pools).toHaveAccessibleDescription(/must be inside 10\.7\.0\.0\/24/);
  await pools.fill('10.7.0.10-10.7.0.19');
  await dialog.getByRole('button', { name: 'Show as command' }).click();
  await dialog.getByRole('button', { name: 'openstack' }).click();
  await expect(dialog.getByRole('figure', { name: 'Command' })).toContainText(
    '--allocation-pool start=10.7.0.10,end=10.7.0.19',
  );
  await dialog.getByRole('button', { name: 'Create subnet' }).click();
  await expectToast(page, 'The subnet data is ready');
  const subnet = page.getByRole('region', { name: 'Subnet data' });
  await expect(subnet).toContainText('192.0.2.0/24 via 10.7.0.9');

  await page.goto(`/projects/${project.id}/ports`);
  await page.getByRole('main').getByRole('button', { name: 'Create port' }).first().click();
  const form = page.getByRole('dialog', { name: 'Create port' });
  await form.getByLabel(/^Name/).fill('spare');
  await form.getByLabel(/^Address/).fill('10.7.0.12');
  await form.getByRole('button', { name: 'Create port' }).click();
  await expectToast(page, 'The port spare is ready');
  const ports = page.getByRole('table', { name: 'Ports' });
  await expectRowVisible(ports, { name: 'spare', server: 'no server', network: 'default', addresses: '10.7.0.12' });

  await ports.getByRole('link', { name: 'default' }).click();
  await expect(subnet.getByRole('meter', { name: 'Addresses in use' })).toHaveAttribute('value', '1');
  await expectDisabled(subnet.getByRole('button', { name: 'Delete subnet data' }), '1 port has an address of it.');
  await page.getByRole('table', { name: 'Ports' }).getByRole('link', { name: 'spare' }).click();
  await page.getByRole('button', { name: 'Change port' }).click();
  await page
    .getByRole('dialog')
    .getByLabel(/^Address/)
    .fill('10.7.0.13');
  await page.getByRole('dialog').getByRole('button', { name: 'Save port' }).click();
  await expect(page.getByRole('region', { name: 'What it joins' })).toContainText('10.7.0.13');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: 'Delete port' }).click();
  await expectToast(page, 'spare is deleted');
  await expect(page.getByRole('heading', { level: 1, name: 'Ports' })).toBeVisible();
});

test('an IPv6 range says how guests get their addresses; a port has one of each family, and what it may send from', async ({
  page,
  project,
}) => {
  await page.goto(`/projects/${project.id}/networks`);
  await page.getByRole('link', { name: 'default', exact: true }).click();
  await page.getByRole('button', { name: 'Create subnet' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Addresses of guests')).toHaveCount(0);
  await dialog.getByLabel('Name', { exact: true }).fill('six');
  await dialog.getByLabel('Range of addresses').fill('2001:db8:7::/80');
  await expect(dialog.getByLabel('Addresses of guests')).toHaveValue('slaac');
  await dialog.getByRole('button', { name: 'Create subnet' }).click();
  await expect(dialog.getByLabel('Range of addresses')).toHaveAccessibleDescription(/must be a \/64 with slaac/i);
  await dialog.getByLabel('Addresses of guests').selectOption({ label: 'DHCPv6 stateful' });
  await dialog.getByRole('button', { name: 'Create subnet' }).click();
  await expectToast(page, 'The subnet six is ready');
  await expect(page.getByRole('region', { name: 'Subnet six' })).toContainText('DHCPv6 stateful: DHCP gives guests');

  await page.goto(`/projects/${project.id}/ports`);
  await page.getByRole('main').getByRole('button', { name: 'Create port' }).first().click();
  await dialog.getByLabel(/^Name/).fill('twofold');
  await dialog.getByLabel(/^Addresses/).fill('sixth');
  await expectDisabled(
    dialog.getByRole('button', { name: 'Create port' }),
    'No subnet of the network is called sixth.',
  );
  await dialog.getByLabel(/^Addresses/).fill('10.0.0.77\nsix');
  await dialog.getByLabel(/^May also send from/).fill('10.0.0.50');
  await dialog.getByRole('button', { name: 'Create port' }).click();
  await expectToast(page, 'The port twofold is ready');
  await page.getByRole('table', { name: 'Ports' }).getByRole('link', { name: 'twofold' }).click();
  const joins = page.getByRole('region', { name: 'What it joins' });
  await expect(joins).toContainText('10.0.0.77');
  await expect(joins).toContainText('2001:db8:7::');
  await expect(joins).toContainText('10.0.0.50');

  await page.getByRole('button', { name: 'Change port' }).click();
  await dialog.getByRole('checkbox', { name: 'Port security' }).uncheck();
  await dialog.getByRole('button', { name: 'Save port' }).click();
  await expect(joins).toContainText('off: nothing of what it sends is checked');
});

test('H20: the picture shows two ports, and the path check names the rule that lets one reach the other', async ({
  page,
  project,
}) => {
  const [wire] = (await ask('GET', `/projects/${project.id}/networks`, pageOf(network))).items;
  const one = await ask('POST', `/networks/${wire?.id}/ports`, port, { name: 'left' });
  const other = await ask('POST', `/networks/${wire?.id}/ports`, port, { name: 'right' });

  await page.goto(`/projects/${project.id}/topology`);
  const picture = page.getByRole('region', { name: 'Picture' });
  await expect(picture.getByRole('link', { name: /^default 10\.0\.0\.0\/24/ })).toBeVisible();
  await expect(picture.getByRole('link', { name: new RegExp(`^left ${one.addresses[0]?.address}`) })).toBeVisible();
  await expectRowVisible(page.getByRole('table', { name: 'Ports' }), { name: 'right', network: 'default' });
  await picture.getByRole('link', { name: /^right/ }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'right' })).toBeVisible();

  await page.getByRole('link', { name: 'Path check' }).click();
  await page.getByLabel('From').selectOption({ label: 'Port left' });
  await page.getByLabel('To', { exact: true }).selectOption({ label: 'Port right' });
  await page.getByLabel(/^Port/).fill('8080');
  const steps = page.getByRole('list', { name: 'Steps' });
  const rules = steps.getByRole('listitem').filter({ hasText: 'Rules of port right' });
  await expect(rules).toContainText(`No rule of default lets tcp 8080 in from ${one.addresses[0]?.address}.`);
  await rules.getByRole('button', { name: 'Add this rule' }).click();
  const form = page.getByRole('dialog', { name: 'Add rule' });
  await expect(form.getByLabel('Range of addresses')).toHaveValue(`${one.addresses[0]?.address}/32`);
  await form.getByRole('button', { name: 'Add rule' }).click();
  await expect(rules).toContainText('passes');
  // The question is in the address: it can be shared, and survives a reload.
  await page.reload();
  await expect(rules).toContainText('passes');
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(`Stopped: Port left`);
  expect(new URL(page.url()).searchParams.get('to')).toBe(other.id);
});
