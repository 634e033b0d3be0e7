import { network } from '@unkai/contracts/resources/network';
import { ask } from './fixtures/api.ts';
import { apiOf } from './fixtures/api-session.ts';
import { expect, test } from './fixtures/portal.ts';
import { createPerson } from './fixtures/project.ts';

test('every change and every refused attempt is in the activity, as it happens, and can be searched', async ({
  page,
  project,
}) => {
  const reader = await createPerson(`reader of ${project.name}`, 'reader', project.id);
  await page.goto(`/projects/${project.id}/activity`);
  const table = page.getByRole('table', { name: 'Activity' });
  await expect(table.getByRole('row', { name: `created project ${project.name}` })).toBeVisible();

  await ask('POST', `/projects/${project.id}/networks`, network, { name: 'seen-live' });
  await expect(table.getByRole('row', { name: 'created network seen-live' })).toContainText('done');
  const params = { path: { projectId: project.id } };
  const body = { name: 'not-allowed' };
  const { response } = await (await apiOf(reader)).POST('/projects/{projectId}/networks', { params, body });
  expect(response.status).toBe(403);
  const refused = table.getByRole('row', { name: 'tried to create network' });
  await expect(refused).toContainText(reader.name);
  await expect(refused).toContainText('refused');

  await page.getByRole('searchbox', { name: 'Filter by person, action or name' }).fill('seen-live');
  await expect(refused).toHaveCount(0);
  await expect(table.getByRole('row', { name: 'created network seen-live' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('searchbox', { name: 'Filter by person, action or name' })).toHaveValue('seen-live');
  await expect(table.getByRole('rowheader')).toHaveCount(1);
});
