import { createServer } from 'node:http';
import { z } from 'zod';
import { anything, ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectRowVisible, expectToast } from './fixtures/table.ts';

type Heard = { signature: string; body: string };

/** A receiver on this machine that answers as it is told to. */
async function listen(answer: { status: number }): Promise<{ url: string; heard: Heard[] } & AsyncDisposable> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    heard.push({ signature: String(request.headers['webhook-signature']), body: Buffer.concat(parts).toString() });
    response.writeHead(answer.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    heard,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('a webhook: made, tried, told what happens, failing, sent again, disabled and deleted', async ({
  page,
  project,
}) => {
  const answer = { status: 200 };
  await using receiver = await listen(answer);
  const deliveries = page.getByRole('table', { name: 'Deliveries' });

  await test.step('a bad address is named at its field', async () => {
    await page.goto(`/projects/${project.id}`);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Webhooks' }).click();
    await expect(page.getByText('No webhooks yet')).toBeVisible();
    await page.getByRole('button', { name: 'Create webhook' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Create webhook' });
    await dialog.getByLabel('Name').fill('chat');
    await dialog.getByLabel('Address').fill('http://user:secret@example.com/');
    await dialog.getByRole('button', { name: 'Create webhook' }).click();
    await expect(dialog.getByLabel('Address')).toHaveAccessibleDescription(/must not hold a user name or a password/i);
    for (const scheme of ['ftp', 'file', 'javascript']) {
      await dialog.getByLabel('Address').fill(`${scheme}://example.com/`);
      await dialog.getByRole('button', { name: 'Create webhook' }).click();
      await expect(dialog.getByLabel('Address')).toHaveAccessibleDescription(/must begin with https?:/i);
    }
    await dialog.getByLabel('Address').fill('http://169.254.169.254/');
    await dialog.getByRole('button', { name: 'Create webhook' }).click();
    await expect(dialog.getByLabel('Address')).toHaveAccessibleDescription(/must lead to a public address/i);
  });

  await test.step('made; its secret is shown once', async () => {
    const dialog = page.getByRole('dialog', { name: 'Create webhook' });
    await dialog.getByLabel('Address').fill(receiver.url);
    await dialog.getByRole('group', { name: 'network' }).getByLabel('created').check();
    await dialog.getByRole('group', { name: 'security-group' }).getByLabel('created').check();
    await dialog.getByRole('button', { name: 'Create webhook' }).click();
    const once = page.getByRole('dialog', { name: 'Keep the secret of chat' });
    await expect(once.getByText(/^whsec_/)).toBeVisible();
    await once.getByLabel('I have kept the secret').check();
    await once.getByRole('button', { name: 'Close' }).last().click();
    await expectRowVisible(page.getByRole('table', { name: 'Webhooks' }), { name: 'chat', state: 'enabled' });
  });

  await test.step('a test message arrives, and so does what happens', async () => {
    await page.getByRole('table', { name: 'Webhooks' }).getByRole('link', { name: 'chat' }).click();
    await page.getByRole('button', { name: 'Send test' }).click();
    await expectToast(page, 'A test message is on its way');
    await expectRowVisible(deliveries, { name: 'webhook.test', state: 'delivered' });
    await ask('POST', `/projects/${project.id}/networks`, anything, { name: 'shop' });
    await expectRowVisible(deliveries, { name: 'network.created', state: 'delivered' });
    expect(receiver.heard.map(({ body }) => JSON.parse(body).type)).toEqual(['webhook.test', 'network.created']);
    expect(receiver.heard[0]?.signature).toMatch(/^v1,/);
  });

  await test.step('a receiver that fails is told of, and gets the message when it is sent again', async () => {
    answer.status = 503;
    await ask('POST', `/projects/${project.id}/security-groups`, anything, { name: 'shop' });
    await expect(deliveries.getByRole('cell', { name: 'The receiver answered 503.' })).toBeVisible();
    await expect(page.getByText('failing').first()).toBeVisible();
    await clickRowAction(deliveries, 'security-group.created', 'Send again');
    await expectToast(page, 'It is on its way again');
    answer.status = 200;
    // Whether this attempt met the old answer or not: the next one arrives.
    await expect(deliveries.getByText('waiting')).toHaveCount(0, { timeout: 120_000 });
    await expect(deliveries.getByRole('cell', { name: 'The receiver answered 503.' })).toHaveCount(0);
  });

  await test.step('disabled, and deleted', async () => {
    await page.getByRole('button', { name: 'Disable' }).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: 'Disable webhook' })
      .click();
    await expectToast(page, 'chat is disabled');
    await expect(page.getByRole('button', { name: 'Enable' })).toBeVisible();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: 'Delete webhook' })
      .click();
    await expectToast(page, 'chat is deleted');
    await expect(page.getByText('No webhooks yet')).toBeVisible();
  });
});
