import { expect, test } from './fixtures/portal.ts';
import { createServer, expectServerState } from './fixtures/server.ts';

test('a server is renamed in place: what is wrong is said, Escape keeps the old name', async ({ page, project }) => {
  const { id } = await createServer(project.id, { name: 'web-1' });
  await expectServerState(id, 'running');
  await page.goto(`/projects/${project.id}/servers/${id}`);
  const heading = page.getByRole('heading', { level: 1 });
  const rename = page.getByRole('button', { name: 'Rename server' });
  const field = page.getByRole('form', { name: 'Rename server' }).getByLabel('Name', { exact: true });
  await rename.click();
  await expect(field).toBeFocused();
  await field.fill('never');
  await page.keyboard.press('Escape');
  await expect(heading).toContainText('web-1');
  await expect(rename).toBeFocused();

  await rename.click();
  await field.fill('');
  await page.keyboard.press('Enter');
  await expect(heading.getByRole('alert')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('web-2');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(heading).toContainText('web-2');
  await expect(rename).toBeFocused();
  await page.goto(`/projects/${project.id}/servers`);
  await expect(page.getByRole('table', { name: 'Servers' }).getByRole('link', { name: 'web-2' })).toBeVisible();
});
