import { readFile } from 'node:fs/promises';
import { page as pageOf } from '@unkai/contracts/primitives';
import { keyPair } from '@unkai/contracts/resources/key-pair';
import { ask } from './fixtures/api.ts';
import { execute } from './fixtures/command.ts';
import { expect, test } from './fixtures/portal.ts';
import { clickRowAction, expectDisabled, expectRowVisible, expectToast, rowOf } from './fixtures/table.ts';

test.beforeEach(async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/key-pairs`);
  await page.getByRole('banner').getByRole('button', { name: 'Find or do' }).waitFor();
  await page.getByRole('button', { name: 'New key pair' }).first().click();
});

test('a generated key pair: the private half is shown once and fits the public half that Unkai has', async ({
  page,
  project,
}, info) => {
  const name = `made for ${project.name}`;
  const dialog = page.getByRole('dialog', { name: 'New key pair' });
  await dialog.getByRole('button', { name: 'Generate here' }).click();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Generate key pair' }).click();

  const kept = page.getByRole('dialog', { name: `Keep the private key of ${name}` });
  const download = page.waitForEvent('download');
  await kept.getByRole('button', { name: 'Download private key' }).click();
  const file = info.outputPath('private.key');
  await (await download).saveAs(file);
  await execute(['chmod', '600', file]);
  expect(await readFile(file, 'utf8')).toBe(await kept.getByRole('figure', { name: 'Private key' }).textContent());

  const { items } = await ask('GET', '/key-pairs', pageOf(keyPair));
  const registered = items.find((each) => each.name === name);
  expect((await execute(['ssh-keygen', '-y', '-f', file])).trim()).toBe(registered?.publicKey);

  const close = kept.getByRole('button', { name: 'Close' }).last();
  await expectDisabled(close, 'Tick that you have kept it first.');
  await page.keyboard.press('Escape');
  await expect(kept).toBeVisible();
  await kept.getByRole('checkbox', { name: 'I have kept the private key' }).check();
  await close.click();
  await expect(kept).toBeHidden();
  await expect(page.getByRole('button', { name: 'New key pair' }).first()).toBeFocused();
  await expectRowVisible(page.getByRole('table', { name: 'Key pairs' }), { name, kind: 'ssh-ed25519' });
});

test('a pasted key pair: a private key is turned away, a public one names itself, and it can be deleted', async ({
  page,
  project,
}, info) => {
  const file = info.outputPath('laptop');
  const name = `pasted-${project.name}`;
  await execute(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
  const dialog = page.getByRole('dialog', { name: 'New key pair' });
  const publicKey = dialog.getByLabel('Public key');
  await publicKey.fill(await readFile(file, 'utf8'));
  await expect(publicKey).toHaveAccessibleDescription(/This is a private key/);
  await expectDisabled(dialog.getByRole('button', { name: 'Add key pair' }), /This is a private key/);
  await publicKey.fill(await readFile(`${file}.pub`, 'utf8'));
  await expect(dialog.getByLabel('Name')).toHaveValue(name);
  await dialog.getByRole('button', { name: 'Add key pair' }).click();
  await expect(dialog).toBeHidden();

  const table = page.getByRole('table', { name: 'Key pairs' });
  const [, fingerprint = ''] = (await execute(['ssh-keygen', '-l', '-f', `${file}.pub`])).split(' ');
  await expectRowVisible(table, { name, fingerprint });
  await clickRowAction(table, name, 'Delete');
  await page
    .getByRole('dialog', { name: `Delete ${name}?` })
    .getByRole('button', { name: 'Delete key pair' })
    .click();
  await expectToast(page, `${name} is deleted`);
  await expect(rowOf(table, name)).toHaveCount(0);
});
