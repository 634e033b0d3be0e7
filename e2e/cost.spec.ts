import { usageReport } from '@unkai/contracts/resources/usage';
import { anything, ask } from './fixtures/api.ts';
import { makeWayOut } from './fixtures/network.ts';
import { expect, test } from './fixtures/portal.ts';
import { expectRowVisible } from './fixtures/table.ts';

/** As the page writes an amount that is not a small one. */
const euros = (amount: string) => Number(amount).toLocaleString('en', { style: 'currency', currency: 'EUR' });

test('the costs of a project are those that the API tells: the sums, the bars of the days, their table, and each thing', async ({
  page,
  project,
}) => {
  // So dear that moments are seen; given back, it costs no more while the page is read.
  const prices = [{ kind: 'floating-ip', price: '1000000' }];
  await ask('POST', '/price-lists', anything, { name: `addresses of ${project.name}`, currency: 'EUR', prices });
  const wayOut = await makeWayOut(project.id, project.name);
  await wayOut.remove();
  const report = await ask('GET', `/projects/${project.id}/usage`, usageReport);
  expect(report.lines).toHaveLength(1);
  expect(Number(report.total)).toBeGreaterThan(1);
  expect(report.days.reduce((sum, { cost }) => sum + Number(cost), 0)).toBeCloseTo(Number(report.total), 6);

  await page.goto(`/projects/${project.id}/cost`);
  const month = page.getByRole('region', { name: 'This month so far' });
  await expect(month).toContainText(`So far${euros(report.total)}`);
  await expect(month).toContainText(`By the end of the month, as things are${euros(report.forecast?.total ?? '')}`);

  const graph = month.getByRole('img', { name: /^Cost by day/ });
  const told = report.days.map(({ day, cost }) => `${day}: ${euros(cost)}`);
  expect(await graph.locator('title').allTextContents()).toEqual(told);
  const heights = await graph
    .locator('rect')
    .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('height'))));
  const most = Math.max(...report.days.map(({ cost }) => Number(cost)));
  const tallest = Math.max(...heights);
  for (const [index, { cost }] of report.days.entries()) {
    // What is not nothing is drawn, however little it is.
    const share = Number(cost) / most;
    expect(heights[index]).toBeCloseTo(share === 0 ? 0 : Math.max(2, share * tallest), 3);
  }

  await month.getByText('Show the days as a table').click();
  const days = month.getByRole('table', { name: 'Cost by day' }).getByRole('row');
  await expect(days).toHaveText(['Day (UTC)Cost', ...report.days.map(({ day, cost }) => `${day}${euros(cost)}`)]);

  const [line] = report.lines;
  await expectRowVisible(page.getByRole('table', { name: 'Cost by resource' }), {
    name: line?.resourceName ?? '',
    what: 'Floating IP',
    'price per hour': '€1,000,000.00',
    cost: euros(line?.cost ?? ''),
  });
});
