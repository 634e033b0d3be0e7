import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { network } from '@unkai/contracts/resources/network';
import type { Server } from '@unkai/contracts/resources/server';
import { anything, ask } from './fixtures/api.ts';
import {
  isLoginBehindItself,
  litPixels,
  logIn,
  picture,
  screenConsole,
  serialConsole,
  typeLine,
} from './fixtures/console.ts';
import { noTraces, type Traces, tracesOf } from './fixtures/host.ts';
import { expect, test } from './fixtures/portal.ts';
import { guestTimeout, portsOf, readServer } from './fixtures/server.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

const script = '#!/bin/sh\necho "user data ran as $(id -un), six times seven is $((6 * 7))"\n';

/** The id of the server whose page is open. */
function openServer(page: Page): Promise<Server> {
  return readServer(new URL(page.url()).pathname.split('/').at(4) ?? '');
}

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Server' }).getByRole('link', { name }).click();
}

/** The picture in the README, when it is asked for. */
async function takePicture(page: Page): Promise<void> {
  if (!process.env['UNKAI_E2E_SCREENSHOTS']) return;
  await expect(page.getByRole('region', { name: 'Notifications' }).getByRole('listitem')).toHaveCount(0);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(import.meta.dirname, '..', 'docs', 'images', 'server.png') });
}

