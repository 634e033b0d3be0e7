import { readFile } from 'node:fs/promises';
import { image } from '@unkai/contracts/resources/image';
import { ask } from './fixtures/api.ts';
import { execute } from './fixtures/command.ts';
import { installation } from './fixtures/installation.ts';
import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectRowVisible, expectToast, openRowMenu, rowOf } from './fixtures/table.ts';

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
