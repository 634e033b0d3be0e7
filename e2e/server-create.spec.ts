import { page as pageOf } from '@unkai/contracts/primitives';
import { securityGroup } from '@unkai/contracts/resources/security-group';
import { ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { expectDisabled } from './fixtures/table.ts';

test('H20: a server is made with SSH let in from one address: what is added is said before, and only added once', async ({
  page,
  project,
}) => {
  await page.goto(`/projects/${project.id}/servers/new`);
  const summary = page.getByRole('complementary', { name: 'Summary' });
  const create = summary.getByRole('button', { name: 'Create server' });
  const allow = page.getByRole('checkbox', { name: /^Allow SSH/ });
  await page.getByLabel('Name', { exact: true }).fill('reachable');

  await test.step('without a group there is nothing to add a rule to', async () => {
    const group = page.getByRole('checkbox', { name: 'default' }).last();
    await group.click();
    await expect(allow).toBeDisabled();
    await expect(allow).toHaveAccessibleDescription(/^Choose a security group first/);
    await group.click();
  });

  await test.step('an address is needed, and a wrong one is said at its field before a server is made', async () => {
    await allow.check();
    const from = page.getByLabel('SSH from');
    await from.fill('');
    await expectDisabled(create, 'Write the address that SSH is allowed from.');
    await from.fill('203.0.113.777');
    await create.click();
    await expect(from).toHaveAttribute('aria-invalid', 'true');
    await from.fill('203.0.113.7');
    await expect(allow).toHaveAccessibleDescription(
      'Adds “tcp 22 from 203.0.113.7/32” to the security group default, for every server in it, just before the server is made.',
    );
  });

  await test.step('the same as commands, the rule first', async () => {
    await summary.getByRole('button', { name: 'Show as curl or openstack' }).click();
    const dialog = page.getByRole('dialog', { name: 'The same from a terminal' });
    const command = dialog.getByRole('figure', { name: 'Command' });
    await expect(command).toContainText(/"remotePrefix": "203.0.113.7\/32"[\s\S]*\/servers/);
    await dialog.getByRole('button', { name: 'openstack' }).click();
    await expect(command).toContainText(/--remote-ip 203.0.113.7\/32[\s\S]*openstack server create[\s\S]*-- reachable/);
    await page.keyboard.press('Escape');
  });

  await create.click();
  await expect(page.getByRole('heading', { level: 1, name: 'reachable' })).toBeVisible();
  const { items } = await ask('GET', `/projects/${project.id}/security-groups`, pageOf(securityGroup));
  expect(items[0]?.rules.filter(({ direction }) => direction === 'ingress')).toMatchObject([
    { protocol: 'tcp', portMin: 22, portMax: 22, remotePrefix: '203.0.113.7/32' },
  ]);

  await page.goto(`/projects/${project.id}/servers/new`);
  await allow.check();
  await page.getByLabel('SSH from').fill('203.0.113.7');
  await expect(allow).toHaveAccessibleDescription('Allowed already: tcp 22 from 203.0.113.7/32. Nothing is added.');
});
