import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/portal.ts';

/** As on an address without https that is not this machine's own: browsers give such pages no clipboard. */
async function withoutClipboard(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
}

test('a token is copied from its dialog, which keeps the focus, also where the browser offers no clipboard', async ({
  page,
}) => {
  await withoutClipboard(page);
  await page.goto('/profile/api-tokens');
  await page.getByRole('button', { name: 'New API token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`copied-${randomBytes(3).toString('hex')}`);
  await dialog.getByRole('button', { name: 'Make API token' }).click();
  const token = await dialog.getByText(/^unk_\S+$/).textContent();
  await dialog
    .getByRole('button', { name: /^Copy / })
    .first()
    .click();
  const copied = dialog.getByRole('button', { name: 'Copied' });
  await expect(copied).toBeFocused();
  await dialog.getByRole('checkbox', { name: 'I have kept the token' }).check();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('dialog').getByRole('combobox');
  await field.focus();
  await page.keyboard.press('Control+V');
  await expect(field).toHaveValue(token ?? 'a token');
});

test('what the browser does not let be copied is not said to be', async ({ page, project }) => {
  await withoutClipboard(page);
  await page.addInitScript(() => {
    document.execCommand = () => false;
  });
  await page.goto(`/projects/${project.id}`);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Copy / })
    .first()
    .click();
  await expect(page.getByRole('button', { name: /^Not copied: select it/ })).toBeVisible();
});
