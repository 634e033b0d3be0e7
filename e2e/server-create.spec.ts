import { page as pageOf } from '@unkai/contracts/primitives';
import { flavor as flavorShape } from '@unkai/contracts/resources/flavor';
import { network as networkShape } from '@unkai/contracts/resources/network';
import { securityGroup } from '@unkai/contracts/resources/security-group';
import { anything, ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer } from './fixtures/server.ts';
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

test('a start-up script says how large it is as it is written, and one of more than 64 KiB is held back', async ({
  page,
  project,
}) => {
  await page.goto(`/projects/${project.id}/servers/new`);
  const create = page.getByRole('complementary', { name: 'Summary' }).getByRole('button', { name: 'Create server' });
  const section = page.getByRole('group').filter({ hasText: 'Start-up script' });
  await section.getByText('Start-up script').click();
  const script = page.getByLabel('User data');
  await expect(script).toHaveAccessibleDescription(/0 of 65,536 bytes/);
  // Two bytes for each of these letters, as they are sent.
  await script.fill('é'.repeat(10));
  await expect(script).toHaveAccessibleDescription(/Run as root at first boot\. 20 of 65,536 bytes/);
  await expect(section).toContainText('20 B');

  await script.fill('x'.repeat(64 * 1024));
  await expect(script).toHaveAccessibleDescription(/65,536 of 65,536 bytes/);
  await expect(script).not.toHaveAttribute('aria-invalid');
  await expect(create).not.toHaveAttribute('aria-disabled');
  await script.fill('x'.repeat(64 * 1024 + 1));
  await expect(script).toHaveAccessibleDescription(/65,537 of 65,536 bytes\. At most 64 KiB/);
  await expect(script).toHaveAttribute('aria-invalid', 'true');
  await expectDisabled(create, 'The start-up script is larger than 64 KiB.');
});

test('what a new server leaves of the quota stands beside the form, for each size; what does not fit says why', async ({
  page,
  project,
}) => {
  const { flavor } = await createServer(project.id, { name: 'first' });
  const { items } = await ask('GET', '/flavors', pageOf(flavorShape));
  const bySize = items.toSorted((one, other) => one.memoryMib - other.memoryMib);
  const [larger, largest] = [bySize[1], bySize.at(-1)];
  if (!larger || !largest) throw new Error('The installation has one flavor only.');
  // Room for one of the second size; the largest is too much.
  const limits = { servers: 3, vcpus: 40, memoryMib: flavor.memoryMib + larger.memoryMib };
  await ask('PATCH', `/projects/${project.id}/limits`, anything, { limits: { ...limits, ports: 2 } });

  await page.goto(`/projects/${project.id}/servers/new`);
  const summary = page.getByRole('complementary', { name: 'Summary' });
  const size = page.getByRole('radiogroup', { name: 'Size' });
  const after = (quota: string) => summary.getByRole('meter', { name: quota, exact: true });
  await expect(after('Servers')).toHaveText('2 of 3');
  for (const { name, vcpus, memoryMib } of [flavor, larger]) {
    await size.getByRole('radio', { name }).click();
    await expect(summary).toContainText(`${flavor.vcpus} + ${vcpus} of 40`);
    await expect(after('vCPU')).toHaveText(`${flavor.vcpus + vcpus} of 40`);
    await expect(after('Memory')).toHaveAttribute('value', String(flavor.memoryMib + memoryMib));
  }
  const tooLarge = size.getByRole('radio', { name: largest.name });
  await expect(tooLarge).toBeDisabled();
  await expect(tooLarge).toContainText(/^.*Needs .* of memory, .* left in the quota\./);
  await expect(after('Ports')).toHaveCount(0);

  // Another takes the last port meanwhile: the page hears of it.
  const network = await ask('GET', `/projects/${project.id}/networks`, pageOf(networkShape));
  await ask('POST', `/networks/${network.items[0]?.id}/ports`, anything, { name: 'taken' });
  await expect(after('Ports')).toHaveText('3 of 2');
  await expectDisabled(summary.getByRole('button', { name: 'Create server' }), /^Needs 1 port, 0 left in the quota\./);
});
