import { page as pageOf } from '@unkai/contracts/primitives';
import { network } from '@unkai/contracts/resources/network';
import { port } from '@unkai/contracts/resources/port';
import { ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

test('a way out: an external network, a router that joins a subnet to it, a floating IP that reaches a port', async ({
  page,
  project,
}) => {
  const [wire] = (await ask('GET', `/projects/${project.id}/networks`, pageOf(network))).items;
  const { addresses } = await ask('POST', `/networks/${wire?.id}/ports`, port, { name: 'inside' });
  const inside = addresses[0]?.address ?? '';
  const outside = `outside-${project.name}`;
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');

  await test.step('an operator makes the network, and then says that it is external', async () => {
    await page.goto(`/projects/${project.id}/networks`);
    await page.getByRole('button', { name: 'Create network' }).click();
    await dialog.getByLabel('Name').fill(outside);
    await dialog.getByLabel('Range of addresses').fill('198.51.100.0/24');
    await dialog.getByRole('button', { name: 'Create network' }).click();
    await expectToast(page, `${outside} is ready`);
    await page.getByRole('link', { name: outside, exact: true }).click();
    await page.getByRole('button', { name: 'Change network' }).click();
    await dialog.getByRole('checkbox', { name: 'External' }).check();
    await dialog.getByRole('button', { name: 'Save network' }).click();
    await expect(main.getByText('external', { exact: true })).toBeVisible();
  });

  await test.step('a router with its way out there', async () => {
    await page.goto(`/projects/${project.id}/routers`);
    await main.getByRole('button', { name: 'Create router' }).first().click();
    await dialog.getByLabel('Name').fill('edge');
    await dialog.getByLabel('Way out').selectOption({ label: outside });
    await dialog.getByRole('button', { name: 'Create router' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^edge/ })).toBeVisible();
    const wayOut = page.getByRole('region', { name: 'Way out' });
    await expect(wayOut.getByRole('link', { name: outside })).toBeVisible();
    await expect(wayOut).toContainText('198.51.100.');
  });

  await test.step('it joins the subnet', async () => {
    await page.getByRole('button', { name: 'Join a subnet' }).click();
    await dialog.getByLabel('Subnet', { exact: true }).selectOption({ label: 'default · 10.0.0.0/24' });
    await dialog.getByRole('button', { name: 'Join subnet' }).click();
    await expectToast(page, 'edge joins the subnet');
    await expect(page.getByRole('region', { name: 'Joins' })).toContainText('default at 10.0.0.1');
  });

  const table = page.getByRole('table', { name: 'Floating IPs' });
  const detail = page.getByRole('region', { name: 'Where it leads' });
  let address = '';
  await test.step('a floating IP is taken and reaches nobody, then the port', async () => {
    await page.goto(`/projects/${project.id}/floating-ips`);
    await main.getByRole('button', { name: 'Take floating IP' }).first().click();
    await dialog.getByLabel('Network').selectOption({ label: outside });
    await dialog.getByRole('button', { name: 'Take floating IP' }).click();
    const link = table.getByRole('link', { name: /^198\.51\.100\./ });
    address = (await link.textContent()) ?? '';
    await expectRowVisible(table, { name: address, reaches: 'nobody' });
    await link.click();
    await page.getByRole('button', { name: 'Change where it leads' }).click();
    await dialog.getByLabel('Reaches').selectOption({ label: 'Port · inside on default' });
    await dialog.getByRole('button', { name: 'Save floating IP' }).click();
    await expectToast(page, `${address} reaches ${inside}`);
    await expect(detail.getByRole('link', { name: inside })).toBeVisible();
    await expect(detail.getByRole('link', { name: 'by this router' })).toBeVisible();
  });

  await test.step('it is let go, and given back', async () => {
    await page.getByRole('button', { name: 'Change where it leads' }).click();
    await dialog.getByLabel('Reaches').selectOption({ label: 'Nobody yet' });
    await dialog.getByRole('button', { name: 'Save floating IP' }).click();
    await expect(detail).toContainText('To no port as a whole.');
    await page.getByRole('button', { name: 'Give back' }).click();
    await dialog.getByRole('button', { name: 'Give back' }).click();
    await expectToast(page, `${address} is given back`);
    await expect(rowOf(table, address)).toHaveCount(0);
  });

  await test.step('the router leaves the subnet and its way out, and goes', async () => {
    await page.goto(`/projects/${project.id}/routers`);
    await page.getByRole('link', { name: 'edge', exact: true }).click();
    await page.getByRole('button', { name: 'Leave default' }).click();
    await dialog.getByRole('button', { name: 'Leave subnet' }).click();
    await expectToast(page, 'edge has left the subnet');
    await page.getByRole('button', { name: 'Change router' }).click();
    await dialog.getByLabel('Way out').selectOption({ label: 'None: it joins networks only' });
    await dialog.getByRole('button', { name: 'Save router' }).click();
    await expect(page.getByRole('region', { name: 'Way out' })).toContainText('None: what is on its networks');
    await main.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete router' }).click();
    await expectToast(page, 'edge is deleted');
    await page.goto(`/projects/${project.id}/networks`);
    await page.getByRole('link', { name: outside, exact: true }).click();
    await main.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByRole('button', { name: 'Delete network' }).click();
    await expectToast(page, `${outside} is deleted`);
  });
});
