import { randomBytes, randomUUID } from 'node:crypto';
import { page as pageOf } from '@unkai/contracts/primitives';
import { invite } from '@unkai/contracts/resources/invite';
import { network } from '@unkai/contracts/resources/network';
import { anything, ask } from './fixtures/api.ts';
import { openMailbox } from './fixtures/mail.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { createPerson } from './fixtures/project.ts';
import { fillSignIn, signIn } from './fixtures/sign-in.ts';
import { clickRowAction, expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

const word = () => randomBytes(3).toString('hex');

test.describe('before sign-in', () => {
  test.use({ storageState: signedOut });

  test('where nobody signs up there is no way to it, and its page says so', async ({ page }) => {
    await ask('PATCH', '/sign-up-policy', anything, { mode: 'off' });
    await page.goto('/sign-in');
    await expect(page.getByRole('link', { name: 'Forgot your password?' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Create an account' })).toHaveCount(0);
    await page.goto('/sign-up');
    await expect(page.getByRole('main')).toContainText('Nobody can sign up here.');
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await ask('PATCH', '/sign-up-policy', anything, { mode: 'open' });
    await page.goto('/sign-in');
    await expect(page.getByRole('link', { name: 'Create an account' })).toBeVisible();
    await ask('PATCH', '/sign-up-policy', anything, { mode: 'off' });
  });

  test('a password that has expired is changed at sign-in, and by nobody who does not know it', async ({
    page,
    project,
  }) => {
    const person = await createPerson(`late-${word()}`, 'reader', project.id);
    const passwordExpiresAt = new Date(0).toISOString();
    await ask('PATCH', `/users/${person.id}`, anything, { passwordExpiresAt });
    await page.goto('/sign-in');
    await fillSignIn(page, { name: person.name, password: randomUUID() });
    await expect(page.getByRole('alert').filter({ hasText: 'password' })).toBeVisible();
    const next = page.getByRole('textbox', { name: 'New password' });
    await expect(next).toHaveCount(0);
    await fillSignIn(page, person);
    await expect(page.getByText(`The password of ${person.name} is right, and has expired.`)).toBeVisible();
    const change = page.getByRole('button', { name: 'Change password and sign in' });
    await next.fill(person.password);
    await change.click();
    await expect(next).toHaveAccessibleDescription(/another than the present password/);
    const password = randomUUID();
    await next.fill(password);
    await change.click();
    await expect(page.getByRole('button', { name: `Account of ${person.name}` })).toBeVisible();
    await page.context().clearCookies();
    await signIn(page, { name: person.name, password });
  });

  test('who leaves a project or a domain sees it no more', async ({ page, project }) => {
    const person = await createPerson(`leaver-${word()}`, 'manager', project.id);
    await createPerson(`stays-${word()}`, 'manager', project.id);
    const ofDomain = { userId: person.id, role: 'reader', domainId: project.domainId };
    await ask('POST', '/role-assignments', anything, ofDomain);
    await signIn(page, person);
    await page.goto(`/domains/${project.domainId}/users`);
    await page.getByRole('button', { name: 'Leave domain' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave domain' }).click();
    await expectToast(page, 'You have left the domain');
    await page.goto(`/projects/${project.id}/members`);
    await page.getByRole('button', { name: 'Leave project' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave project' }).click();
    await page.waitForURL((url) => !url.pathname.includes(project.id));
    await page.goto(`/projects/${project.id}`);
    await expect(page.getByRole('heading', { level: 1, name: 'There is no such project' })).toBeVisible();
  });

  test('what one did is on one’s own page, wherever it was; what others did is not', async ({ page, project }) => {
    const person = await createPerson(`doer-${word()}`, 'member', project.id);
    await ask('POST', `/projects/${project.id}/networks`, network, { name: 'of-another' });
    await signIn(page, person);
    await page.goto(`/projects/${project.id}/networks`);
    await page.getByRole('button', { name: 'Create network' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('of-my-own');
    await dialog.getByLabel('Range of addresses').fill('10.5.0.0/24');
    await dialog.getByRole('button', { name: 'Create network' }).click();
    await expectToast(page, 'of-my-own is ready');
    await page.goto('/profile/activity');
    const table = page.getByRole('table', { name: 'Activity' });
    const line = table.getByRole('row').filter({ hasText: 'created network of-my-own' });
    await expect(line).toContainText(project.name);
    await page.getByRole('searchbox', { name: 'Filter by person, action or name' }).fill('of-another');
    await expect(page.getByText('Nothing like this happened yet.')).toBeVisible();
  });
});

test('the outbox says what waits and why; what is sent again goes, and what is forgotten is gone', async ({
  page,
  project,
}) => {
  const email = `reader-${word()}@example.org`;
  const asked = { projectId: project.id, email, role: 'reader', message: '', expiresInDays: 7 };
  // Nobody listens at the mail server's port as long as no spec holds it.
  await ask('POST', '/invites', invite.partial(), asked);
  await page.goto('/operate/mail');
  const table = page.getByRole('table', { name: 'Mail' });
  await expectRowVisible(table, { name: email, state: 'queued', subject: /invite/i });
  await expectRowVisible(
    table,
    { name: email, 'what the server said': /refused|reached|connect/i },
    { timeout: 90_000 },
  );
  const mailbox = await openMailbox();
  try {
    await clickRowAction(table, email, 'Send now');
    await expectRowVisible(table, { name: email, state: 'sent' }, { timeout: 90_000 });
    expect(mailbox.received.some(({ to }) => to.includes(email))).toBe(true);
  } finally {
    await mailbox.close();
  }
  await clickRowAction(table, email, 'Forget');
  await expect(rowOf(table, email)).toHaveCount(0);
  const { items } = await ask('GET', `/projects/${project.id}/invites`, pageOf(invite));
  expect(items).toHaveLength(1);
});
