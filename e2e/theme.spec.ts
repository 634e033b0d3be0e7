import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/portal.ts';
import { holdScripts, scriptsTimeout } from './fixtures/scripts.ts';

/** Every picture that the page paints, from now until the answer is called. */
async function filmOf(page: Page): Promise<() => Promise<string[]>> {
  const frames: string[] = [];
  const browser = await page.context().newCDPSession(page);
  browser.on('Page.screencastFrame', ({ data, sessionId }) => {
    frames.push(data);
    void browser.send('Page.screencastFrameAck', { sessionId });
  });
  await browser.send('Page.startScreencast', { format: 'png', maxWidth: 320, maxHeight: 200 });
  return async () => {
    await browser.send('Page.stopScreencast');
    return frames;
  };
}

/** How light each picture is as a whole, from 0 (black) to 1 (white). */
async function lightnessOf(page: Page, frames: readonly string[]): Promise<number[]> {
  // A page of its own: the policy of the portal's pages keeps such pictures out.
  const reader = await page.context().newPage();
  const lightness = await reader.evaluate(async (pictures) => {
    const all: number[] = [];
    for (const picture of pictures) {
      const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: new Uint8ClampedArray() };
      let sum = 0;
      for (let at = 0; at < data.length; at += 4) sum += (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
      all.push(sum / (data.length / 4) / (3 * 255));
    }
    return all;
  }, frames);
  await reader.close();
  return lightness;
}

const cases = [
  { chosen: 'dark', system: 'light', seen: 'dark' },
  { chosen: 'light', system: 'dark', seen: 'light' },
  { chosen: 'system', system: 'dark', seen: 'dark' },
  { chosen: 'system', system: 'light', seen: 'light' },
] as const;

for (const { chosen, system, seen } of cases) {
  test(`who chose the theme “${chosen}” on a ${system} system never sees the other one flash, from the first paint on`, async ({
    page,
    baseURL,
  }) => {
    await page.context().addCookies([{ name: 'unkai-theme', value: chosen, url: baseURL ?? '' }]);
    await page.emulateMedia({ colorScheme: system });
    await page.goto('/profile');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

    const release = await holdScripts(page);
    const styles = Promise.withResolvers<void>();
    await page.route('**/_next/static/**/*.css', async (route) => {
      await styles.promise;
      await route.continue();
    });
    const stop = await filmOf(page);
    await page.goto('/profile/sessions', { waitUntil: 'commit' });
    // Before its style sheet is there the page knows its theme: the browser's own ink is the one for that ground.
    await page.locator('meta[name="color-scheme"]').waitFor({ state: 'attached' });
    const ink = await page.evaluate(() => getComputedStyle(document.documentElement).color);
    expect(ink).toBe(seen === 'dark' ? 'rgb(255, 255, 255)' : 'rgb(0, 0, 0)');
    styles.resolve();
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    release();
    await expect(page.getByRole('table', { name: 'Sessions' }).getByRole('row').nth(1)).toBeVisible(scriptsTimeout);

    const lightness = await lightnessOf(page, await stop());
    expect(lightness.length).toBeGreaterThan(0);
    for (const each of lightness) expect(each > 0.5 ? 'light' : 'dark').toBe(seen);
  });
}
