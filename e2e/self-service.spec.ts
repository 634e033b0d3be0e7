import { randomBytes, randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { page as pageOf } from '@unkai/contracts/primitives';
import { invite } from '@unkai/contracts/resources/invite';
import type { MailServer } from '@unkai/testing/mail-server';
import { expectAccessible } from './fixtures/accessibility.ts';
import { ask } from './fixtures/api.ts';
import { installation } from './fixtures/installation.ts';
import { letterTo, openMailbox } from './fixtures/mail.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { createPerson } from './fixtures/project.ts';
import { fillSignIn, signIn } from './fixtures/sign-in.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

test.use({ storageState: signedOut });

let mailbox: MailServer;
test.beforeAll(async () => {
  mailbox = await openMailbox();
});
test.afterAll(() => mailbox.close());

/** A browser of somebody else, who was never here. */
async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ storageState: signedOut, baseURL: installation().url });
  return context.newPage();
}

const members = (page: Page) => page.getByRole('table', { name: 'Members' });
const invites = (page: Page) => page.getByRole('table', { name: 'Invites' });

async function inviteByForm(page: Page, email: string, role: 'reader' | 'member'): Promise<void> {
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Role').selectOption(role);
  await dialog.getByLabel('Message').fill('Welcome to the shop.');
  await dialog.getByRole('button', { name: 'Send invite' }).click();
  await expectToast(page, `The invite to ${email} is sent`);
}

test('somebody is invited by letter, comes in as a reader, is promoted, and has a token that ends when it is revoked', async ({
  page,
  project,
  browser,
}) => {
  const word = randomBytes(3).toString('hex');
  const email = `guest-${word}@example.org`;
  const name = `guest-${word}`;
  const password = randomUUID();
  const lead = await createPerson(`lead-${word}`, 'manager', project.id);
  await signIn(page, lead);
  await page.goto(`/projects/${project.id}/members`);
  await inviteByForm(page, email, 'reader');
  await expectRowVisible(invites(page), { name: email, role: 'reader', state: 'waiting' });

  const letter = await letterTo(mailbox, email);
  expect(letter.subject).toBe(`${lead.name} invites you to ${project.name}`);
  expect(letter.text).toContain('They write: Welcome to the shop.');
  const guest = await freshPage(browser);
  await guest.goto(letter.link);
  await expect(guest.getByRole('heading', { level: 1, name: 'You are invited' })).toBeVisible();
  await expect(guest.getByText('Welcome to the shop.')).toBeVisible();
  expect(new URL(guest.url()).hash).toBe('');
  await expectAccessible(guest, 'Invite');
  await guest.getByLabel('Name', { exact: true }).fill(name);
  await guest.getByLabel('Password').fill(password);
  await guest.getByRole('button', { name: 'Make account and accept' }).click();
  await expect(guest.getByRole('button', { name: `Account of ${name}` })).toBeVisible();
  await expect(guest.getByRole('heading', { level: 1, name: project.name })).toBeVisible();
  const create = guest.getByRole('button', { name: 'Create server' });
  await expectDisabled(create, 'Your role here is reader; this needs member.');

  await expectRowVisible(members(page), { name, roles: 'reader' });
  await clickRowAction(members(page), name, 'Change role');
  const dialog = page.getByRole('dialog', { name: `Role of ${name}` });
  await dialog.getByLabel('Role', { exact: true }).selectOption('member');
  await dialog.getByRole('button', { name: 'Change role' }).click();
  await expectToast(page, `${name} is member, and it counts already`);
  // Who may is given a way there.
  await expect(guest.getByRole('main').getByRole('link', { name: 'Create server' }).first()).toBeVisible();

  await guest.goto(`/projects/${project.id}/members`);
  const needsManager = 'Your role here is member; this needs manager.';
  await expectDisabled(guest.getByRole('button', { name: 'Invite somebody' }), needsManager);
  await expect((await openRowMenu(members(guest), lead.name)).getByRole('menuitem').first()).toContainText(
    needsManager,
  );
  await guest.keyboard.press('Escape');
  await expect(invites(guest)).toHaveCount(0);

  await makeAndRevokeToken(guest);

  const late = await freshPage(browser);
  await late.goto(letter.link);
  await expect(late.getByRole('main').getByRole('alert')).toContainText('This link no longer counts');
  await expect(late.getByRole('main').getByRole('alert')).toContainText('was used already');
  await late.context().close();
  await guest.context().close();
});

