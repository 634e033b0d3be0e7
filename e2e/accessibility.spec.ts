import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { page as pageOf } from '@unkai/contracts/primitives';
import { host as hostShape } from '@unkai/contracts/resources/host';
import { securityGroup } from '@unkai/contracts/resources/security-group';
import { expectAccessible } from './fixtures/accessibility.ts';
import { ask } from './fixtures/api.ts';
import { installation } from './fixtures/installation.ts';
import { tabTo } from './fixtures/keyboard.ts';
import { makeStores, makeWayOut, type WayOut } from './fixtures/network.ts';
import { allPages, type Places } from './fixtures/pages.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { createProject } from './fixtures/project.ts';
import { createServer, deleteServers, expectServerState, guestTimeout, portsOf } from './fixtures/server.ts';
import { clickRowAction } from './fixtures/table.ts';

/** For the names of the pages, which are known before there is anything on them. */
const nowhere: Places = {
  project: '',
  server: '',
  group: '',
  domain: '',
  network: '',
  port: '',
  router: '',
  floating: '',
  host: '',
  policy: '',
  pool: '',
};

test.describe('axe finds nothing, in both themes, on desktop and phone:', () => {
  // One project, one server and one tab for all of them: what a browser has fetched once is not fetched for every page.
  let page: Page;
  let places: Places;
  let wayOut: WayOut;
  test.beforeAll(async ({ browser, admin }) => {
    const context = await browser.newContext({ storageState: admin, baseURL: installation().url });
    page = await context.newPage();
    const project = await createProject(`seen-by-axe-${randomBytes(2).toString('hex')}`);
    const { id } = await createServer(project.id, { name: 'seen-by-axe' });
    await expectServerState(id, 'running');
    const group = await ask('POST', `/projects/${project.id}/security-groups`, securityGroup, { name: 'seen-by-axe' });
    const [port] = await portsOf({ id, projectId: project.id });
    wayOut = await makeWayOut(project.id, 'seen-by-axe');
    const [host] = (await ask('GET', '/hosts', pageOf(hostShape))).items;
    places = {
      project: project.id,
      server: id,
      group: group.id,
      domain: project.domainId,
      network: port?.networkId ?? '',
      port: port?.id ?? '',
      router: wayOut.router.id,
      floating: wayOut.floating.id,
      host: host?.id ?? '',
      ...(await makeStores(project.id, 'seen-by-axe')),
    };
  });
  test.afterAll(async () => {
    await page.context().close();
    await deleteServers(places.project);
    await wayOut.remove();
  });

  for (const [index, { name }] of allPages(nowhere).entries()) {
    test(name, async () => {
      await page.goto(allPages(places)[index]?.path ?? '');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      // What is fetched after the first paint belongs to the page too.
      await expect.poll(() => page.getByRole('main').getByRole('table').evaluateAll(countBusy)).toBe(0);
      await expectAccessible(page, name);
    });
  }

  test('dialogs and menus', async () => {
    await page.goto(`/projects/${places.project}/servers`);
    const servers = page.getByRole('table', { name: 'Servers' });
    await servers.getByRole('button', { name: 'Actions for seen-by-axe' }).click();
    await expectAccessible(page, 'menu of a row');
    await page.keyboard.press('Escape');
    await clickRowAction(servers, 'seen-by-axe', 'Delete');
    await expectAccessible(page, 'Delete server');
    await page.keyboard.press('Escape');
    // What opened it has the focus again.
    await expect(servers.getByRole('button', { name: 'Actions for seen-by-axe' })).toBeFocused();
    await page.keyboard.press('Control+k');
    await expectAccessible(page, 'command palette');
    await page.keyboard.press('Escape');
    await page.goto(`/projects/${places.project}/security-groups/${places.group}`);
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('radio', { name: /^Your own/ }).click();
    await page.getByRole('button', { name: 'Group', exact: true }).click();
    await expectAccessible(page, 'Add rule');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expectAccessible(page, 'keyboard');
    await page.keyboard.press('Escape');
    await page.goto('/profile/api-tokens');
    await page.getByRole('button', { name: 'New API token' }).click();
    await page.getByRole('button', { name: 'Chosen' }).click();
    await expectAccessible(page, 'New API token');
    await page.goto('/profile/application-credentials');
    await page.getByRole('button', { name: 'New application credential' }).click();
    await expectAccessible(page, 'New application credential');
    await page.goto('/profile/sign-in');
    await page.getByRole('button', { name: 'Set up one-time codes' }).click();
    await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
    await expectAccessible(page, 'Set up one-time codes');
  });
});

