import { randomUUID } from 'node:crypto';
import { picture, screenConsole, serialConsole, typeLine } from './fixtures/console.ts';
import { expect, signedOut, test } from './fixtures/portal.ts';
import { createPerson, createProject } from './fixtures/project.ts';
import { createServer, expectServerState, guestTimeout } from './fixtures/server.ts';
import { signIn } from './fixtures/sign-in.ts';
import { expectDisabled, openRowMenu } from './fixtures/table.ts';

test.use({ storageState: signedOut });

const reason = 'Your role here is reader; this needs member.';

test('a reader sees what there is; what needs another role is there, disabled, with the reason', async ({
  page,
  project,
}) => {
  const server = await createServer(project.id, { name: 'look-only' });
  await signIn(page, await createPerson(`reader of ${project.name}`, 'reader', project.id));
  await expect(page.getByRole('heading', { level: 1, name: project.name })).toBeVisible();
  await expectDisabled(page.getByRole('button', { name: 'Create server' }), reason);

  await page.goto(`/projects/${project.id}/servers`);
  await expectDisabled(page.getByRole('button', { name: 'Create server' }), reason);
  await page.keyboard.press('c');
  const menu = await openRowMenu(page.getByRole('table', { name: 'Servers' }), 'look-only');
  for (const action of ['Start', 'Stop', 'Reboot', 'Delete']) {
    const item = menu.getByRole('menuitem', { name: action });
    await expect(item).toHaveAttribute('aria-disabled', 'true');
    await expect(item).toContainText(reason);
  }
  expect(new URL(page.url()).pathname).toBe(`/projects/${project.id}/servers`);

  await page.goto(`/projects/${project.id}/servers/${server.id}`);
  const main = page.getByRole('main');
  for (const action of ['Start', 'Stop', 'Reboot', 'Delete', 'Rename server']) {
    await expectDisabled(main.getByRole('button', { name: action, exact: true }), reason);
  }
  await page.goto(`/projects/${project.id}/servers/new`);
  const summary = page.getByRole('complementary', { name: 'Summary' });
  await expectDisabled(summary.getByRole('button', { name: 'Create server' }), reason);
  await page.goto(`/projects/${project.id}/networks`);
  await expectDisabled(page.getByRole('button', { name: 'Create network' }), reason);
  await page.goto(`/projects/${project.id}/security-groups`);
  await expectDisabled(page.getByRole('button', { name: 'Create security group' }), reason);
  await page.getByRole('link', { name: 'default' }).click();
  for (const action of ['Add rule', 'Delete']) {
    await expectDisabled(page.getByRole('main').getByRole('button', { name: action, exact: true }), reason);
  }
});

test('a reader sees both consoles of a server and types into neither', async ({ page, project }) => {
  const { id } = await createServer(project.id, { name: 'look-only' });
  await expectServerState(id, 'running');
  await signIn(page, await createPerson(`reader of ${project.name}`, 'reader', project.id));
  await page.goto(`/projects/${project.id}/servers/${id}/console?kind=serial`);
  const main = page.getByRole('main');
  await expect(main.getByText('connected', { exact: true })).toBeVisible(guestTimeout);
  await expect(main.getByText('to look at only', { exact: true })).toBeVisible();
  await expectDisabled(main.getByRole('button', { name: 'Paste' }), reason);
  await expect(serialConsole(page)).toContainText(/login:\s*$/, guestTimeout);
  await typeLine(page, 'root');

  await main.getByRole('button', { name: 'Screen', exact: true }).click();
  await expect.poll(async () => (await picture(screenConsole(page))).colours, guestTimeout).toBeGreaterThan(1);
  await expectDisabled(main.getByRole('button', { name: 'Ctrl-Alt-Del' }), reason);
  await main.getByRole('button', { name: 'Serial', exact: true }).click();
  await expect(main.getByText('connected', { exact: true })).toBeVisible(guestTimeout);
  await expect(serialConsole(page)).not.toContainText('Password:');
});

test('what is somebody else’s is not found, like what does not exist', async ({ page, project }) => {
  const other = await createProject(`${project.name}-other`);
  await signIn(page, await createPerson(`member of ${project.name}`, 'member', project.id));
  for (const id of [other.id, randomUUID(), 'not-an-id']) {
    for (const place of ['', '/servers/new']) {
      await page.goto(`/projects/${id}${place}`);
      await expect(page.getByRole('heading', { level: 1, name: 'There is no such project' })).toBeVisible();
    }
  }
  await page.goto(`/projects/${project.id}/servers/${randomUUID()}`);
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such server' })).toBeVisible();
});

test('who operates nothing does not see the hosts, nor a way to them', async ({ page, project }) => {
  await signIn(page, await createPerson(`admin of ${project.name}`, 'admin', project.id));
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Hosts' })).toHaveCount(0);
  await page.goto('/operate/hosts');
  await expect(page.getByRole('heading', { name: 'You cannot see the hosts of this cloud' })).toBeVisible();
});
