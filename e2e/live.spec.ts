import { server } from '@unkai/contracts/resources/server';
import { ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer, expectServerState } from './fixtures/server.ts';

test('what changes after a page has its answers and before it hears of changes is shown all the same', async ({
  page,
  project,
}) => {
  const { id } = await createServer(project.id, { name: 'before' });
  await expectServerState(id, 'running');
  const isOpen = Promise.withResolvers<void>();
  await page.route(/\/v1\/projects\/[^/]+\/events$/, async (route) => {
    await isOpen.promise;
    await route.continue();
  });
  await page.goto(`/projects/${project.id}/servers/${id}`);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toContainText('before');
  await ask('PATCH', `/servers/${id}`, server, { name: 'between' });
  isOpen.resolve();
  await expect(heading).toContainText('between');
  // From here on it hears of each change by itself.
  await ask('PATCH', `/servers/${id}`, server, { name: 'after' });
  await expect(heading).toContainText('after');
});
