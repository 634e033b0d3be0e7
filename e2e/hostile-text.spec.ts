import type { Page } from '@playwright/test';
import { image } from '@unkai/contracts/resources/image';
import { network } from '@unkai/contracts/resources/network';
import { securityGroup } from '@unkai/contracts/resources/security-group';
import { ask } from './fixtures/api.ts';
import { serialConsole } from './fixtures/console.ts';
import { allPages } from './fixtures/pages.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer, guestTimeout } from './fixtures/server.ts';
import { rowOf } from './fixtures/table.ts';

const markup = '"><img src=x onerror="document.title=1"><script>document.title=2</script>{{7*7}}';

/** What a guest could write to its serial port to reach the one who reads it: markup, a link, a title, the clipboard. */
const script = [
  '#!/bin/sh',
  `echo '${markup}'`,
  "printf '\\033]8;;https://evil.example\\033\\\\click here\\033]8;;\\033\\\\\\n'",
  "printf '\\033]0;owned\\007\\033]2;owned\\007\\033]52;c;b3duZWQ=\\007'",
  'echo "all was printed"',
].join('\n');

/** Fails when the page runs, loads or becomes what a name or a guest wrote. */
async function expectOnlyText(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/Unkai$/);
  await expect(page.getByRole('link', { name: 'click here' })).toHaveCount(0);
  const made = await page.evaluate(() => document.querySelectorAll('img[src="x"], a[href*="evil"]').length);
  expect(made).toBe(0);
}

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
  await ask('POST', `/projects/${project.id}/networks`, network, { name: markup, description: markup });
  await ask('POST', `/projects/${project.id}/images`, image, { name: markup, description: markup, diskFormat: 'raw' });

  const places = { project: project.id, server: server.id, group: group.id, domain: project.domainId };
  for (const { name, path } of allPages(places)) {
    await test.step(name, async () => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectOnlyText(page);
    });
  }
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
