import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { domain } from '@unkai/contracts/resources/domain';
import { group } from '@unkai/contracts/resources/group';
import { project } from '@unkai/contracts/resources/project';
import { user } from '@unkai/contracts/resources/user';
import { expectAccessible } from './fixtures/accessibility.ts';
import { anything, ask } from './fixtures/api.ts';
import { pick } from './fixtures/pick.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { createServer, deleteServers, portsOf } from './fixtures/server.ts';
import { fillSignIn } from './fixtures/sign-in.ts';
import { clickRowAction, expectDisabled, expectRowVisible, openRowMenu, rowOf } from './fixtures/table.ts';

const password = 'long enough to be one';

/** Signs in as somebody of another domain than the first. */
async function signInFrom(page: Page, of: { domain: string; name: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByText('My account is in another domain').click();
  await page.getByLabel(/^Domain/).fill(of.domain);
  await fillSignIn(page, { name: of.name, password });
  await expect(page.getByRole('button', { name: `Account of ${of.name}` })).toBeVisible();
}

function goTo(page: Page, name: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
}

async function find(page: Page, words: string) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and actions' }).fill(words);
}

test('an operator makes a domain with its people and projects, and gives a role that is inherited', async ({
  page,
}) => {
  const word = randomBytes(3).toString('hex');
  await page.goto('/operate/domains');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Create domain' }).click();
  await dialog.getByLabel('Name').fill(`acme-${word}`);
  await dialog.getByRole('button', { name: 'Create domain' }).click();
  await page
    .getByRole('table', { name: 'Domains' })
    .getByRole('link', { name: `acme-${word}` })
    .click();

  await expect(page.getByRole('heading', { name: 'No projects yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Create project' }).first().click();
  await dialog.getByLabel('Name').fill(`shop-${word}`);
  await dialog.getByLabel('Tags').fill('prod, eu');
  await dialog.getByRole('button', { name: 'Create project' }).click();
  const projects = page.getByRole('table', { name: 'Projects' });
  await clickRowAction(projects, `shop-${word}`, 'Create project below');
  await dialog.getByLabel('Name').fill(`staging-${word}`);
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expectRowVisible(projects, { name: `staging-${word}`, state: 'enabled' });
  const menu = await openRowMenu(projects, `shop-${word}`);
  await expect(menu.getByRole('menuitem', { name: 'Delete' })).toContainText(
    `The project staging-${word} is below it.`,
  );
  await page.keyboard.press('Escape');

  await goTo(page, 'Users');
  await page.getByRole('button', { name: 'Create user' }).first().click();
  await dialog.getByLabel('Name').fill('ada');
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(rowOf(page.getByRole('table', { name: 'Users' }), 'ada')).toBeVisible();

  await goTo(page, 'Groups');
  await page.getByRole('button', { name: 'Create group' }).first().click();
  await dialog.getByLabel('Name').fill('developers');
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await page.getByRole('link', { name: 'developers' }).click();
  await page.getByRole('button', { name: 'Add a user' }).click();
  await pick(page, dialog, 'User', 'ada');
  await dialog.getByRole('button', { name: 'Add to group' }).click();
  await expect(rowOf(page.getByRole('table', { name: 'Users in the group' }), 'ada')).toBeVisible();
  await page.getByRole('button', { name: 'Give a role' }).click();
  await dialog.getByRole('combobox', { name: 'Role' }).selectOption('member');
  await pick(page, dialog, 'Where', `shop-${word}`);
  await dialog.getByRole('checkbox', { name: 'Inherited' }).click();
  await expectAccessible(page, 'Give a role');
  await dialog.getByRole('button', { name: 'Give role' }).click();

  await page.getByRole('table', { name: 'Users in the group' }).getByRole('link', { name: 'ada' }).click();
  const counts = page.getByRole('table', { name: 'Roles that count' });
  await expect(rowOf(counts, 'member')).toContainText(`the project staging-${word}`);
  await expect(rowOf(counts, 'member')).toContainText(
    `through the group developers, inherited from the project shop-${word}`,
  );
  await expectAccessible(page, 'User');
});

test('who was given a role in a group switches projects, finds servers by address, and loses it all at once', async ({
  browser,
  baseURL,
}) => {
  const word = randomBytes(3).toString('hex');
  const { id: domainId } = await ask('POST', '/domains', domain, { name: `acme-${word}` });
  const shop = await ask('POST', '/projects', project, { domainId, name: 'shop' });
  const staging = await ask('POST', '/projects', project, { domainId, name: 'staging', parentId: shop.id });
  const ada = await ask('POST', '/users', user, { domainId, name: 'ada', password });
  const team = await ask('POST', '/groups', group, { domainId, name: 'developers' });
  await ask('POST', `/groups/${team.id}/members`, anything, { userId: ada.id });
  const given = { groupId: team.id, role: 'member' };
  await ask('POST', '/role-assignments', anything, { ...given, projectId: shop.id });
  const lasting = { parse: (value: unknown) => domain.pick({ id: true }).parse(value) };
  const below = await ask('POST', '/role-assignments', lasting, { ...given, projectId: shop.id, isInherited: true });
  const server = await createServer(staging.id, { name: 'till-1' });
  const [port] = await portsOf(server);

  const context = await browser.newContext({ ...(baseURL && { baseURL }), storageState: signedOut });
  const page = await context.newPage();
  await signInFrom(page, { domain: `acme-${word}`, name: 'ada' });
  await page.goto(`/projects/${shop.id}/servers`);
  await page.getByRole('button', { name: /^Project Acme|acme-.* shop$/i }).click();
  await page.getByRole('combobox', { name: 'Find a project or a domain' }).fill('stag');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/projects/${staging.id}/servers`);
  await expect(rowOf(page.getByRole('table', { name: 'Servers' }), 'till-1')).toBeVisible();

  await goTo(page, 'Members');
  await expect(rowOf(page.getByRole('table', { name: 'Members' }), 'ada')).toContainText(
    'through the group developers',
  );
  await find(page, port?.addresses[0]?.address ?? 'no address');
  await page.getByRole('option', { name: /^till-1/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'till-1' })).toBeVisible();
  await find(page, 'security gr');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Security groups' })).toBeVisible();

  await ask('DELETE', `/role-assignments/${below.id}`, anything);
  // Nobody touches the page: it hears that its project is closed.
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such project' })).toBeVisible();
  await find(page, 'till-1');
  await expect(page.getByRole('dialog', { name: 'Search and actions' })).toContainText('Nothing that you may see');
  await context.close();
  await deleteServers(staging.id);
});

test('a manager of a domain sees and manages that domain, and nothing beyond', async ({ browser, baseURL }) => {
  const word = randomBytes(3).toString('hex');
  const { id: domainId } = await ask('POST', '/domains', domain, { name: `acme-${word}` });
  const other = await ask('POST', '/domains', domain, { name: `other-${word}` });
  await ask('POST', '/users', user, { domainId: other.id, name: `stranger-${word}` });
  const grace = await ask('POST', '/users', user, { domainId, name: 'grace', password });
  await ask('POST', '/role-assignments', anything, { userId: grace.id, role: 'manager', domainId });

  const context = await browser.newContext({ ...(baseURL && { baseURL }), storageState: signedOut });
  const page = await context.newPage();
  await signInFrom(page, { domain: `acme-${word}`, name: 'grace' });
  await expect(page).toHaveURL(`/domains/${domainId}/projects`);
  await page.goto(`/domains/${other.id}/users`);
  await expect(page.getByRole('heading', { name: 'You cannot see this domain' })).toBeVisible();
  await page.goto('/operate/domains');
  await expect(rowOf(page.getByRole('table', { name: 'Domains' }), `acme-${word}`)).toBeVisible();
  await expect(rowOf(page.getByRole('table', { name: 'Domains' }), `other-${word}`)).toHaveCount(0);
  await expectDisabled(page.getByRole('button', { name: 'Create domain' }), 'This needs the role admin on the system.');
  await find(page, `stranger-${word}`);
  await expect(page.getByRole('dialog', { name: 'Search and actions' })).toContainText('Nothing that you may see');
  await page.keyboard.press('Escape');

  await goTo(page, 'Role assignments');
  await expectRowVisible(page.getByRole('table', { name: 'Role assignments' }), {
    name: 'grace',
    role: 'manager',
    where: `the domain acme-${word}`,
  });
  await page.getByRole('button', { name: 'Give a role' }).click();
  const admin = page.getByRole('dialog').getByRole('combobox', { name: 'Role' }).getByRole('option', { name: 'admin' });
  await expect(admin).toBeDisabled();
  await context.close();
});

test('keys that are pressed alone can be turned off', async ({ page, project: { id } }) => {
  await page.goto(`/projects/${id}/servers`);
  await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await help.getByRole('checkbox', { name: 'Single keys do something' }).click();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search and actions' })).toBeFocused();
  await expect(help).toBeHidden();
  await page.getByRole('combobox', { name: 'Search and actions' }).fill('keyboard');
  await page.keyboard.press('Enter');
  await help.getByRole('checkbox', { name: 'Single keys do something' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
});
