import { randomBytes, randomUUID } from 'node:crypto';
import type { MailServer } from '@unkai/testing/mail-server';
import { anything, ask } from './fixtures/api.ts';
import { letterTo, openMailbox } from './fixtures/mail.ts';
import { freshPage } from './fixtures/member.ts';
import { expect, test } from './fixtures/portal.ts';
import { expectDisabled, expectToast } from './fixtures/table.ts';

let mailbox: MailServer;
test.beforeAll(async () => {
  mailbox = await openMailbox();
});
test.afterAll(async () => {
  await ask('PATCH', '/sign-up-policy', anything, { mode: 'off' });
  await mailbox.close();
});

test('an operator lets people of two domains sign up: one of another domain is told, one of them has a project', async ({
  page,
  browser,
}) => {
  const word = randomBytes(3).toString('hex');
  const domains = [`${word}.example.org`, `${word}.example.com`];
  await ask('PATCH', '/sign-up-policy', anything, { mode: 'off' });

  await page.goto('/operate/sign-up');
  const form = page.getByRole('form', { name: 'Sign-up' });
  await expect(form.getByRole('radio', { name: /^Off/ })).toBeChecked();
  await form.getByRole('radio', { name: /^By e-mail domain/ }).click();
  const named = form.getByLabel('E-mail domains');
  await named.fill(' ');
  await expectDisabled(form.getByRole('button', { name: 'Save' }), 'Name at least one domain.');
  await named.fill('not a domain!');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(named).toHaveAttribute('aria-invalid', 'true');
  await named.fill(domains.join(', '));
  await form.getByRole('button', { name: 'Save' }).click();
  await expectToast(page, 'Sign-up is saved');
  await page.reload();
  await expect(form.getByRole('radio', { name: /^By e-mail domain/ })).toBeChecked();
  await expect(named).toHaveValue(domains.join(', '));

  const guest = await freshPage(browser);
  const address = guest.getByLabel('E-mail address');
  const create = guest.getByRole('button', { name: 'Create account' });
  await guest.goto('/sign-in');
  await guest.getByRole('link', { name: 'Create an account' }).click();
  await address.fill(`stranger@other-${word}.example.net`);
  await create.click();
  await expect(address).toHaveAttribute('aria-invalid', 'true');
  await expect(address).toHaveAccessibleDescription(/^must be an address at .*com\.$/i);
  // Once is enough: neither the help of the field nor the note below says it again.
  await expect(guest.getByText(/an address at/i)).toHaveCount(1);
  await expect(guest.getByRole('main').getByRole('alert')).toContainText('ask an operator of this cloud');

  const email = `ada@${domains[1]}`;
  await address.fill(email);
  await create.click();
  await expect(guest.getByRole('status').filter({ hasText: email })).toContainText('is on its way');
  await guest.goto((await letterTo(mailbox, email)).link);
  await guest.getByLabel('Name of your team').fill(`team-${word}`);
  await guest.getByLabel('New password').fill(randomUUID());
  await create.click();
  await guest.waitForURL(/\/projects\/[^/]+\/servers\/new$/);
  await guest.context().close();
});
