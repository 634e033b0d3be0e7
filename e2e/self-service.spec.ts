import { randomBytes, randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { page as pageOf } from '@unkai/contracts/primitives';
import { flavor } from '@unkai/contracts/resources/flavor';
import type { MailServer } from '@unkai/testing/mail-server';
import { expectAccessible } from './fixtures/accessibility.ts';
import { anything, ask } from './fixtures/api.ts';
import { execute } from './fixtures/command.ts';
import { installation } from './fixtures/installation.ts';
import { letterTo, openMailbox } from './fixtures/mail.ts';
import { freshPage, inviteByForm, invitesOf, membersOf } from './fixtures/member.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import type { Person } from './fixtures/project.ts';
import { deleteServers, guestTimeout } from './fixtures/server.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu } from './fixtures/table.ts';

test.use({ storageState: signedOut });

let mailbox: MailServer;
test.beforeAll(async () => {
  mailbox = await openMailbox();
  await ask('PATCH', '/sign-up-policy', anything, { mode: 'open' });
});
test.afterAll(async () => {
  await ask('PATCH', '/sign-up-policy', anything, { mode: 'off' });
  await mailbox.close();
});

const main = (page: Page) => page.getByRole('main');
const inRail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });

/** Every flavor costs ten a second from now on, so that what ran for a moment is seen in the costs. */
async function setPrices(name: string): Promise<void> {
  const flavors = await ask('GET', '/flavors?limit=1000', pageOf(flavor));
  const prices = flavors.items.map(({ name: item }) => ({ kind: 'server', item, price: '36000' }));
  await ask('POST', '/price-lists', anything, { name, currency: 'EUR', prices });
}

/** Signs up with an address, and gives the project that the link of the letter leads to. */
async function signUp(page: Page, { name: email, password }: Person, team: string): Promise<string> {
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('status').filter({ hasText: email })).toContainText('is on its way');
  const { link } = await letterTo(mailbox, email);
  await page.goto(link);
  await page.getByLabel('Name of your team').fill(team);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/projects\/[^/]+\/servers\/new$/);
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Makes the server of the form that is open, with a key pair that is made on the way, and waits until it runs. */
async function makeServer(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'New key pair' }).click();
  const dialog = page.getByRole('dialog', { name: 'New key pair' });
  await dialog.getByRole('button', { name: 'Generate here' }).click();
  await dialog.getByLabel('Name').fill('laptop');
  await dialog.getByRole('button', { name: 'Generate key pair' }).click();
  const kept = page.getByRole('dialog', { name: 'Keep the private key of laptop' });
  await kept.getByRole('checkbox', { name: 'I have kept the private key' }).check();
  await kept.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('checkbox', { name: 'laptop' })).toBeChecked();
  const summary = page.getByRole('complementary', { name: 'Summary' });
  await expect(summary).toContainText('€36,000.00 an hour');
  await summary.getByRole('button', { name: 'Create server' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(main(page).getByText('running').first()).toBeVisible(guestTimeout);
}

/** Makes an account by the link of an invite; the project that it is to opens. */
async function acceptInvite(page: Page, link: string, { name, password }: Person): Promise<void> {
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'You are invited' })).toBeVisible();
  await expect(page.getByText('Welcome to the shop.')).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  await expectAccessible(page, 'Invite');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Make account and accept' }).click();
  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible();
}

async function promote(page: Page, name: string): Promise<void> {
  await expectRowVisible(membersOf(page), { name, roles: 'reader' });
  await clickRowAction(membersOf(page), name, 'Change role');
  const dialog = page.getByRole('dialog', { name: `Role of ${name}` });
  await dialog.getByLabel('Role', { exact: true }).selectOption('member');
  await dialog.getByRole('button', { name: 'Change role' }).click();
  await expectToast(page, `${name} is member, and it counts already`);
}

