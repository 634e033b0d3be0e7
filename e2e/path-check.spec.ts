import type { Locator, Page } from '@playwright/test';
import { page as pageOf } from '@unkai/contracts/primitives';
import { network } from '@unkai/contracts/resources/network';
import { port } from '@unkai/contracts/resources/port';
import { router as routerShown } from '@unkai/contracts/resources/router';
import { anything, ask } from './fixtures/api.ts';
import { makeWayOut } from './fixtures/network.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer, expectServerState } from './fixtures/server.ts';

const answer = (page: Page): Locator => page.getByRole('region', { name: 'Answer' });
const step = (page: Page, title: string): Locator => answer(page).getByRole('listitem').filter({ hasText: title });

/** Expects the answer to name what stops the packet first, and that step to say why and what to do. */
async function expectStopped(page: Page, title: string, words: readonly (string | RegExp)[]): Promise<void> {
  await expect(answer(page).getByText(`Stopped: ${title}`, { exact: true })).toBeVisible();
  const first = answer(page).getByRole('listitem').filter({ hasText: 'stops it' });
  await expect(first).toHaveCount(1);
  await expect(first).toContainText(title);
  for (const word of words) await expect(first).toContainText(word);
}

test('why one thing cannot reach another: each obstacle is named, with what takes it away', async ({
  page,
  project,
}) => {
  const { router, floating, remove } = await makeWayOut(project.id, `outside-${project.name}`);
  const wire = (await ask('GET', `/projects/${project.id}/networks`, pageOf(network))).items.find(
    (one) => one.isDefault,
  );
  const subnet = wire?.subnets[0];
  if (!wire || !subnet) throw new Error('The project has no network.');
  const back = await ask('POST', `/projects/${project.id}/networks`, network, { name: 'back' });
  await ask('POST', `/networks/${back.id}/subnets`, anything, { name: 'back', cidr: '10.9.0.0/24' });
  const behind = await ask('POST', `/networks/${back.id}/ports`, port, { name: 'behind' });
  const servers = await Promise.all(['web', 'db'].map((name) => createServer(project.id, { name })));
  for (const { id } of servers) await expectServerState(id, 'running');
  const [db] = (await ask('GET', `/projects/${project.id}/ports?serverId=${servers[1]?.id}`, pageOf(port))).items;
  if (!db) throw new Error('The server has no port.');

  const from = page.getByLabel('From', { exact: true });
  const to = page.getByLabel('To', { exact: true });
  await page.goto(`/projects/${project.id}/path-check`);

  await test.step('nothing is asked before both ends are chosen', async () => {
    await expect(answer(page)).toContainText('Choose both ends');
    await from.selectOption({ label: 'web' });
    await expect(answer(page)).toContainText('Choose both ends');
  });

  await test.step('no router: nobody answers at the gateway', async () => {
    await to.selectOption({ label: 'The internet' });
    await expectStopped(page, `Subnet ${subnet.name}`, ['no router joins it', 'Give a router an interface']);
  });

  await test.step('a router that does not join the other network', async () => {
    await ask('POST', `/routers/${router.id}/interfaces`, anything, { subnetId: subnet.id });
    await expect(answer(page).getByText('Nothing stands in the way')).toBeVisible();
    await to.selectOption({ label: 'Port behind' });
    await expectStopped(page, `Router ${router.name}`, ['does not join back', 'Give the router an interface']);
    await expect(step(page, 'Port behind').first()).toContainText('would stop it too');
  });

  await test.step('a router that is switched off, seen as it happens', async () => {
    await to.selectOption({ label: 'The internet' });
    await expect(answer(page).getByText('Nothing stands in the way')).toBeVisible();
    await ask('PATCH', `/routers/${router.id}`, anything, { isEnabled: false });
    await expectStopped(page, `Router ${router.name}`, ['switched off', 'Switch the router on.']);
    await ask('PATCH', `/routers/${router.id}`, anything, { isEnabled: true });
    await expect(answer(page).getByText('Nothing stands in the way')).toBeVisible();
  });

  await test.step('a server without a floating IP, asked for from outside', async () => {
    await from.selectOption({ label: 'The internet' });
    await to.selectOption({ label: 'db' });
    await expectStopped(page, 'From outside', ['Nothing outside leads to', 'Give it a floating IP']);
    await expect(step(page, 'Rules of db')).toContainText('would stop it too');
    await ask('PATCH', `/floating-ips/${floating.id}`, anything, { portId: db.id });
    await expectStopped(page, 'Rules of db', ['No rule of default lets tcp in from the internet']);
  });

  await test.step('a rule that is missing is added from where it is missed', async () => {
    await from.selectOption({ label: 'web' });
    await page.getByLabel(/^Port/).fill('5432');
    await expectStopped(page, 'Rules of db', ['lets tcp 5432 in from']);
    await step(page, 'Rules of db').getByRole('button', { name: 'Add this rule' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Add rule' }).click();
    await expect(answer(page).getByText('Nothing stands in the way')).toBeVisible();
  });

  await test.step('a port that is switched off', async () => {
    await ask('PATCH', `/ports/${db.id}`, anything, { isEnabled: false });
    await expectStopped(page, `Port ${db.addresses[0]?.address}`, ['lets nothing through', 'Switch the port on.']);
    await ask('PATCH', `/ports/${db.id}`, anything, { isEnabled: true });
  });

  await test.step('a server that does not run', async () => {
    await ask('POST', `/servers/${servers[1]?.id}/stop`, anything, {});
    await expectServerState(servers[1]?.id ?? '', 'stopped');
    await expectStopped(page, 'Server db', ['It does not run', 'Start the server.']);
    await step(page, 'Server db').getByRole('link', { name: 'Open server db' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'db' })).toBeVisible();
    await page.goBack();
    // The question is part of the page's address.
    await expect(to.locator('option:checked')).toHaveText('db');
    await expectStopped(page, 'Server db', ['It does not run']);
  });

  await ask('PATCH', `/floating-ips/${floating.id}`, anything, { portId: null });
  for (const { portId } of (await ask('GET', `/routers/${router.id}`, routerShown)).interfaces) {
    await ask('DELETE', `/routers/${router.id}/interfaces/${portId}`, anything);
  }
  await ask('DELETE', `/ports/${behind.id}`, anything);
  await remove();
});

test('what cannot be asked is said at its field, and nothing is asked', async ({ page, project }) => {
  const at = `/projects/${project.id}`;
  const wire = (await ask('GET', `${at}/networks`, pageOf(network))).items.find((one) => one.isDefault);
  const gone = await ask('POST', `/networks/${wire?.id}/ports`, port, { name: 'gone' });
  await ask('DELETE', `/ports/${gone.id}`, anything);
  await ask('POST', `/networks/${wire?.id}/ports`, port, { name: 'here' });
  await page.goto(`${at}/path-check`);
  const to = page.getByLabel('To', { exact: true });
  const address = page.getByLabel('To: address');
  await page.getByLabel('From', { exact: true }).selectOption({ label: 'Port here' });
  await to.selectOption({ label: 'An address…' });

  await test.step('an address, while it is none', async () => {
    await expect(address).toHaveValue('');
    await address.fill('198.51.100');
    await expect(address).toHaveAccessibleDescription(/Not an IP address/);
    await expect(answer(page)).toContainText('Choose both ends');
    await address.fill('198.51.100.9');
    await expect(answer(page).getByRole('list', { name: 'Steps' })).toContainText('198.51.100.9');
    await address.clear();
    await expect(address).toBeVisible();
    await expect(answer(page)).toContainText('Choose both ends');
  });

  await test.step('a port that no protocol has', async () => {
    await address.fill('198.51.100.9');
    await page.getByLabel(/^Port/).fill('70000');
    await expect(page.getByLabel(/^Port/)).toHaveAccessibleDescription(/from 1 to 65535/);
    await expect(answer(page)).toContainText('Choose both ends');
    await page.getByRole('button', { name: 'Ping' }).click();
    await expect(answer(page).getByRole('list', { name: 'Steps' })).toBeVisible();
  });

  await test.step('both ends outside, or one that is gone', async () => {
    await page.goto(`${at}/path-check?from=internet&to=198.51.100.9`);
    await expect(address).toHaveAccessibleDescription(/one end must be a port or a server/);
    await page.goto(`${at}/path-check?from=internet&to=${gone.id}`);
    await expect(to).toHaveAccessibleDescription(/names no port of this project/i);
    await expect(to.locator('option:checked')).toHaveText('No longer there');
  });
});