test.describe('before sign-in', () => {
  test.use({ storageState: signedOut });
  test('axe finds nothing on the sign-in page', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectAccessible(page, 'Sign in');
  });
});

test('the first key leads past the navigation', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/servers`);
  await expect(page.getByRole('heading', { name: 'Servers', level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.getByRole('main').evaluate((main) => main.contains(document.activeElement))).toBe(true);
});

/** How many tables still wait for their first rows. */
function countBusy(tables: Element[]): number {
  return tables.filter(({ ariaBusy }) => ariaBusy === 'true').length;
}

test('a server is made, switched off and deleted by keyboard alone', async ({ page, project }) => {
  test.setTimeout(600_000);
  await page.goto(`/projects/${project.id}/servers`);
  await expect(page.getByRole('heading', { name: 'Servers', level: 1 })).toBeVisible();
  await page.keyboard.press('c');
  const name = page.getByLabel('Name', { exact: true });
  await tabTo(page, name);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('by-keyboard');
  await tabTo(page, page.getByRole('radiogroup', { name: 'Size' }).getByRole('radio', { checked: true }));
  // A finger takes its time: a key that is up again at once moves the focus but not yet the choice.
  const finger = { delay: 150 };
  await page.keyboard.press('ArrowDown', finger);
  await expect(page.getByRole('radio', { name: /m1\.tiny/ })).toBeChecked();
  await page.keyboard.press('ArrowUp', finger);
  await tabTo(
    page,
    page.getByRole('complementary', { name: 'Summary' }).getByRole('button', { name: 'Create server' }),
  );
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1, name: 'by-keyboard' })).toBeVisible();
  const main = page.getByRole('main');
  await expect(main.getByText('running', { exact: true })).toBeVisible(guestTimeout);
  const stop = main.getByRole('button', { name: 'Stop', exact: true });
  await tabTo(page, stop);
  await page.keyboard.press('Enter');
  await expect(stop).toHaveAttribute('aria-disabled', 'true');
  // Who pressed it is still there, and hears why it cannot be pressed again.
  await expect(stop).toBeFocused();
  await expect(main.getByText('stopped', { exact: true })).toBeVisible(guestTimeout);

  await tabTo(page, main.getByRole('button', { name: 'Delete', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Type “by-keyboard” to confirm')).toBeFocused();
  await page.keyboard.type('by-keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Servers', level: 1 })).toBeVisible();
});

test('a list is walked by j and k and opened by enter', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/images`);
  const actions = page.getByRole('button', { name: /^Actions for/ });
  await expect(actions.first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(actions.first()).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Filter by name or id' })).toBeFocused();
});

test('a question mark shows the keys, except where it is typed, and the focus returns', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/images`);
  const actions = page.getByRole('button', { name: /^Actions for/ });
  await expect(actions.first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(help.getByRole('region', { name: 'In a list' })).toContainText('Go to the next row');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(actions.first()).toBeFocused();

  await page.getByRole('searchbox', { name: 'Filter by name or id' }).focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('searchbox', { name: 'Filter by name or id' })).toHaveValue('?');
  await expect(help).toBeHidden();

  const account = page.getByRole('button', { name: 'Account of admin' });
  await account.click();
  await page.getByRole('menuitem', { name: 'Keyboard' }).click();
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(account).toBeFocused();
});
