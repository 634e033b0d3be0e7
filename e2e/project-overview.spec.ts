import { anything, ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer, expectServerState } from './fixtures/server.ts';

test('the overview of a project tells its servers with their states, its quota, and what happened last, as it changes', async ({
  page,
  project,
}) => {
  const limits = { servers: 7, vcpus: 10, memoryMib: 2048, networks: 4 };
  await ask('PATCH', `/projects/${project.id}/limits`, anything, { limits });
  const main = page.getByRole('main');
  const servers = main.getByRole('region', { name: 'Servers' });
  const activity = main.getByRole('region', { name: 'Activity' }).getByRole('listitem');
  const used = (quota: string) =>
    main.getByRole('region', { name: 'Quota' }).getByRole('meter', { name: quota, exact: true });

  await page.goto(`/projects/${project.id}`);
  await expect(page.getByRole('heading', { level: 1, name: project.name })).toBeVisible();
  await expect(servers).toContainText('None yet.');
  await expect(used('Servers')).toHaveText('0 of 7');
  await expect(used('Networks')).toHaveText('1 of 4');

  const shop = await createServer(project.id, { name: 'shop' });
  const store = await createServer(project.id, { name: 'store' });
  await expectServerState(store.id, 'running');
  await expectServerState(shop.id, 'running');
  await ask('POST', `/servers/${store.id}/stop`, anything, {});

  // Nothing is reloaded: the page hears of it.
  await expect(servers.getByRole('link', { name: /^shop/ })).toContainText('running');
  await expect(servers.getByRole('link', { name: /^store/ })).toContainText('stopped');
  await expect(used('Servers')).toHaveText('2 of 7');
  await expect(used('vCPU')).toHaveText(`${2 * shop.flavor.vcpus} of 10`);
  await expect(used('Memory')).toHaveText(`${2 * shop.flavor.memoryMib} MiB of 2 GiB`);
  await expect(activity.nth(0)).toContainText('admin stopped server store');
  await expect(activity.nth(1)).toContainText('admin created server store');
  await expect(activity.nth(2)).toContainText('admin created server shop');
  await servers.getByRole('link', { name: /^store/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'store' })).toBeVisible();
});
