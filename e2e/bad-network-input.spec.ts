import { expect, test } from './fixtures/portal.ts';
import { expectDisabled } from './fixtures/table.ts';

test('what no network can be is refused in the form, at its field and by its rule, and nothing is made of it', async ({
  page,
  project,
}) => {
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');
  await page.goto(`/projects/${project.id}/networks`);
  await page.getByRole('link', { name: 'default', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: /^default/ })).toBeVisible();

  await main.getByRole('button', { name: 'Create subnet' }).click();
  const range = dialog.getByLabel('Range of addresses');
  const create = dialog.getByRole('button', { name: 'Create subnet' });
  const pools = dialog.getByLabel('Allocation pools');
  await test.step('a range that is none, or overlaps', async () => {
    await range.fill('10.60.0.0/40');
    await create.click();
    await expect(range).toHaveAccessibleDescription(/must be a prefix/i);
    await range.fill('10.0.0.128/25');
    await create.click();
    await expect(range).toHaveAccessibleDescription(
      /overlaps the subnet .*\. Choose a range that no subnet of the network has\./i,
    );
    await range.fill('10.60.0.0/24');
  });

  await test.step('pools that overlap, and a gateway outside', async () => {
    await pools.fill('10.60.0.10-10.60.0.20\n10.60.0.15-10.60.0.30');
    await create.click();
    await expect(pools).toHaveAccessibleDescription(/overlap/i);
    await pools.fill('');
    await dialog.getByRole('button', { name: 'Another' }).click();
    const gateway = dialog.getByLabel('Address of the gateway');
    await gateway.fill('10.61.0.1');
    await create.click();
    await expect(gateway).toHaveAccessibleDescription(/must be an address of/i);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(main.getByRole('region', { name: /^Subnet / })).toHaveCount(1);
  });

  await test.step('a DHCP option that would be two lines, or one that the network answers itself', async () => {
    await page.goto(`/projects/${project.id}/ports`);
    await main.getByRole('button', { name: 'Create port' }).first().click();
    const options = dialog.getByLabel('DHCP options');
    const save = dialog.getByRole('button', { name: 'Create port' });
    await options.fill('domain-name x\ndhcp-option=3,1.2.3.4');
    await expectDisabled(save, /Write each DHCP option as/);
    await options.fill('3 1.2.3.4');
    await expectDisabled(save, /what the network itself answers/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });
});
