import { readFile } from 'node:fs/promises';
import { image } from '@unkai/contracts/resources/image';
import { ask } from './fixtures/api.ts';
import { execute } from './fixtures/command.ts';
import { installation } from './fixtures/installation.ts';
import { pick } from './fixtures/pick.ts';
import { expect, test } from './fixtures/portal.ts';
import { createProject } from './fixtures/project.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

test('an image of one’s own: announced, sent, checked, offered, deleted', async ({ page, project }, info) => {
  await page.goto(`/projects/${project.id}/images`);
  const table = page.getByRole('table', { name: 'Images' });
  await expectRowVisible(table, { name: 'tiny', state: 'ready', 'log in as': 'root' });
  const menu = await openRowMenu(table, 'tiny');
  await expect(menu.getByRole('menuitem', { name: 'Delete' })).toContainText(
    'A public image; operators look after it.',
  );
  await page.keyboard.press('Escape');

  const { id } = await ask('POST', `/projects/${project.id}/images`, image, { name: 'empty', diskFormat: 'qcow2' });
  await expectRowVisible(table, { name: 'empty', state: 'waiting for bytes' });
  const file = info.outputPath('empty.qcow2');
  await execute(['qemu-img', 'create', '-q', '-f', 'qcow2', file, '8M']);
  await send(id, await readFile(file));
  await expectRowVisible(table, { name: 'empty', state: 'ready', 'disk it makes': '8 MiB' });

  await page.getByRole('searchbox', { name: 'Filter by name or id' }).fill('empty');
  await expect(rowOf(table, 'tiny')).toHaveCount(0);
  await clickRowAction(table, 'empty', 'Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete empty?' });
  await dialog.getByLabel('Type “empty” to confirm').fill('empty');
  await dialog.getByRole('button', { name: 'Delete image' }).click();
  await expectToast(page, 'empty is being deleted');
  await expect(rowOf(table, 'empty')).toHaveCount(0);
});

test('an image from a file of one’s own, shared with another project, which accepts it', async ({
  page,
  project,
}, info) => {
  const name = `disk-${project.name}`;
  const file = info.outputPath(`${name}.qcow2`);
  await execute(['qemu-img', 'create', '-q', '-f', 'qcow2', file, '8M']);
  const table = page.getByRole('table', { name: 'Images' });
  const dialog = page.getByRole('dialog');
  await page.goto(`/projects/${project.id}/images`);
  await page.getByRole('main').getByRole('button', { name: 'Create image' }).first().click();
  await expectDisabled(dialog.getByRole('button', { name: 'Create image' }), 'Choose the file.');
  await dialog.getByLabel('File').setInputFiles(file);
  await expect(dialog.getByLabel('Name')).toHaveValue(name);
  await dialog.getByRole('button', { name: 'Create image' }).click();
  await expectToast(page, `${name} is sent, and being checked`);
  await expectRowVisible(table, { name, state: 'ready', 'disk it makes': '8 MiB' });

  const other = await createProject(`other-${project.name}`);
  await clickRowAction(table, name, 'Share');
  await pick(page, dialog, 'Project', other.name);
  await dialog.getByRole('button', { name: 'Share image' }).click();
  const members = dialog.getByRole('list', { name: 'Shared with' });
  await expect(members).toContainText('has not answered');

  await page.goto(`/projects/${other.id}/images`);
  await expect(rowOf(table, name)).toHaveCount(0);
  await page.getByRole('button', { name: `Accept ${name}` }).click();
  await expectToast(page, `${name} is in the list`);
  await expectRowVisible(table, { name, state: 'ready' });
  await expect(page.getByRole('region', { name: 'Offered to this project' })).toHaveCount(0);

  await page.goto(`/projects/${project.id}/images`);
  await clickRowAction(table, name, 'Share');
  await expect(members).toContainText('has it in its list');
  await members.getByRole('button', { name: /^Take away from/ }).click();
  await expect(dialog).toContainText('It is shared with no project yet.');
});

test('bytes that are no image end in a reason, beside the image', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/images`);
  const { id } = await ask('POST', `/projects/${project.id}/images`, image, { name: 'noise', diskFormat: 'qcow2' });
  await send(id, Buffer.from('not a disk at all'));
  await expectRowVisible(page.getByRole('table', { name: 'Images' }), { name: 'noise', state: /failed.*qcow2/s });
});

async function send(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { url, adminToken } = installation();
  await fetch(`${url}/v1/images/${id}/file`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/octet-stream' },
    body: bytes,
  });
}
