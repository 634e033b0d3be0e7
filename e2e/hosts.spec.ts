import { page as pageOf } from '@unkai/contracts/primitives';
import { host } from '@unkai/contracts/resources/host';
import { anything, ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer, expectServerState, guestTimeout } from './fixtures/server.ts';
import { clickRowAction, expectDisabled, expectRowVisible } from './fixtures/table.ts';

async function onlyHost() {
  const { items } = await ask('GET', '/hosts', pageOf(host));
  const [first] = items;
  if (!first) throw new Error('The installation has no host.');
  return first;
}

let before: Awaited<ReturnType<typeof onlyHost>>;
test.beforeAll(async () => {
  before = await onlyHost();
});
test.afterEach(async () => {
  const { id, availabilityZone } = before;
  await ask('PATCH', `/hosts/${id}`, anything, { isEnabled: true, availabilityZone });
});

test('a host in maintenance takes no server, and the server that was refused says why', async ({ page, project }) => {
  const { name, facts } = await onlyHost();
  await page.goto('/operate/hosts');
  const table = page.getByRole('table', { name: 'Hosts' });
  await expectRowVisible(table, { name, state: 'up', accelerator: facts.accelerator.kind.toUpperCase() });
  await clickRowAction(table, name, 'Begin maintenance');
  const dialog = page.getByRole('dialog', { name: `Maintenance of ${name}` });
  await expectDisabled(dialog.getByRole('button', { name: 'Begin maintenance' }), 'Say why.');
  await dialog.getByLabel('Reason').fill('New memory');
  await dialog.getByRole('button', { name: 'Begin maintenance' }).click();
  await expectRowVisible(table, { name, state: 'in maintenance' });

  const refused = await createServer(project.id, { name: 'nowhere-1' });
  await page.goto(`/projects/${project.id}/servers/${refused.id}`);
  const main = page.getByRole('main');
  await expect(main.getByText('failed', { exact: true }).first()).toBeVisible(guestTimeout);
  await expect(main.getByRole('alert')).toContainText(/host/);
  await expect(page.getByRole('region', { name: 'Last operation' })).toContainText(
    /Choose a host: failed, given back1 of 1 host takes no new servers/,
  );

  await page.goto('/operate/hosts');
  await clickRowAction(table, name, 'End maintenance');
  await expectRowVisible(table, { name, state: 'up' });
});

test('an operator says in which zone a host stands; new servers find it there', async ({ page, project }) => {
  const { name } = before;
  await page.goto('/operate/hosts');
  const table = page.getByRole('table', { name: 'Hosts' });
  const dialog = page.getByRole('dialog');
  await clickRowAction(table, name, 'Set zone');
  await dialog.getByRole('textbox', { name: 'Zone' }).fill('');
  await expectDisabled(dialog.getByRole('button', { name: 'Set zone' }), 'Name the zone.');
  await dialog.getByRole('textbox', { name: 'Zone' }).fill('cellar');
  await dialog.getByRole('button', { name: 'Set zone' }).click();
  await expectRowVisible(table, { name, zone: 'cellar' });
  const { id: server } = await createServer(project.id, { name: 'below', availabilityZone: 'cellar' });
  await expectServerState(server, 'running');
});

test('the page of a host says what it is good for, and where volumes would be or what is missing for them', async ({
  page,
}) => {
  const { id, roles, facts } = before;
  await page.goto(`/operate/hosts/${id}`);
  const main = page.getByRole('main');
  await expect(main).toContainText(roles.join(', '));
  await expect(main).toContainText(facts.storage?.pool?.name ?? facts.storage?.why ?? 'nothing is said of storage');
  expect(roles).toContain('compute');
  expect(roles.includes('storage')).toBe(facts.storage !== undefined && facts.storage.pool !== null);
});

test('a host that is drained says which of its servers cannot be moved, and why', async ({ page, project }) => {
  const { id, name } = before;
  const server = await createServer(project.id, { name: 'nowhere-else' });
  await expectServerState(server.id, 'running');
  await page.goto(`/operate/hosts/${id}`);
  await page.getByRole('button', { name: 'Drain', exact: true }).click();
  const asking = page.getByRole('dialog', { name: `Drain ${name}?` });
  await expect(asking).toContainText('is off while its disk is copied');
  await expectDisabled(asking.getByRole('button', { name: 'Drain host' }), 'Say why.');
  await asking.getByLabel('Reason').fill('New disks');
  await asking.getByRole('button', { name: 'Drain host' }).click();
  const told = page.getByRole('dialog', { name: `${name} is being drained` });
  const stays = told.getByRole('listitem').filter({ hasText: server.name });
  await expect(stays).toContainText('1 of 1 host is the host that it leaves.');
  await told.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('main')).toContainText('New disks');
  await expectServerState(server.id, 'running');
});
