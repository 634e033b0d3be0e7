import { randomUUID } from 'node:crypto';
import { anything, ask } from './fixtures/api.ts';
import { openid } from './fixtures/openid.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { createPerson } from './fixtures/project.ts';

test.use({ storageState: signedOut });

test('the provider’s button leads there, back and in; a stranger is told who they are, and whom to ask', async ({
  page,
  project,
}) => {
  const issuer = openid();
  await page.goto('/operate/hosts');
  const button = page.getByRole('link', { name: 'Sign in with Example SSO' });
  await button.click();
  await expect(page).toHaveTitle('Provider');
  await page.getByLabel('Who are you?').fill('ada');
  await page.getByRole('button', { name: 'Continue' }).click();
  const told = page.getByRole('alert').filter({ hasText: 'You have no account here.' });
  await expect(told).toContainText('ada@example.org');
  await expect(told).toContainText('Ask the cloud team');
  await expect(told).toContainText('subject-of-ada');
  const name = `ada of ${project.name}`;
  const { id } = await createPerson(name, 'member', project.id);
  await ask('POST', '/identity-links', anything, { userId: id, issuer, subject: 'subject-of-ada' });

  // The provider still knows who this is, and asks nothing.
  await button.click();
  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible();
  await page.getByRole('button', { name: `Account of ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  // The provider asks whether it should forget too, and sends back.
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(button).toBeVisible();
  await page.goto(`/?${randomUUID()}`);
  await expect(button).toBeVisible();
  await button.click();
  await expect(page.getByLabel('Who are you?')).toBeVisible();
});