async function askForServers(page: Page, amount: string): Promise<void> {
  await inRail(page, 'Quotas').click();
  await page.getByRole('button', { name: 'Ask for more' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask for more' });
  await dialog.getByLabel('Servers', { exact: true }).fill(amount);
  await dialog.getByLabel('What it is for').fill('The sale in spring');
  await dialog.getByRole('button', { name: 'Ask for more' }).click();
  await expectToast(page, 'The operators were asked');
}

async function approve(page: Page, team: string): Promise<void> {
  await page.goto('/operate/quota-requests');
  const request = page.getByRole('listitem').filter({ hasText: `in ${team}` });
  await expect(request).toContainText('The sale in spring');
  await request.getByRole('button', { name: 'Approve' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve for default' });
  await dialog.getByLabel('Answer').fill('Have fun');
  await dialog.getByRole('button', { name: 'Approve request' }).click();
  await expectToast(page, 'Answered; the requester was told');
}

/** Sets a budget on the page *Cost*, which is open. */
async function setBudget(page: Page, amount: string): Promise<void> {
  await page.getByRole('button', { name: 'Set budget' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set budget' });
  await dialog.getByLabel('Amount (EUR)').fill(amount);
  await dialog.getByRole('button', { name: 'Set budget' }).click();
  await expectToast(page, 'The budget is set');
}

/** What the API answers to curl with a token, as a number. */
async function curlStatus(token: string, path: string): Promise<string> {
  const write = ['--silent', '--output', '/dev/null', '--write-out', '%{http_code}'];
  return execute(['curl', ...write, '-H', `Authorization: Bearer ${token}`, `${installation().url}/v1${path}`]);
}

async function makeToken(page: Page): Promise<string> {
  await page.goto('/profile/api-tokens');
  await page.getByRole('button', { name: 'New API token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('ci');
  await page.getByRole('button', { name: 'Make API token' }).click();
  const token = (await page.getByRole('figure', { name: 'API token' }).locator('code').textContent()) ?? '';
  await page.getByRole('checkbox', { name: 'I have kept the token' }).check();
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  return token.trim();
}

async function revokeToken(page: Page): Promise<void> {
  await clickRowAction(page.getByRole('table', { name: 'API tokens' }), 'ci', 'Revoke');
  await page.getByRole('button', { name: 'Revoke API token' }).click();
  await expectToast(page, 'ci is revoked');
}

test('from a stranger to a team: signed up, invited, promoted, charged, given more, and a token that ends', async ({
  page,
  browser,
  admin,
}) => {
  test.slow();
  const word = randomBytes(3).toString('hex');
  const team = `team-${word}`;
  const founder = { name: `founder-${word}@example.org`, password: randomUUID() };
  const friend = { name: `friend-${word}`, password: randomUUID() };
  const email = `${friend.name}@example.org`;
  await setPrices(team);
  const guest = await freshPage(browser);
  const operator = await freshPage(browser, admin);

  const firstServerLimit = { timeout: 60_000 };
  const signedUpWithServer = async () => {
    const made = await test.step('signed up: the letter leads to the form for the first server', () =>
      signUp(page, founder, team));
    await test.step('the first server, with a key pair made on the way', () => makeServer(page, 'web-1'));
    return made;
  };
  const project = await test.step('a stranger has a server in under a minute', signedUpWithServer, firstServerLimit);

  await test.step('a second person is invited, and comes in by a browser that was never here', async () => {
    await inRail(page, 'Members').click();
    await inviteByForm(page, email, 'reader');
    await expectRowVisible(invitesOf(page), { name: email, role: 'reader', state: 'waiting' });
    const letter = await letterTo(mailbox, email);
    expect(letter.subject).toBe(`${founder.name} invites you to default`);
    await acceptInvite(guest, letter.link, friend);
    await expect(guest.getByRole('heading', { level: 1, name: 'default' })).toBeVisible();
    const late = await freshPage(browser);
    await late.goto(letter.link);
    await expect(main(late).getByRole('alert')).toContainText(/This link no longer counts[\s\S]*was used already/);
    await late.context().close();
  });

  await test.step('a reader sees what there is, and why nothing can be changed', async () => {
    const needsMember = 'Your role here is reader; this needs member.';
    await expectDisabled(guest.getByRole('button', { name: 'Create server' }), needsMember);
    await inRail(guest, 'Servers').click();
    await expect(guest.getByRole('table', { name: 'Servers' }).getByRole('link', { name: 'web-1' })).toBeVisible();
    await expectDisabled(main(guest).getByRole('button', { name: 'Create server' }), needsMember);
    await inRail(guest, 'Quotas').click();
    await expectDisabled(guest.getByRole('button', { name: 'Ask for more' }), needsMember);
    await inRail(guest, 'Members').click();
    const needsManager = 'Your role here is reader; this needs manager.';
    await expectDisabled(guest.getByRole('button', { name: 'Invite somebody' }), needsManager);
    await expect((await openRowMenu(membersOf(guest), founder.name)).getByRole('menuitem').first()).toContainText(
      needsManager,
    );
    await guest.keyboard.press('Escape');
    await expect(invitesOf(guest)).toHaveCount(0);
  });

  await test.step('promoted, they make a server of their own', async () => {
    await inRail(guest, 'Servers').click();
    await promote(page, friend.name);
    // Who may is given a way there, without a reload.
    await main(guest).getByRole('link', { name: 'Create server' }).first().click();
    await makeServer(guest, 'web-2');
  });

  await test.step('the costs and the activity of the project show it', async () => {
    await inRail(page, 'Cost').click();
    const costs = page.getByRole('table', { name: 'Cost by resource' });
    await expectRowVisible(costs, { name: 'web-1', 'price per hour': '€36,000.00', cost: /€[1-9]/ });
    await expectRowVisible(costs, { name: 'web-2', cost: /€[1-9]/ }, { timeout: 60_000 });
    await setBudget(page, '2');
    await inRail(page, 'Activity').click();
    const made = page.getByRole('table', { name: 'Activity' }).getByRole('row', { name: /created server web-2/ });
    await expect(made).toContainText(friend.name);
    await expect(made).toContainText('done');
  });

  await test.step('more is asked for, and given by an operator; both read of it', async () => {
    await askForServers(guest, '77');
    await approve(operator, team);
    await expect(guest.getByRole('listitem').filter({ hasText: 'Have fun' })).toContainText('Approved');
    await expect(guest.getByRole('meter', { name: 'Servers', exact: true })).toHaveText('2 of 77');
    // The letter before it was the invite.
    await expect.poll(async () => (await letterTo(mailbox, email)).text, guestTimeout).toContain('77');
  });

  await test.step('a token works with curl until it is revoked, and never after', async () => {
    const token = await makeToken(guest);
    expect(await curlStatus(token, `/projects/${project}/servers`)).toBe('200');
    await revokeToken(guest);
    expect(await curlStatus(token, `/projects/${project}/servers`)).toBe('401');
  });

  await test.step('the budget is used up, which its manager is told at the bell and by letter', async () => {
    await expect
      .poll(async () => (await letterTo(mailbox, founder.name)).subject, guestTimeout)
      .toMatch(/100 % of the budget/);
    await page.getByRole('button', { name: /^Notifications/ }).click();
    const told = page.getByRole('dialog', { name: 'Notifications' });
    await told.getByRole('link', { name: '100 % of the budget of default is used' }).click();
    const panel = page.getByRole('region', { name: 'Budget' });
    await expect(panel.getByRole('list', { name: 'Told at' }).getByRole('listitem').last()).toContainText(
      'reached, told',
    );
    await expectAccessible(page, 'Cost with a budget');
  });

  await deleteServers(project);
  for (const each of [guest, operator]) await each.context().close();
});
