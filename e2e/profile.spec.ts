import { chmod } from 'node:fs/promises';
import type { Locator, Page, TestInfo } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { expectAccessible } from './fixtures/accessibility.ts';
import { anything, ask } from './fixtures/api.ts';
import { execute } from './fixtures/command.ts';
import { installation } from './fixtures/installation.ts';
import { pick } from './fixtures/pick.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { createPerson, createProject } from './fixtures/project.ts';
import { fillSignIn, signIn } from './fixtures/sign-in.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

test.use({ storageState: signedOut });

let person: Awaited<ReturnType<typeof createPerson>>;
test.beforeEach(async ({ page, project }) => {
  person = await createPerson(`ada of ${project.name}`, 'member', project.id);
  await signIn(page, person);
});

/** Opens a page of the profile as people do. */
async function openProfile(page: Page, tab: string): Promise<void> {
  await page.getByRole('button', { name: `Account of ${person.name}` }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  await page.getByRole('navigation', { name: 'Profile' }).getByRole('link', { name: tab }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: `Account of ${person.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Unkai' })).toBeVisible();
}

async function textOf(figure: Locator): Promise<string> {
  return (await figure.textContent())?.trim() ?? '';
}

/** Presses the button that saves a file, and gives where it is now. */
async function download(page: Page, name: string, info: TestInfo): Promise<string> {
  const begun = page.waitForEvent('download');
  await page.getByRole('button', { name: `Download ${name}` }).click();
  const file = info.outputPath(name);
  await (await begun).saveAs(file);
  await chmod(file, 0o600);
  return file;
}

const issueToken = ['openstack', 'token', 'issue', '-f', 'value', '-c', 'project_id'] as const;

/** The project that OpenStack's client is in after a shell has sourced the file, with `typed` at its prompts. */
async function projectBy(openrc: string, typed: readonly string[], info: TestInfo): Promise<string> {
  const script = 'source "$0" <<<"$1" >/dev/null; shift; "$@"';
  const env = { PATH: process.env['PATH'], HOME: info.outputPath() };
  return (await execute(['bash', '-c', script, openrc, typed.join('\n'), ...issueToken], env)).trim();
}

/** Takes what is shown once: its text, and the dialog away. */
async function keep(page: Page, { title, text, kept }: { title: string | RegExp; text: string; kept: string }) {
  const once = page.getByRole('dialog', { name: title });
  const shown = await textOf(once.getByRole('figure', { name: text, exact: true }));
  await expectDisabled(once.getByRole('button', { name: 'Close' }).last(), 'Tick that you have kept it first.');
  await once.getByRole('checkbox', { name: kept }).check();
  await once.getByRole('button', { name: 'Close' }).last().click();
  await expect(once).toBeHidden();
  return shown;
}

test('one-time codes are asked for after the password, and a recovery code stands in for one, once', async ({
  page,
  project,
}, info) => {
  await openProfile(page, 'Password and codes');
  await page.getByRole('button', { name: 'Set up one-time codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up one-time codes' });
  await expect(dialog.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  const secret = (await textOf(dialog.getByRole('figure', { name: 'Secret' }))).replaceAll(/\s/g, '');
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  // The code of the coming step counts already, and still when that has begun meanwhile.
  const code = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
  await dialog.getByLabel('Code from the app').fill(code(0));
  await dialog.getByRole('button', { name: 'Turn on one-time codes' }).click();
  const kept = { title: 'Keep your recovery codes', text: 'Recovery codes', kept: 'I have kept the recovery codes' };
  const recoveryCodes = (await keep(page, kept)).split('\n');
  expect(recoveryCodes).toHaveLength(10);
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
  await signOut(page);

  // Back to the page that was asked for, by the code.
  await page.goto('/profile/sessions');
  await fillSignIn(page, person);
  const oneTimeCode = page.getByLabel('One-time code');
  await expect(oneTimeCode).toBeFocused();
  await expect(oneTimeCode).toHaveAttribute('autocomplete', 'one-time-code');
  await expectAccessible(page, 'second step of signing in');
  await oneTimeCode.focus();
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await expect(oneTimeCode).toHaveAccessibleDescription(/does not fit, or was used before/);
  await expect(oneTimeCode).toBeFocused();
  await page.keyboard.type(code(1));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Sessions' })).toBeVisible();
  await signOut(page);

  const [recoveryCode = '', another = ''] = recoveryCodes;
  const withRecoveryCode = async () => {
    await fillSignIn(page, person);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(recoveryCode.toLowerCase());
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await withRecoveryCode();
  await openProfile(page, 'OpenStack clients');
  const openrc = await download(page, 'openrc', info);
  expect(await projectBy(openrc, [person.password, another], info)).toBe(project.id);
  await signOut(page);
  await withRecoveryCode();
  await expect(page.getByLabel('Recovery code')).toHaveAccessibleDescription(/does not fit, or was used before/);
});

test('a new password ends the other session at once; this one stays, and is the only one', async ({
  page,
  browser,
}) => {
  const elsewhere = await browser.newContext({ baseURL: installation().url, storageState: signedOut });
  await signIn(await elsewhere.newPage(), person);
  await openProfile(page, 'Sessions');
  const sessions = page.getByRole('table', { name: 'Sessions' });
  await expect(sessions.getByRole('rowheader')).toHaveText([/Chrome on Linux/, /Chrome on Linux/]);
  await expect(sessions.getByText('this one')).toHaveCount(1);

  await page.getByRole('link', { name: 'Password and codes' }).click();
  const newPassword = `${person.password}, but another`;
  const change = async (currentPassword: string) => {
    await page.getByLabel('Present password').fill(currentPassword);
    await page.getByLabel('New password').fill(newPassword);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await change('not the password');
  await expect(page.getByLabel('Present password')).toHaveAccessibleDescription('This is not the present password.');
  expect((await elsewhere.request.get('/v1/users/me')).status()).toBe(200);
  await change(person.password);
  await expectToast(page, 'Your password is changed');
  // Told as changed, it has ended: no second look is needed.
  expect((await elsewhere.request.get('/v1/users/me')).status()).toBe(401);

  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(sessions.getByRole('rowheader')).toHaveCount(1);
  await expectDisabled(page.getByRole('button', { name: 'Sign out all others' }), 'This is your only session.');
  await signIn(await elsewhere.newPage(), { ...person, password: newPassword });
  await elsewhere.close();
});

test('an API token does what was ticked, with the curl that comes with it, until it is revoked', async ({
  page,
  project,
}) => {
  await openProfile(page, 'API tokens');
  await page.getByRole('button', { name: 'New API token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New API token' });
  await dialog.getByLabel('Name').fill('ci');
  await pick(page, dialog, 'Project', project.name);
  await expect(dialog.getByRole('combobox', { name: 'Project' })).toHaveAccessibleDescription(
    /^It reaches nothing outside this project/,
  );
  await dialog.getByRole('button', { name: 'Chosen' }).click();
  await expectDisabled(dialog.getByRole('button', { name: 'Make API token' }), 'Tick what it may do.');
  await dialog.getByRole('group', { name: 'server', exact: true }).getByRole('checkbox', { name: 'read' }).check();
  await dialog.getByRole('button', { name: 'Make API token' }).click();
  const command = await textOf(page.getByRole('figure', { name: 'Command' }));
  const token = await keep(page, { title: 'Keep the token ci', text: 'API token', kept: 'I have kept the token' });

  expect(await execute(['bash', '-c', `${command} --silent`])).toContain(person.name);
  const status = async (path: string) => {
    const authorization = `Authorization: Bearer ${token}`;
    const url = `${installation().url}/v1${path}`;
    return execute([
      'curl',
      '--silent',
      '--output',
      '/dev/null',
      '--write-out',
      '%{http_code}',
      '-H',
      authorization,
      url,
    ]);
  };
  expect(await status(`/projects/${project.id}/servers`)).toBe('200');
  expect(await status(`/projects/${project.id}/networks`)).toBe('403');

  await page.reload();
  const tokens = page.getByRole('table', { name: 'API tokens' });
  await expectRowVisible(tokens, {
    name: 'ci',
    'may do': '1 permission',
    project: project.name,
    expires: /in \d+ (d|mo)/,
  });
  await expect(rowOf(tokens, 'ci')).not.toContainText('never');
  await clickRowAction(tokens, 'ci', 'Revoke');
  await page.getByRole('button', { name: 'Revoke API token' }).click();
  await expectToast(page, 'ci is revoked');
  expect(await status(`/projects/${project.id}/servers`)).toBe('401');
});

test('the openstack client signs in with the clouds.yaml of a new application credential, and by openrc', async ({
  page,
  project,
}, info) => {
  // The last by name, so that it is in no form before it is chosen.
  const second = await createProject(`z-${project.name}`);
  await ask('POST', '/role-assignments', anything, { userId: person.id, role: 'member', projectId: second.id });
  await page.reload();
  await openProfile(page, 'Application credentials');
  await page.getByRole('button', { name: 'New application credential' }).click();
  const dialog = page.getByRole('dialog', { name: 'New application credential' });
  await dialog.getByLabel('Name').fill('deploy');
  await pick(page, dialog, 'Project', second.name);
  await dialog.getByRole('checkbox', { name: 'member' }).uncheck();
  await dialog.getByRole('button', { name: 'Make application credential' }).click();
  const once = page.getByRole('dialog', { name: 'Keep the secret of deploy' });
  await expect(once).toBeVisible();
  const OS_CLIENT_CONFIG_FILE = await download(page, 'clouds.yaml', info);
  await keep(page, { title: /deploy/, text: 'Secret', kept: 'I have kept the secret' });
  const table = page.getByRole('table', { name: 'Application credentials' });
  await expectRowVisible(table, { name: 'deploy', roles: 'reader', project: second.name });
  await expect(rowOf(table, 'deploy')).not.toContainText('member');

  // What opened a dialog has the focus again when it closes.
  const another = page.getByRole('button', { name: 'New application credential' });
  await another.click();
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(another).toBeFocused();

  await page.getByRole('link', { name: 'OpenStack clients' }).click();
  await pick(page, page, 'Project', second.name);
  const openrc = await download(page, 'openrc', info);
  const env = { PATH: process.env['PATH'], HOME: info.outputPath(), OS_CLIENT_CONFIG_FILE, OS_CLOUD: 'unkai' };
  // Both at once: most of it is the client's own start.
  const projects = await Promise.all([execute(issueToken, env), projectBy(openrc, [person.password], info)]);
  expect(projects.map((id) => id.trim())).toEqual([second.id, second.id]);
});
