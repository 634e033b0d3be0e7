import type { Locator, Page } from '@playwright/test';
import { anything, ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { expectDisabled, expectRowVisible, expectToast } from './fixtures/table.ts';

// A test that ends half-way leaves its default to nobody else.
test.afterAll(() => ask('PATCH', '/quota-defaults', anything, { limits: { serverGroups: null } }));

const inMain = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).first();

type Case = { at: string; open: string; title: string; quota: string };

/** Every form of a project, or of one’s own, that makes what a quota limits; those of servers and invites have a spec each. */
const forms: readonly Case[] = [
  { at: 'networks', open: 'Create network', title: 'Create network', quota: 'Networks' },
  { at: 'ports', open: 'Create port', title: 'Create port', quota: 'Ports' },
  { at: 'routers', open: 'Create router', title: 'Create router', quota: 'Routers' },
  { at: 'floating-ips', open: 'Take floating IP', title: 'Take floating IP', quota: 'Floating IPs' },
  { at: 'security-groups', open: 'Create security group', title: 'Create security group', quota: 'Security groups' },
  { at: 'server-groups', open: 'Create server group', title: 'Create server group', quota: 'Server groups' },
  { at: 'images', open: 'Create image', title: 'Create image', quota: 'Images' },
  { at: 'webhooks', open: 'Create webhook', title: 'Create webhook', quota: 'Webhooks' },
  { at: 'key-pairs', open: 'New key pair', title: 'New key pair', quota: 'Key pairs of each user' },
];

/** Expects used, needed and limit, as `2 + 1 of 10`. */
async function expectNeeds(dialog: Locator, quota: string): Promise<void> {
  const note = dialog.getByRole('region', { name: 'Quota after this' });
  await expect(note.getByText(quota, { exact: true })).toBeVisible();
  await expect(note).toContainText(/\d+ \+ [1-9]\d* of \d+/);
}

test('H9: every form says what it needs, what is used and what is allowed', async ({ page, project }) => {
  for (const { at, open, title, quota } of forms) {
    await test.step(title, async () => {
      await page.goto(`/projects/${project.id}/${at}`);
      await inMain(page, open).click();
      await expectNeeds(page.getByRole('dialog', { name: title }), quota);
      await page.keyboard.press('Escape');
    });
  }
  await test.step('Create subnet', async () => {
    await page.goto(`/projects/${project.id}/networks`);
    await page.getByRole('link', { name: 'default', exact: true }).click();
    await inMain(page, 'Create subnet').click();
    await expectNeeds(page.getByRole('dialog', { name: 'Create subnet' }), 'Subnets');
  });
  await test.step('Add rule', async () => {
    await page.goto(`/projects/${project.id}/security-groups`);
    await page.getByRole('link', { name: 'default', exact: true }).click();
    await inMain(page, 'Add rule').click();
    await expectNeeds(page.getByRole('dialog', { name: 'Add rule' }), 'Security group rules');
  });
  await test.step('New API token', async () => {
    await page.goto('/profile/api-tokens');
    await inMain(page, 'New API token').click();
    await expectNeeds(page.getByRole('dialog', { name: 'New API token' }), 'API tokens of each user');
  });
});

test('H11: a floating IP and an image have their price in the form', async ({ page, project }) => {
  const prices = [
    { kind: 'floating-ip', price: '0.002' },
    { kind: 'image', price: '0.0001' },
  ];
  await ask('POST', '/price-lists', anything, { name: `addresses of ${project.name}`, currency: 'EUR', prices });
  await page.goto(`/projects/${project.id}/floating-ips`);
  await inMain(page, 'Take floating IP').click();
  await expect(page.getByRole('dialog')).toContainText('€0.002 an hour, about €1.46 a month');
  await page.goto(`/projects/${project.id}/images`);
  await inMain(page, 'Create image').click();
  await expect(page.getByRole('dialog')).toContainText('€0.0001 per GiB an hour');
});