async function makeAndRevokeToken(page: Page): Promise<void> {
  await page.goto('/profile/api-tokens');
  await page.getByRole('button', { name: 'New API token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('ci');
  await page.getByRole('button', { name: 'Make API token' }).click();
  const token = (await page.getByRole('figure', { name: 'API token' }).locator('code').textContent()) ?? '';
  await page.getByRole('checkbox', { name: 'I have kept the token' }).check();
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  const headers = { authorization: `Bearer ${token.trim()}` };
  const status = async () => (await fetch(`${installation().url}/v1/users/me`, { headers })).status;
  expect(await status()).toBe(200);
  await clickRowAction(page.getByRole('table', { name: 'API tokens' }), 'ci', 'Revoke');
  await page.getByRole('button', { name: 'Revoke API token' }).click();
  await expectToast(page, 'ci is revoked');
  expect(await status()).toBe(401);
}

test('who has an account accepts with it; an invite is sent again and revoked', async ({ page, project, browser }) => {
  const word = randomBytes(3).toString('hex');
  const lead = await createPerson(`lead-${word}`, 'manager', project.id);
  const other = await createPerson(`other-${word}`, 'reader', project.id);
  await signIn(page, lead);
  await page.goto(`/projects/${project.id}/members`);
  const email = `other-${word}@example.org`;
  await inviteByForm(page, email, 'member');
  const first = await letterTo(mailbox, email);
  await clickRowAction(invites(page), email, 'Send again');
  await expectToast(page, `The invite to ${email} is sent again`);
  await expect.poll(async () => (await letterTo(mailbox, email)).link).not.toBe(first.link);
  const second = await letterTo(mailbox, email);

  const guest = await freshPage(browser);
  await guest.goto(first.link);
  await expect(guest.getByRole('main').getByRole('alert')).toContainText('a newer link may have taken its place');
  await guest.goto('/sign-in');
  await guest.goto(second.link);
  await guest.getByRole('link', { name: 'Sign in to accept' }).click();
  // Both pages ask for a name and a password.
  await expect(guest.getByRole('heading', { level: 1, name: 'Sign in to Unkai' })).toBeVisible();
  await fillSignIn(guest, other);
  await guest.getByRole('button', { name: `Accept as ${other.name}` }).click();
  await expect(guest.getByRole('heading', { level: 1, name: project.name })).toBeVisible();
  await expectRowVisible(members(page), { name: other.name, roles: 'member' });

  const unwanted = `unwanted-${word}@example.org`;
  await inviteByForm(page, unwanted, 'reader');
  const link = (await letterTo(mailbox, unwanted)).link;
  await clickRowAction(invites(page), unwanted, 'Revoke');
  await page.getByRole('button', { name: 'Revoke invite' }).click();
  await expectToast(page, `The invite to ${unwanted} is revoked`);
  await expect(rowOf(invites(page), unwanted)).toHaveCount(0);
  await guest.goto('/');
  await guest.goto(link);
  await expect(guest.getByRole('main').getByRole('alert')).toContainText('was revoked');
  const { items } = await ask('GET', `/projects/${project.id}/invites?withEnded=true`, pageOf(invite));
  expect(items.map(({ state }) => state).toSorted()).toEqual(['accepted', 'revoked']);
  await guest.context().close();
});

test('the last manager of a project cannot leave it; who is taken out sees it no more', async ({
  page,
  project,
  browser,
}) => {
  const word = randomBytes(3).toString('hex');
  const lead = await createPerson(`lead-${word}`, 'manager', project.id);
  const other = await createPerson(`other-${word}`, 'reader', project.id);
  await signIn(page, lead);
  await page.goto(`/projects/${project.id}/members`);
  await page.getByRole('button', { name: 'Leave project' }).click();
  const confirm = page.getByRole('dialog', { name: 'Leave this project?' });
  await confirm.getByRole('button', { name: 'Leave project' }).click();
  await expect(confirm.getByRole('alert')).toContainText('Nobody would be left to manage this project.');
  await confirm.getByRole('button', { name: 'Keep it' }).click();

  const guest = await freshPage(browser);
  await signIn(guest, other);
  await guest.goto(`/projects/${project.id}/members`);
  await expect(members(guest)).toBeVisible();
  await clickRowAction(members(page), other.name, 'Take out of project');
  await page.getByRole('button', { name: 'Take out', exact: true }).click();
  await expectToast(page, `${other.name} is out of the project`);
  await expect(guest.getByRole('heading', { level: 1, name: 'There is no such project' })).toBeVisible();
  await guest.context().close();
});
