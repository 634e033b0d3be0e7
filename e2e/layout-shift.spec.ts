import { expect, test } from './fixtures/portal.ts';
import { createServer } from './fixtures/server.ts';

declare global {
  interface Window {
    shifts: number[];
  }
}

test('the table below the topology is where it was first painted when the picture has come', async ({
  page,
  project,
}) => {
  await createServer(project.id, { name: 'drawn' });
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      // `value` is the part of the screen that moved times how far (Layout Instability).
      for (const entry of list.getEntries()) if ('value' in entry) window.shifts.push(Number(entry.value));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`/projects/${project.id}/topology`);
  await expect(page.getByRole('table').getByText('drawn').filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByRole('main').locator('.react-flow__node').first()).toBeVisible();
  expect(Math.max(0, ...(await page.evaluate(() => window.shifts)))).toBeLessThan(0.05);
});
