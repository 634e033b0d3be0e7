import type { Page } from '@playwright/test';
import {
  consoleClose,
  consoleSubprotocol,
  consoleTokenSubprotocolPrefix,
} from '@unkai/contracts/resources/console-session';
import { picture, screenConsole, serialConsole, typeLine } from './fixtures/console.ts';
import { expect, test } from './fixtures/portal.ts';
import { killProgram } from './fixtures/program.ts';
import { createServer, expectServerState, guestTimeout } from './fixtures/server.ts';

/** With what a page opened a console: the address and the one-time token. */
type Way = { url: string; token: string };

/** How the page opens its consoles from now on, in their order, as it goes over the wire. */
async function waysOf(page: Page): Promise<Way[]> {
  const ways: Way[] = [];
  const urls = new Map<string, string>();
  const browser = await page.context().newCDPSession(page);
  browser.on('Network.webSocketCreated', ({ requestId, url }) => urls.set(requestId, url));
  browser.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, request }) => {
    const protocols = request.headers['Sec-WebSocket-Protocol']?.split(', ') ?? [];
    const token = protocols.find((protocol) => protocol.startsWith(consoleTokenSubprotocolPrefix));
    if (token) ways.push({ url: urls.get(requestId) ?? '', token });
  });
  await browser.send('Network.enable');
  return ways;
}

/** The code with which the gateway ends a console that somebody opens in this way. */
function closeCode(page: Page, { url, token }: Way): Promise<number> {
  return page.evaluate(
    ([address = '', ...protocols]) =>
      new Promise<number>((resolve) => {
        new WebSocket(address, protocols).addEventListener('close', ({ code }) => resolve(code));
      }),
    [url, consoleSubprotocol, token],
  );
}

/** Ends the gateway, and expects the page to say so and to come back by a token that was not used before. */
async function expectReconnected(page: Page, ways: readonly Way[]): Promise<void> {
  const state = page.getByRole('main').getByRole('status');
  await expect(state).toHaveText('connected');
  const used = ways.at(-1);
  if (used === undefined) throw new Error('The page opened no console.');
  killProgram('console');
  await expect(state).toHaveText(/^(reconnecting in \d+ s|connecting)$/);
  await expect(state).toHaveText('connected', guestTimeout);
  expect(ways.at(-1)).not.toEqual(used);
  expect(new Set(ways.map(({ token }) => token)).size).toBe(ways.length);
  expect(await closeCode(page, used)).toBe(consoleClose.tokenSpent.code);
}

test('H17: both consoles come back by themselves when they are cut, each time with a new token that counts once', async ({
  page,
  project,
}) => {
  const { id } = await createServer(project.id, { name: 'cut-off' });
  await expectServerState(id, 'running');
  const ways = await waysOf(page);

  await test.step('the serial console', async () => {
    await page.goto(`/projects/${project.id}/servers/${id}/console?kind=serial`);
    await expect(serialConsole(page)).toContainText('login:', guestTimeout);
    await expectReconnected(page, ways);
    const prompts = async () => ((await serialConsole(page).textContent()) ?? '').split('login:').length;
    const before = await prompts();
    await typeLine(page, '');
    await expect.poll(prompts, guestTimeout).toBeGreaterThan(before);
  });

  await test.step('the screen', async () => {
    ways.length = 0;
    await page.getByRole('button', { name: 'Screen', exact: true }).click();
    const screen = screenConsole(page);
    await expect.poll(async () => (await picture(screen)).colours, guestTimeout).toBeGreaterThan(1);
    await expectReconnected(page, ways);
    await expect.poll(async () => (await picture(screen)).colours, guestTimeout).toBeGreaterThan(1);
    await expect(page.getByRole('button', { name: 'Ctrl-Alt-Del' })).not.toHaveAttribute('aria-disabled');
  });
});
