import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/portal.ts';

/** Clicks where the page lies behind an open dialog. */
const clickBeside = (page: Page) => page.mouse.click(5, 5);

test('a click beside a dialog closes it, but not once something was typed into it', async ({ page, project }) => {
  await page.goto(`/projects/${project.id}/quotas`);
  const open = page.getByRole('button', { name: 'Ask for more' });
  const dialog = page.getByRole('dialog', { name: 'Ask for more' });
  await open.click();
  await expect(dialog).toBeVisible();
  await clickBeside(page);
  await expect(dialog).toHaveCount(0);

  await open.click();
  const reason = dialog.getByLabel('What it is for');
  await reason.fill('A second shop');
  await clickBeside(page);
  // Closing would take the dialog away before the next key arrives.
  await reason.press('End');
  await reason.pressSequentially('s');
  await expect(reason).toHaveValue('A second shops');

  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(open).toBeFocused();
});