test('what does not fit says so before it is tried; what is one’s own counts wherever one works', async ({
  page,
  project,
}) => {
  await ask('PATCH', `/projects/${project.id}/limits`, anything, { limits: { securityGroupRules: 3, keyPairs: 0 } });
  await page.goto(`/projects/${project.id}/security-groups`);
  await page.getByRole('link', { name: 'default', exact: true }).click();
  await inMain(page, 'Add rule').click();
  const dialog = page.getByRole('dialog', { name: 'Add rule' });
  await dialog.getByRole('button', { name: 'Both' }).click();
  await expectDisabled(dialog.getByRole('button', { name: 'Add rule' }), 'Security group rules: needs 2, used 2 of 3.');
  // The operator reaches other projects too, and the highest limit of theirs counts.
  await page.goto(`/projects/${project.id}/key-pairs`);
  await inMain(page, 'New key pair').click();
  await expectNeeds(page.getByRole('dialog', { name: 'New key pair' }), 'Key pairs of each user');
});

test('operators set what all projects may, and one of its own; the nearest counts', async ({ page, project }) => {
  const table = page.getByRole('table', { name: 'Quota defaults' });
  const dialog = page.getByRole('dialog');
  const setDefault = async (amount: string) => {
    await page.getByRole('button', { name: 'Set defaults' }).click();
    await dialog.getByLabel(/^Server groups/).fill(amount);
    await dialog.getByRole('button', { name: 'Set defaults' }).click();
    await expectToast(page, 'The limits count from now on');
  };
  await page.goto('/operate/quota-defaults');
  await expectRowVisible(table, { name: 'Server groups', 'said by': 'as Unkai begins' });
  await setDefault('7');
  await expectRowVisible(table, { name: 'Server groups', limit: '7', 'said by': 'said of all projects' });

  await page.goto(`/projects/${project.id}/quotas`);
  const groups = page.getByRole('meter', { name: 'Server groups', exact: true });
  await expect(groups).toHaveText('0 of 7');
  await page.getByRole('button', { name: 'Set limits' }).click();
  await dialog.getByLabel(/^Server groups/).fill('-3');
  await expect(dialog.getByLabel(/^Server groups/)).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel(/^Server groups/).fill('3');
  await dialog.getByRole('button', { name: 'Set limits' }).click();
  await expect(groups).toHaveText('0 of 3');

  await page.goto('/operate/quota-defaults');
  await setDefault('');
  await expectRowVisible(table, { name: 'Server groups', limit: '10', 'said by': 'as Unkai begins' });
});

test('an absurd amount is said at its field and not sent; an emptied one follows what was said above it again', async ({
  page,
  project,
}) => {
  const own = (limits: object) => ask('PATCH', `/projects/${project.id}/limits`, anything, { limits });
  await own({ servers: 3 });
  await page.goto(`/projects/${project.id}/quotas`);
  const servers = page.getByRole('meter', { name: 'Servers', exact: true });
  await expect(servers).toHaveText('0 of 3');
  await page.getByRole('button', { name: 'Set limits' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set limits' });
  const field = dialog.getByLabel(/^Servers/);
  const memory = dialog.getByLabel(/^Memory \(GiB\)/);
  const set = dialog.getByRole('button', { name: 'Set limits' });
  for (const absurd of ['9e99', '1.5', '-3', 'many']) {
    await field.fill(absurd);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/Write a whole number, such as 20\./);
    await expectDisabled(set, 'Servers: Write a whole number, such as 20.');
  }
  await field.fill('99999999999');
  await set.click();
  await expect(field).toHaveAccessibleDescription(/must be at most 2147483647/i);
  await expect(field).toBeFocused();
  await field.fill('');
  await memory.fill('1.5e3');
  await expect(memory).toHaveAccessibleDescription(/Write a number of GiB, such as 20 or 0\.5\./);
  await memory.fill('0.5');
  await set.click();
  await expect(servers).toHaveText(/^0 of (?!3$)/);
  await expect(page.getByRole('meter', { name: 'Memory', exact: true })).toHaveText('0 B of 512 MiB');

  await page.getByRole('button', { name: 'Ask for more' }).click();
  const request = page.getByRole('dialog', { name: 'Ask for more' });
  await request.getByLabel('Servers', { exact: true }).fill('1.5');
  await request.getByLabel('What it is for').fill('The sale in spring');
  await expectDisabled(request.getByRole('button', { name: 'Ask for more' }), /^Servers: Write a whole number/);
});
