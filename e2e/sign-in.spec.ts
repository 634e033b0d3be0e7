import { installation } from './fixtures/installation.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { holdScripts, scriptsTimeout } from './fixtures/scripts.ts';
import { fillSignIn } from './fixtures/sign-in.ts';

test.use({ storageState: signedOut });

const admin = () => ({ name: 'admin', password: installation().adminPassword });

test('a wrong password is refused with what to do next, and the right one opens the portal', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle(/Sign in/);
  await fillSignIn(page, { name: 'admin', password: 'not-the-password' });
  await expect(page.getByRole('alert').filter({ hasText: 'password' })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('admin');

  await fillSignIn(page, admin());
  await expect(page.getByRole('button', { name: 'Account of admin' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('what is typed and sent before the scripts have come is not lost, and is in no address', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const release = await holdScripts(page);
  await page.goto('/sign-in?next=/operate/hosts', { waitUntil: 'commit' });
  await fillSignIn(page, admin());
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('admin');
  expect(new URL(page.url()).pathname).toBe('/sign-in');

  release();
  await expect(page.getByRole('heading', { name: 'Hosts' })).toBeVisible(scriptsTimeout);
  expect(asked.filter((url) => url.includes(encodeURIComponent(admin().password)))).toEqual([]);
});

test('what is typed before the scripts have come is still there for them', async ({ page }) => {
  const release = await holdScripts(page);
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.getByLabel('Name', { exact: true }).fill('admin');
  await page.getByText('My account is in another domain').click();
  await page.getByLabel('Domain').fill('default');

  release();
  await page.getByRole('button', { name: 'Sign in' }).click();
  // The form's own words: its script is there, and has drawn the page anew.
  await expect(page.getByText('Fill in your password.')).toBeVisible(scriptsTimeout);
  await expect(page.getByLabel('Password')).toBeFocused();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('admin');
  await expect(page.getByLabel('Domain')).toHaveValue('default');
  await fillSignIn(page, admin());
  await expect(page.getByRole('button', { name: 'Account of admin' })).toBeVisible();
});

test('signing out ends the session, also for who kept its cookie', async ({ page, context }) => {
  await page.goto('/sign-in');
  await fillSignIn(page, admin());
  const account = page.getByRole('button', { name: 'Account of admin' });
  await account.click();
  const kept = await context.cookies();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Unkai' })).toBeVisible();

  await page.goto('/operate/hosts');
  await expect(page.getByRole('heading', { name: 'Sign in to Unkai' })).toBeVisible();
  await context.addCookies(kept);
  const answer = await context.request.get('/v1/users/me');
  expect(answer.status()).toBe(401);
});

test('A38: after sign-in the portal never leaves its own origin, whatever the address says', async ({ page }) => {
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/%09/evil.example',
    '%2F%2Fevil.example',
  ]) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?next=${next}`);
    await fillSignIn(page, admin());
    await expect(page.getByRole('button', { name: 'Account of admin' })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(installation().url);
  }
});

test('who followed a link lands on its page after sign-in', async ({ page }) => {
  await page.goto('/operate/hosts');
  await fillSignIn(page, admin());
  await expect(page.getByRole('heading', { name: 'Hosts' })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/operate/hosts');
});
