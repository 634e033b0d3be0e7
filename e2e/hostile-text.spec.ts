import type { Page } from '@playwright/test';
import { page as pageOf } from '@unkai/contracts/primitives';
import { host as hostShape } from '@unkai/contracts/resources/host';
import { image } from '@unkai/contracts/resources/image';
import { network } from '@unkai/contracts/resources/network';
import { port } from '@unkai/contracts/resources/port';
import { securityGroup } from '@unkai/contracts/resources/security-group';
import { anything, ask } from './fixtures/api.ts';
import { picture, screenConsole, serialConsole } from './fixtures/console.ts';
import { expectOnlyText, madeOfText, markup } from './fixtures/hostile.ts';
import { makeStores, makeWayOut } from './fixtures/network.ts';
import { allPages } from './fixtures/pages.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer, expectServerState, guestTimeout } from './fixtures/server.ts';
import { rowOf } from './fixtures/table.ts';
import { serveVnc } from './fixtures/vnc.ts';

/** What a guest could write to its serial port to reach the one who reads it: markup, a link, a title, the clipboard. */
const script = [
  '#!/bin/sh',
  `echo '${markup}'`,
  "printf '\\033]8;;https://evil.example\\033\\\\click here\\033]8;;\\033\\\\\\n'",
  "printf '\\033]0;owned\\007\\033]2;owned\\007\\033]52;c;b3duZWQ=\\007'",
  'echo "all was printed"',
].join('\n');

test('A40, A41: names and console output with markup, links and escape sequences are text and nothing else', async ({
  page,
  project,
}) => {
  test.setTimeout(600_000);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => asked.push(`dialog ${dialog.message()}`));

  const server = await createServer(project.id, {
    name: markup,
    description: markup,
    metadata: { role: markup },
    userData: script,
  });
  const group = await ask('POST', `/projects/${project.id}/security-groups`, securityGroup, {
    name: markup,
    description: markup,
  });
  const named = { name: markup, description: markup };
  const { id: networkId } = await ask('POST', `/projects/${project.id}/networks`, network, named);
  await ask('POST', `/networks/${networkId}/subnets`, anything, { name: markup, cidr: '10.9.0.0/24' });
  const { id: portId } = await ask('POST', `/networks/${networkId}/ports`, port, named);
  await ask('POST', `/projects/${project.id}/images`, image, { name: markup, description: markup, diskFormat: 'raw' });

  const wayOut = await makeWayOut(project.id, markup);
  const [host] = (await ask('GET', '/hosts', pageOf(hostShape))).items;
  const places = {
    project: project.id,
    server: server.id,
    group: group.id,
    domain: project.domainId,
    network: networkId,
    port: portId,
    host: host?.id ?? '',
    router: wayOut.router.id,
    floating: wayOut.floating.id,
    ...(await makeStores(project.id, markup)),
  };
  for (const { name, path } of allPages(places)) {
    await test.step(name, async () => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectOnlyText(page);
    });
  }
  await wayOut.remove();
  for (const noun of ['Servers', 'Images', 'Networks', 'Security groups']) {
    await page.goto(`/projects/${project.id}/${noun.toLowerCase().replace(' ', '-')}`);
    await expect(rowOf(page.getByRole('table', { name: noun }), markup)).toBeVisible();
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and actions' }).fill('onerror');
  await expect(page.getByRole('option').first()).toContainText(markup);
  await expectOnlyText(page);

  await test.step('the log', async () => {
    await page.goto(`/projects/${project.id}/servers/${server.id}/log`);
    const log = page.getByRole('region', { name: 'Lines of the log' });
    await expect(log).toContainText('all was printed', guestTimeout);
    await expect(log).toContainText(markup);
    await expect(log).toContainText('click here');
    await expectOnlyText(page);
  });
  await test.step('the serial console', async () => {
    await page.goto(`/projects/${project.id}/servers/${server.id}/console?kind=serial`);
    await expect(serialConsole(page)).toContainText('all was printed', guestTimeout);
    await expectOnlyText(page);
  });
  const { origin } = new URL(page.url());
  expect(asked.filter((url) => !url.startsWith(origin) || new URL(url).pathname.endsWith('/x'))).toEqual([]);
});

test('A39: a screen that calls itself, or says why it refuses, in markup shows its picture, or our own words', async ({
  page,
  project,
}) => {
  const { id } = await createServer(project.id, { name: 'hostile-screen' });
  await expectServerState(id, 'running');
  const main = page.getByRole('main');

  await serveVnc(page, { desktopName: markup });
  await page.goto(`/projects/${project.id}/servers/${id}/console`);
  // The picture comes after the name and the clipboard: both were read by then.
  await expect.poll(async () => (await picture(screenConsole(page))).colours, guestTimeout).toBeGreaterThan(8);
  await expect(main.getByText('connected', { exact: true })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('onerror');
  await expectOnlyText(page);

  await serveVnc(page, { desktopName: '', refusal: markup });
  await page.reload();
  await expect(main.getByText('The connection was lost.')).toBeVisible(guestTimeout);
  await expect(page.locator('body')).not.toContainText('onerror');
  await expectOnlyText(page);
});

/** Opens a page that shows a name of markup, and makes markup of it as a page without the defence would. */
async function undoEscaping(page: Page, projectId: string): Promise<void> {
  await ask('POST', `/projects/${projectId}/security-groups`, securityGroup, { name: markup });
  await page.goto(`/projects/${projectId}/security-groups`);
  const row = rowOf(page.getByRole('table', { name: 'Security groups' }), markup);
  await expect(row).toBeVisible();
  await expectOnlyText(page);
  await row.evaluate(async (element) => {
    const image = document.createElement('div');
    image.innerHTML = element.textContent ?? '';
    document.body.append(image);
    const made = image.querySelector('img');
    while (made?.complete === false) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  expect(await madeOfText(page)).toEqual(['img', 'script']);
}

test('A40: where a text becomes markup all the same, it is noticed here, and the policy of the page keeps it from running', async ({
  page,
  project,
}) => {
  await undoEscaping(page, project.id);
  await expect(page).toHaveTitle(/Unkai$/);
});

test.describe('without the policy of the page', () => {
  test.use({ bypassCSP: true });
  test('A40: the same markup runs, which is noticed too', async ({ page, project }) => {
    await undoEscaping(page, project.id);
    await expect(page).toHaveTitle('1');
  });
});
