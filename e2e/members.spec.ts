import { randomBytes } from 'node:crypto';
import { page as pageOf } from '@unkai/contracts/primitives';
import { invite } from '@unkai/contracts/resources/invite';
import { changeInstallation } from '@unkai/testing/installation-database';
import type { MailServer } from '@unkai/testing/mail-server';
import { anything, ask } from './fixtures/api.ts';
import { installation } from './fixtures/installation.ts';
import { letterTo, openMailbox } from './fixtures/mail.ts';
import { freshPage, inviteByForm, invitesOf, membersOf } from './fixtures/member.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { createPerson } from './fixtures/project.ts';
import { fillSignIn, signIn } from './fixtures/sign-in.ts';
import { clickRowAction, expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

test.use({ storageState: signedOut });

let mailbox: MailServer;
test.beforeAll(async () => {
  mailbox = await openMailbox();
});
test.afterAll(() => mailbox.close());

test('who has an account accepts with it; an invite is sent again and revoked', async ({ page, project, browser }) => {
  const word = randomBytes(3).toString('hex');
  const lead = await createPerson(`lead-${word}`, 'manager', project.id);
  const other = await createPerson(`other-${word}`, 'reader', project.id);
  await signIn(page, lead);
  await page.goto(`/projects/${project.id}/members`);
  const email = `other-${word}@example.org`;
  await inviteByForm(page, email, 'member');
  const first = await letterTo(mailbox, email);
  await clickRowAction(invitesOf(page), email, 'Send again');
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
  await expectRowVisible(membersOf(page), { name: other.name, roles: 'member' });
  // Who invited is told.
  const bell = page.getByRole('button', { name: /^Notifications, \d+ unread$/ });
  await expect(bell).toBeVisible();
  await bell.click();
  const told = page.getByRole('dialog', { name: 'Notifications' });
  await expect(told.getByRole('link', { name: `${other.name} accepted your invite to ${project.name}` })).toBeVisible();
  await page.keyboard.press('Escape');

  // A link counts once.
  await guest.goto('/sign-in');
  await guest.goto(second.link);
  await expect(guest.getByRole('main').getByRole('alert')).toContainText('was used');

  // Who is a member is not invited, which the form says at its field.
  await ask('PATCH', `/users/${other.id}`, anything, { email });
  await page.getByRole('button', { name: 'Invite somebody' }).first().click();
  const form = page.getByRole('dialog', { name: 'Invite somebody' });
  await form.getByLabel('E-mail').fill(email);
  await form.getByRole('button', { name: 'Send invite' }).click();
  await expect(form.getByLabel('E-mail')).toHaveAccessibleDescription(/who has a role on .* already/i);
  await form.getByRole('button', { name: 'Cancel' }).click();

  const unwanted = `unwanted-${word}@example.org`;
  await inviteByForm(page, unwanted, 'reader');
  const link = (await letterTo(mailbox, unwanted)).link;
  await clickRowAction(invitesOf(page), unwanted, 'Revoke');
  await page.getByRole('button', { name: 'Revoke invite' }).click();
  await expectToast(page, `The invite to ${unwanted} is revoked`);
  await expect(rowOf(invitesOf(page), unwanted)).toHaveCount(0);
  await guest.goto('/');
  await guest.goto(link);
  await expect(guest.getByRole('main').getByRole('alert')).toContainText('was revoked');

  const late = `late-${word}@example.org`;
  await inviteByForm(page, late, 'reader');
  const expired = (await letterTo(mailbox, late)).link;
  // As if it had been sent a month ago.
  const [before, month] = ['created_at, sent_at, expires_at', "interval '30 days'"];
  const past = `UPDATE invite SET (${before}) = (created_at - ${month}, sent_at - ${month}, expires_at - ${month})`;
  expect(await changeInstallation(installation().home, `${past} WHERE email = $1`, [late])).toBe(1);
  await guest.goto('/');
  await guest.goto(expired);
  await expect(guest.getByRole('main').getByRole('alert')).toContainText('expired');
  await expect(guest.getByRole('button', { name: /accept/i })).toHaveCount(0);
  await page.reload();
  await expectRowVisible(invitesOf(page), { name: late, state: 'expired' });
  const { items } = await ask('GET', `/projects/${project.id}/invites?withEnded=true`, pageOf(invite));
  expect(items.map(({ state }) => state).toSorted()).toEqual(['accepted', 'expired', 'revoked']);
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
  await expect(membersOf(guest)).toBeVisible();
  await clickRowAction(membersOf(page), other.name, 'Take out of project');
  await page.getByRole('button', { name: 'Take out', exact: true }).click();
  await expectToast(page, `${other.name} is out of the project`);
  await expect(guest.getByRole('heading', { level: 1, name: 'There is no such project' })).toBeVisible();
  await guest.context().close();
});