test('a server: made, watched, logged in to, stopped, started, rebooted, deleted without a trace', async ({
  page,
  project,
}) => {
  test.setTimeout(900_000);
  const keyPair = `ada@${project.name}`;
  const banner = page.getByRole('banner');
  const header = page.getByRole('main');
  const button = (name: string) => header.getByRole('button', { name, exact: true });
  let made: Server;

  await test.step('create it with a key pair, made on the way, and a start-up script', async () => {
    await page.goto(`/projects/${project.id}`);
    await page.getByRole('link', { name: 'Create server' }).click();
    await page.getByRole('button', { name: 'New key pair' }).click();
    const dialog = page.getByRole('dialog', { name: 'New key pair' });
    await dialog.getByRole('button', { name: 'Generate here' }).click();
    await dialog.getByLabel('Name').fill(keyPair);
    await dialog.getByRole('button', { name: 'Generate key pair' }).click();
    const kept = page.getByRole('dialog', { name: `Keep the private key of ${keyPair}` });
    await expect(kept.getByRole('figure', { name: 'Private key' })).toContainText('BEGIN OPENSSH PRIVATE KEY');
    await kept.getByRole('checkbox', { name: 'I have kept the private key' }).check();
    await kept.getByRole('button', { name: 'Close' }).last().click();

    await page.getByLabel('Name', { exact: true }).fill('web-1');
    await expect(page.getByRole('checkbox', { name: keyPair })).toBeChecked();
    await expect(page.getByRole('radiogroup', { name: 'Image' }).getByRole('radio', { checked: true })).toContainText(
      'tiny',
    );
    await page.getByText('Start-up script').click();
    await page.getByLabel('User data').fill(script);
    await page.getByRole('complementary', { name: 'Summary' }).getByRole('button', { name: 'Create server' }).click();
  });

  await test.step('each step of the build is shown with its time, until it runs', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'web-1' })).toBeVisible();
    made = await openServer(page);
    const steps = page.getByRole('region', { name: 'Last operation' }).getByRole('listitem');
    await expect(header.getByText('running', { exact: true })).toBeVisible(guestTimeout);
    await expect(steps.first()).toBeVisible();
    const seen = steps.filter({ hasText: 'First metadata call' });
    const done = steps.filter({ hasNotText: 'First metadata call' });
    for (const step of await done.all()) await expect(step).toContainText(/: done\s*\d+(\.\d+)? (ms|s)$/);
    expect(await done.count()).toBeGreaterThan(3);
    // What shows that the guest lives comes after them, when it is seen and not before.
    await expect(seen).toContainText(/: seen\s*at (\d+ min )?\d+(\.\d+)? (ms|s)$/, guestTimeout);
    await expect(page.getByRole('figure', { name: 'SSH command' })).toContainText(
      `ssh root@${made.addresses[0]?.address}`,
    );
  });

  await test.step('its prompt appears on the serial console, and who logs in there is in', async () => {
    await openTab(page, 'Console');
    await page.getByRole('button', { name: 'Serial' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'connected' })).toBeVisible();
    await expect(serialConsole(page)).toContainText('login:', guestTimeout);
    await logIn(page);
    await typeLine(page, `echo "$(uname -s), $(grep -c '${keyPair}' .ssh/authorized_keys) key, $(hostname -s)"`);
    await expect(serialConsole(page)).toContainText('Linux, 1 key, web-1', guestTimeout);
  });

  await test.step('its screen shows the prompt, and takes keys', async () => {
    await page.getByRole('button', { name: 'Screen', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: /^connected/ })).toBeVisible();
    const screen = screenConsole(page);
    await expect.poll(async () => (await picture(screen)).colours, guestTimeout).toBeGreaterThan(1);
    await screen.click();
    await expect(async () => {
      // The prompt answers an empty name with itself again.
      await page.keyboard.press('Enter');
      await delay(1_000);
      const before = await litPixels(screen);
      await page.keyboard.type('login', { delay: 50 });
      await delay(1_000);
      const after = await litPixels(screen);
      for (let letter = 0; letter < 'login'.length; letter += 1) await page.keyboard.press('Backspace');
      expect(isLoginBehindItself(before, after)).toBe(true);
    }).toPass(guestTimeout);
  });

  await test.step('its log shows what the start-up script printed', async () => {
    await openTab(page, 'Log');
    const log = page.getByRole('region', { name: 'Lines of the log' });
    await expect(log).toContainText('user data ran as root, six times seven is 42', guestTimeout);
    await expect(log).toContainText(/ssh keys installed: \d/);
  });

  await test.step('its overview says how to reach it, and opens the way', async () => {
    await openTab(page, 'Overview');
    const connect = page.getByRole('region', { name: 'Connect' });
    await expect(connect).toContainText('Port 22 is closed');
    await connect.getByRole('button', { name: 'Allow SSH' }).click();
    await page.getByRole('dialog', { name: 'Allow SSH' }).getByRole('button', { name: 'Allow SSH' }).click();
    await expect(connect).toContainText('Port 22 is open');
    await expect(page.getByRole('region', { name: 'About' })).toContainText('asked for its metadata');
    await takePicture(page);
  });

  await test.step('its network says that it has a port, and why it stays', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Networks' }).click();
    const networks = page.getByRole('table', { name: 'Networks' });
    await expectRowVisible(networks, { name: 'default', ports: '1' });
    const menu = await openRowMenu(networks, 'default');
    await expect(menu.getByRole('menuitem', { name: 'Delete' })).toContainText(
      'The default network of a project stays.',
    );
    await page.goto(`/projects/${project.id}/servers/${made.id}`);
  });

  await test.step('stop: what cannot be done meanwhile says why', async () => {
    await expectDisabled(button('Start'), 'Only a stopped or failed server can be started.');
    await button('Start').hover();
    await expect(page.getByRole('tooltip')).toHaveText('Only a stopped or failed server can be started.');
    await button('Stop').click();
    await expectToast(page, 'web-1 stops');
    await expectDisabled(button('Stop'), 'Only a running server can be stopped.');
    await expectDisabled(button('Reboot'), 'Only a running server can be rebooted.');
    await expect(header.getByText('stopped', { exact: true })).toBeVisible(guestTimeout);
    const { processes } = await tracesOf(made, await portsOf(made));
    expect(processes.filter((line) => line.startsWith('qemu'))).toEqual([]);
  });

  await test.step('while it is off it gets one more interface, and loses it again', async () => {
    await ask('POST', `/networks/${await secondNetwork(project.id)}/ports`, anything, { name: 'spare' });
    await openTab(page, 'Network');
    await expect(page.getByRole('region', { name: 'Port on default' })).toContainText('default');
    await page.getByRole('button', { name: 'Attach interface' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'A port', exact: true }).click();
    await expect(dialog.getByLabel('Port').locator('option:checked')).toHaveText('spare on second');
    await dialog.getByRole('button', { name: 'Attach interface' }).click();
    await expectToast(page, 'web-1 has one interface more');
    const second = page.getByRole('region', { name: 'Port on second' });
    await second.getByRole('button', { name: 'Detach spare' }).click();
    await expect(dialog).toContainText('The port stays, with its addresses');
    await dialog.getByRole('button', { name: 'Detach interface' }).click();
    await expectToast(page, 'web-1 has one interface less');
    await expect(second).toHaveCount(0);
  });

  await test.step('start and reboot', async () => {
    await openTab(page, 'Overview');
    await button('Start').click();
    await expectToast(page, 'web-1 starts');
    await expect(header.getByText('running', { exact: true })).toBeVisible(guestTimeout);
    await button('Reboot').click();
    await expectToast(page, 'web-1 reboots');
    await expect(page.getByRole('region', { name: 'Last operation' })).toContainText('Reboot');
    await expect(header.getByText('running', { exact: true })).toBeVisible(guestTimeout);
    await expect(banner.getByText('0 running')).toBeAttached();
  });

  await test.step('delete asks for its name, and leaves nothing behind', async () => {
    const ports = await portsOf(made);
    const before = await tracesOf(made, ports);
    for (const kind of kinds) expect(before[kind], kind).not.toEqual([]);

    await page.goto(`/projects/${project.id}/servers`);
    const servers = page.getByRole('table', { name: 'Servers' });
    await expectRowVisible(servers, { name: 'web-1', state: 'running', addresses: made.addresses[0]?.address ?? '' });
    await clickRowAction(servers, 'web-1', 'Delete');
    const dialog = page.getByRole('dialog', { name: 'Delete web-1?' });
    const confirm = dialog.getByRole('button', { name: 'Delete server' });
    await expectDisabled(confirm, 'Type “web-1” first.');
    await dialog.getByLabel('Type “web-1” to confirm').fill('web-1');
    await confirm.click();
    await expectToast(page, 'web-1 is being deleted');
    await expect(rowOf(servers, 'web-1')).toHaveCount(0, guestTimeout);
    await expect(page.getByRole('heading', { name: 'No servers yet' })).toBeVisible();
    await expect.poll(() => tracesOf(made, ports), guestTimeout).toEqual(noTraces);
  });
});

async function secondNetwork(projectId: string): Promise<string> {
  const { id } = await ask('POST', `/projects/${projectId}/networks`, network, { name: 'second' });
  await ask('POST', `/networks/${id}/subnets`, anything, { name: 'second', cidr: '10.7.0.0/24' });
  return id;
}

const kinds = [
  'processes',
  'devices',
  'namespaces',
  'switchPorts',
  'flows',
  'leases',
  'files',
] as const satisfies (keyof Traces)[];
