import { page as pageOf } from '@unkai/contracts/primitives';
import { host } from '@unkai/contracts/resources/host';
import { anything, ask } from './fixtures/api.ts';
import { pick } from './fixtures/pick.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer, deleteServers, expectServerState, guestTimeout } from './fixtures/server.ts';
import { clickRowAction, expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

const allHosts = async () => (await ask('GET', '/hosts', pageOf(host))).items;

async function takeNewServers(isEnabled: boolean): Promise<void> {
  for (const { id } of await allHosts()) await ask('PATCH', `/hosts/${id}`, anything, { isEnabled });
}
test.afterEach(() => takeNewServers(true));

test('H22: what failed is told at the bell, also after a reload; with room again an operator has it done', async ({
  page,
  project,
}) => {
  await takeNewServers(false);
  const name = `late-${project.name}`;
  const { id } = await createServer(project.id, { name });
  await expectServerState(id, 'error');

  await page.goto(`/projects/${project.id}`);
  const bell = page.getByRole('button', { name: /^Notifications, \d+ unread$/ });
  await expect(bell).toBeVisible(guestTimeout);
  await page.reload();
  await bell.click();
  const told = page.getByRole('dialog', { name: 'Notifications' });
  await expect(told.getByRole('listitem').filter({ hasText: name })).toContainText(/takes? no new servers/);
  await told.getByRole('link', { name: `Create server failed: ${name}` }).click();
  await page.waitForURL(`/projects/${project.id}/servers/${id}/activity`);
  // Followed, it is read; it can be made unread again.
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await expect(told.getByRole('button', { name: `Mark unread: Create server failed: ${name}` })).toBeVisible();

  await takeNewServers(true);
  await page.goto('/operate/operations?view=failed');
  const table = page.getByRole('table', { name: 'Operations' });
  await expectRowVisible(table, { name: `Create server ${name}`, state: 'failed', project: project.name });
  await clickRowAction(table, `Create server ${name}`, 'Begin once more');
  await expectServerState(id, 'running');
  await expect(rowOf(table, `Create server ${name}`)).toHaveCount(0);
});

test('H1: the explorer says why no host takes a server, and which one would', async ({ page, project }) => {
  const [first] = await allHosts();
  const name = first?.name ?? '';
  await takeNewServers(false);
  await page.goto('/operate/placement');
  const table = page.getByRole('table', { name: 'Hosts' });
  await expectRowVisible(table, { name, answer: 'no', 'what speaks against it': 'takes no new servers' });
  await expect(page.getByRole('region', { name: 'Outcome' })).toContainText(
    /Its owner would read: (\d) of \1 hosts? takes? no new servers/,
  );
  await takeNewServers(true);
  await expectRowVisible(table, { name, answer: /would be chosen|choice/ }, guestTimeout);
  await pick(page, page, 'For project', project.name);
  const ofProject = page.getByRole('region', { name: 'The project itself' });
  await expect(ofProject).toContainText('Nothing of its own is in the way');
  await ask('PATCH', `/projects/${project.id}/limits`, anything, { limits: { servers: 0 } });
  await expect(ofProject).toContainText('Servers: needs 1, used 0 of 0.', guestTimeout);
});

test('the cloud in numbers says what needs attention, and leads there', async ({ page }) => {
  await takeNewServers(false);
  await page.goto('/operate');
  await expect(page.getByRole('heading', { level: 1, name: 'Cloud' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Zone nova' })).toContainText(/^nova0 of \d hosts? open/);
  await page
    .getByRole('region', { name: 'Needs attention' })
    .getByText(/hosts? in maintenance$/)
    .click();
  await page.waitForURL('/operate/hosts');
});

test('the zones with their hosts, and whether tenants may choose each; a host is put into another', async ({
  page,
}) => {
  const [first] = await allHosts();
  const name = first?.name ?? '';
  const was = first?.availabilityZone ?? '';
  await page.goto('/operate/zones');
  const zone = page.getByRole('region', { name: was, exact: true });
  await expect(zone.getByText('available to tenants')).toBeVisible();
  await zone.getByRole('button', { name: `Set zone of ${name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Zone' }).fill('attic');
  await dialog.getByRole('button', { name: 'Set zone' }).click();
  const attic = page.getByRole('region', { name: 'attic', exact: true });
  await expect(attic.getByRole('link', { name })).toBeVisible(guestTimeout);
  await ask('PATCH', `/hosts/${first?.id}`, anything, { isEnabled: false });
  await expect(attic.getByText('tenants cannot choose it')).toBeVisible(guestTimeout);
  await ask('PATCH', `/hosts/${first?.id}`, anything, { isEnabled: true, availabilityZone: was });
  await expect(attic).toHaveCount(0, guestTimeout);
  await zone.getByRole('link', { name }).click();
  await page.waitForURL(`/operate/hosts/${first?.id}`);
});

test('what is kept for nobody is cleaned with one click, and is gone', async ({ page, project }) => {
  // The image of a server stays on its host when the server goes, in case that another one comes.
  const { id } = await createServer(project.id, { name: `gone-${project.name}` });
  await expectServerState(id, 'running');
  await deleteServers(project.id);
  await page.goto('/operate/orphans');
  const copies = page.getByRole('region', { name: 'Image copy that no server uses' });
  const clean = copies.getByRole('button', { name: /^Clean tiny on / });
  await expect(clean.first()).toBeVisible(guestTimeout);
  const before = await clean.count();
  const summary = page.getByText(/ kept for nobody$/);
  await expect(summary).toBeVisible();
  await clean.first().click();
  await expectToast(page, 'tiny was cleaned');
  await expect(clean).toHaveCount(before - 1, guestTimeout);
  if (before === 1) await expect(copies).toHaveCount(0);
});
