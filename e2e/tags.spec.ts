import { page as pageOf } from '@unkai/contracts/primitives';
import { network } from '@unkai/contracts/resources/network';
import { port } from '@unkai/contracts/resources/port';
import { securityGroup } from '@unkai/contracts/resources/security-group';
import { ask } from './fixtures/api.ts';
import { makeWayOut } from './fixtures/network.ts';
import { expect, test } from './fixtures/portal.ts';
import { expectToast, rowOf } from './fixtures/table.ts';

test('networks, subnets, ports, routers, floating IPs and security groups carry tags, and lists are narrowed by them', async ({
  page,
  project,
}) => {
  const at = `/projects/${project.id}`;
  const { router, floating, remove } = await makeWayOut(project.id, `outside-${project.name}`);
  const seen = (await ask('GET', `${at}/networks`, pageOf(network))).items;
  const wire = seen.find(({ isDefault }) => isDefault);
  if (wire === undefined) throw new Error('The project has no network.');
  const [group] = (await ask('GET', `${at}/security-groups`, pageOf(securityGroup))).items;
  const mine = await ask('POST', `/networks/${wire.id}/ports`, port, { name: 'mine' });
  await ask('POST', `/networks/${wire.id}/ports`, port, { name: 'theirs' });
  const dialog = page.getByRole('dialog');
  const main = page.getByRole('main');

  const tag = async (name: string, tags: string) => {
    await main.getByRole('button', { name: `Change tags of ${name}`, exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Tags' }).fill(tags);
    await dialog.getByRole('button', { name: 'Save tags' }).click();
    await expectToast(page, `The tags of ${name} are changed`);
  };
  const things = [
    { path: `networks/${wire.id}`, name: wire.name },
    { path: `ports/${mine.id}`, name: 'mine' },
    { path: `routers/${router.id}`, name: router.name },
    { path: `floating-ips/${floating.id}`, name: floating.address },
    { path: `security-groups/${group?.id}`, name: group?.name ?? '' },
  ];
  for (const { path, name } of things) {
    await test.step(`${path.split('/')[0]}: tagged, shown on its page, found in its list`, async () => {
      await page.goto(`${at}/${path}`);
      await tag(name, 'web, production, web');
      await expect(main.getByText('production', { exact: true })).toBeVisible();
      await page.goto(`${at}/${path.split('/')[0]}`);
      await expect(rowOf(main.getByRole('table'), name).getByText('production', { exact: true })).toBeVisible();
      const asked = page.waitForRequest((request) =>
        decodeURIComponent(request.url()).includes('"tags":["production"]'),
      );
      await main.getByRole('button', { name: 'Tag: any' }).click();
      await page.getByRole('menuitemradio', { name: 'production' }).click();
      await asked;
      await expect(page).toHaveURL(/tag=production/);
      await expect(main.getByRole('rowheader')).toHaveCount(1);
      await expect(rowOf(main.getByRole('table'), name)).toBeVisible();
      await page.goto(`${at}/${path.split('/')[0]}?tag=nobody-has-it`);
      await expect(main.getByRole('button', { name: 'Tag: nobody-has-it' })).toBeVisible();
      await expect(main.getByRole('rowheader')).toHaveCount(0);
    });
  }

  await test.step('a subnet, on the page of its network; what cannot be a tag is said at the field', async () => {
    const [subnet] = wire.subnets;
    await page.goto(`${at}/networks/${wire.id}`);
    await main.getByRole('button', { name: `Change tags of the subnet ${subnet?.name}` }).click();
    await dialog.getByRole('textbox', { name: 'Tags' }).fill('a/b');
    await dialog.getByRole('button', { name: 'Save tags' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Tags' })).toHaveAccessibleDescription(/must not contain "\/"/i);
    await dialog.getByRole('textbox', { name: 'Tags' }).fill('inside');
    await dialog.getByRole('button', { name: 'Save tags' }).click();
    await expect(page.getByRole('region', { name: `Subnet ${subnet?.name}` })).toContainText('inside');
  });
  await remove();
});
