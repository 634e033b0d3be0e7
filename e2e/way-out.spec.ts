import { page as pageOf } from '@unkai/contracts/primitives';
import { network } from '@unkai/contracts/resources/network';
import { port } from '@unkai/contracts/resources/port';
import { router as routerShown } from '@unkai/contracts/resources/router';
import { anything, ask } from './fixtures/api.ts';
import { makeWayOut } from './fixtures/network.ts';
import { expect, test } from './fixtures/portal.ts';
import { expectToast } from './fixtures/table.ts';

test('a router’s addresses outside are chosen, translation goes and comes, and static routes are written', async ({
  page,
  project,
}) => {
  const { router, remove } = await makeWayOut(project.id, `outside-${project.name}`);
  const dialog = page.getByRole('dialog');
  const wayOut = page.getByRole('region', { name: 'Way out' });
  const change = async () => {
    await page.getByRole('button', { name: 'Change router' }).click();
    await expect(dialog).toBeVisible();
  };
  await page.goto(`/projects/${project.id}/routers/${router.id}`);

  await test.step('two addresses, which whoever manages the network chooses', async () => {
    await change();
    await dialog.getByLabel('Addresses outside').fill('198.51.100.77, 198.51.100.78');
    await dialog.getByRole('button', { name: 'Save router' }).click();
    await expectToast(page, 'is changed');
    await expect(wayOut).toContainText('198.51.100.77');
    await expect(wayOut).toContainText('198.51.100.78');
  });

  await test.step('one of them, without translation, and a route', async () => {
    await change();
    await dialog.getByLabel('Addresses outside').fill('198.51.100.78');
    await dialog.getByRole('checkbox', { name: 'Translate addresses' }).uncheck();
    await dialog.getByLabel('Static routes').fill('192.0.2.0/24 via 198.51.100.9');
    await dialog.getByRole('button', { name: 'Save router' }).click();
    await expect(wayOut).not.toContainText('198.51.100.77');
    await expect(wayOut).toContainText('off');
    await expect(wayOut).toContainText('192.0.2.0/24 via 198.51.100.9');
  });

  await test.step('what cannot be is said at its field, and changes nothing', async () => {
    await change();
    await dialog.getByLabel('Addresses outside').fill('203.0.113.5');
    await dialog.getByRole('button', { name: 'Save router' }).click();
    await expect(dialog.getByLabel('Addresses outside')).toHaveAccessibleDescription(/203\.0\.113\.5/);
    await dialog.getByLabel('Addresses outside').fill('198.51.100.78');
    await dialog.getByLabel('Static routes').fill('192.0.2.0/24 via 172.16.0.1');
    await dialog.getByRole('button', { name: 'Save router' }).click();
    await expect(dialog.getByLabel('Static routes')).toHaveAccessibleDescription(/no network of the router/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(wayOut).toContainText('198.51.100.78');
  });
  await remove();
});

test('a floating IP is chosen, reaches one of several addresses of a port, and its forwardings change in place', async ({
  page,
  project,
}) => {
  const { router, floating, remove } = await makeWayOut(project.id, `outside-${project.name}`);
  const seen = (await ask('GET', `/projects/${project.id}/networks`, pageOf(network))).items;
  const wire = seen.find(({ isDefault }) => isDefault);
  const addresses = ['10.0.0.50', '10.0.0.51'].map((address) => ({ address }));
  const both = await ask('POST', `/networks/${wire?.id}/ports`, port, { name: 'both', addresses });
  await ask('POST', `/routers/${router.id}/interfaces`, anything, { subnetId: wire?.subnets[0]?.id });
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');

  await test.step('at an address of one’s choice, to the second of two', async () => {
    await page.goto(`/projects/${project.id}/floating-ips`);
    await main.getByRole('button', { name: 'Take floating IP' }).click();
    await dialog.getByLabel('Network').selectOption({ label: `outside-${project.name}` });
    await dialog.getByLabel(/^Address/).fill('198.51.100.200');
    await dialog.getByLabel('Reaches').selectOption({ label: 'Port · both on default' });
    await dialog.getByLabel('At its address').selectOption('10.0.0.51');
    await dialog.getByRole('button', { name: 'Take floating IP' }).click();
    await expectToast(page, '198.51.100.200 is yours');
    await page.getByRole('link', { name: '198.51.100.200' }).click();
    await expect(page.getByRole('region', { name: 'Where it leads' })).toContainText('10.0.0.51');
  });

  await test.step('to the first, and to nobody', async () => {
    const change = page.getByRole('button', { name: 'Change where it leads' });
    await change.click();
    await dialog.getByLabel('At its address').selectOption('10.0.0.50');
    await dialog.getByRole('button', { name: 'Save floating IP' }).click();
    await expect(page.getByRole('region', { name: 'Where it leads' })).toContainText('10.0.0.50');
    await main.getByRole('button', { name: 'Give back' }).click();
    await dialog.getByRole('button', { name: 'Give back' }).click();
    await expectToast(page, '198.51.100.200 is given back');
  });

  const forwardings = page.getByRole('region', { name: 'Port forwardings' });
  await test.step('a range of ports is forwarded, then elsewhere, with no moment without', async () => {
    await page.goto(`/projects/${project.id}/floating-ips/${floating.id}`);
    await page.getByRole('button', { name: 'Forward a port' }).click();
    await dialog.getByLabel('Port outside').fill('8000-8002');
    await dialog.getByLabel('Reaches').selectOption({ label: 'Port · both on default' });
    await dialog.getByLabel('Port of the guest').fill('80');
    await expect(dialog.getByRole('button', { name: 'Forward port' })).toHaveAccessibleDescription(/equally long/);
    await dialog.getByLabel('Port of the guest').fill('80-82');
    await dialog.getByRole('button', { name: 'Forward port' }).click();
    await forwardings.getByRole('button', { name: 'Change tcp 8000-8002 → 10.0.0.50 port 80-82' }).click();
    await dialog.getByLabel('Port outside').fill('8443');
    await dialog.getByLabel('Port of the guest').fill('443');
    await dialog.getByLabel('At its address').selectOption('10.0.0.51');
    await dialog.getByLabel('Description').fill('the new site');
    await dialog.getByRole('button', { name: 'Save port forwarding' }).click();
    await expectToast(page, 'The port forwarding is changed');
    await expect(forwardings).toContainText('tcp 8443 → 10.0.0.51 port 443');
    await expect(forwardings).toContainText('the new site');
  });
  await ask('DELETE', `/ports/${both.id}`, anything);
  for (const { portId } of (await ask('GET', `/routers/${router.id}`, routerShown)).interfaces) {
    await ask('DELETE', `/routers/${router.id}/interfaces/${portId}`, anything);
  }
  await remove();
});
