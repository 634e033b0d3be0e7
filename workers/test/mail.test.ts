import type { Core } from '@unkai/core/call';
import { commit } from '@unkai/core/database/database';
import { linkTo, queueMail } from '@unkai/core/mail/mail';
import { type Mailer, sendDueMails } from '@unkai/core/mail/mail-send';
import { mailSending } from '@unkai/core/reconcile/mail-sending';
import { type MailServer, startMailServer } from '@unkai/testing/mail-server';
import { freePort } from '@unkai/testing/services';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { smtpMailer } from '../src/mailer.ts';
import { openTestCloud, type TestCloud } from './test-cloud.ts';

let cloud: TestCloud;
let server: MailServer;
let mailer: Mailer;
beforeEach(async () => {
  [cloud, server] = await Promise.all([openTestCloud(), startMailServer()]);
  mailer = mailerFor(server.url);
});
afterEach(() => Promise.all([cloud.close(), server.close()]));

const mailerFor = (smtpUrl: string) => smtpMailer({ smtpUrl, from: 'Unkai <cloud@example.org>' });

const secret = 'ukv_a-secret-that-is-in-the-link';
function queue(core: Core, to = 'new@example.org', username = 'Ada'): Promise<string> {
  const link = linkTo(core, '/reset-password', secret);
  const values = { username, domain: 'Default', link, expiresAt: '2026-11-21T20:15:00.000Z' };
  return commit(core.database, (unit) => queueMail(unit, core, { to, template: 'password-reset', values }));
}
const read = (id: string) => cloud.core.database.prisma.mail.findUniqueOrThrow({ where: { id } });
/** As if the time until the next try were over. */
const makeDue = () => cloud.core.database.prisma.mail.updateMany({ data: { dueAt: new Date() } });

describe('letters', { timeout: 60_000 }, () => {
  test('come to a real mail server with their link, and what they say is then no longer kept', async () => {
    const { core } = cloud;
    const id = await queue(core, 'new@example.org', 'Zoë');
    expect(Buffer.from((await read(id)).sealedBody ?? []).includes(secret)).toBe(false);
    expect(await sendDueMails(core, mailer)).toBe(1);
    expect(server.received).toMatchObject([
      {
        from: 'cloud@example.org',
        to: ['new@example.org'],
        subject: 'Choose a new password',
        messageId: `<${id}@127.0.0.1>`,
        link: `http://127.0.0.1:7080/reset-password#${secret}`,
      },
    ]);
    expect(server.received[0]?.text).toContain('for Zoë in the domain Default');
    expect(await read(id)).toMatchObject({ state: 'sent', sealedBody: null, attempts: 1, lastError: null });
  });

  test('of a change that is undone are never sent', async () => {
    const { core } = cloud;
    const values = { username: 'Ada', domain: 'Default' };
    const undone = commit(core.database, async (unit) => {
      await queueMail(unit, core, { to: 'a@example.org', template: 'password-changed', values });
      throw new Error('the change failed');
    });
    await expect(undone).rejects.toThrow('the change failed');
    expect(await sendDueMails(core, mailer)).toBe(0);
  });

  test('are each sent once, by four workers at the same moment too', async () => {
    const ids = await Promise.all(Array.from({ length: 25 }, (_, index) => queue(cloud.core, `u${index}@example.org`)));
    const { run } = mailSending(mailer);
    await Promise.all(Array.from({ length: 4 }, () => run(cloud.core)));
    expect(server.received.map(({ messageId }) => messageId).toSorted()).toEqual(
      ids.map((id) => `<${id}@127.0.0.1>`).toSorted(),
    );
  });

  test('that a server has no time for are tried again later, and later still; nothing is lost', async () => {
    server.answerWith(451);
    const id = await queue(cloud.core);
    await sendDueMails(cloud.core, mailer);
    const first = await read(id);
    expect(first).toMatchObject({ state: 'queued', attempts: 1 });
    expect(first.lastError).toContain('not today');
    expect(await sendDueMails(cloud.core, mailer)).toBe(0);
    await makeDue();
    await sendDueMails(cloud.core, mailer);
    const second = await read(id);
    expect(second.dueAt.getTime() - Date.now()).toBeGreaterThan(first.dueAt.getTime() - first.createdAt.getTime());
    server.answerWith(null);
    await makeDue();
    await sendDueMails(cloud.core, mailer);
    expect(await read(id)).toMatchObject({ state: 'sent', attempts: 3 });
    expect(server.received).toHaveLength(1);
  });

  test('fail at once when the server says a clear no, and after some days when it never answers', async () => {
    server.answerWith(550);
    const refused = await queue(cloud.core);
    await sendDueMails(cloud.core, mailer);
    expect(await read(refused)).toMatchObject({ state: 'failed', attempts: 1 });
    const nobody = mailerFor(`smtp://127.0.0.1:${await freePort()}`);
    const unheard = await queue(cloud.core);
    for (let attempt = 1; (await read(unheard)).state === 'queued' && attempt < 20; attempt += 1) {
      await makeDue();
      await sendDueMails(cloud.core, nobody);
    }
    expect(await read(unheard)).toMatchObject({ state: 'failed', attempts: 10 });
  });

  test('wait when only our password for the mail server is wrong, which is not told in the reason', async () => {
    await using picky = await startMailServer({ auth: { user: 'unkai', password: 'p@ss word' } });
    const id = await queue(cloud.core);
    await sendDueMails(cloud.core, mailerFor(picky.url.replace('p%40ss', 'wrong-secret')));
    const row = await read(id);
    expect(row).toMatchObject({ state: 'queued' });
    expect(row.lastError).not.toContain('wrong-secret');
    await makeDue();
    await sendDueMails(cloud.core, mailerFor(picky.url));
    expect(picky.received).toHaveLength(1);
  });

  test('are held for the operators where there is no mail server, and go nowhere later by themselves', async () => {
    const id = await queue(cloud.core);
    await sendDueMails(cloud.core, null);
    expect(await read(id)).toMatchObject({ state: 'held', attempts: 0 });
    expect(await sendDueMails(cloud.core, mailer)).toBe(0);
  });

  test('A49: a name with line breaks or with addresses in it makes neither a header nor a recipient', async () => {
    const { core } = cloud;
    await queue(core, '"a,b@evil.example"@example.org');
    await expect(queue(core, 'a@example.org\r\nBcc: b@evil.example')).rejects.toThrow();
    await expect(queue(core, 'a@example.org, b@evil.example')).rejects.toThrow();
    await sendDueMails(core, mailer);
    expect(server.received.flatMap(({ to }) => to)).not.toContain('b@evil.example');
  });
});
