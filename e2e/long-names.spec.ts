import { network as networkShape } from '@unkai/contracts/resources/network';
import { router as routerShape } from '@unkai/contracts/resources/router';
import { securityGroup } from '@unkai/contracts/resources/security-group';
import { subnet as subnetShape } from '@unkai/contracts/resources/subnet';
import { anything, ask } from './fixtures/api.ts';
import { expect, test } from './fixtures/portal.ts';
import { createServer } from './fixtures/server.ts';

/** As long as a name may be, with no place to break it. */
const name = 'n'.repeat(255);

test('names of 255 letters without a gap make no page wider than the screen', async ({ page, project }) => {
  const at = `/projects/${project.id}`;
  const network = await ask('POST', `${at}/networks`, networkShape, { name });
  const subnet = await ask('POST', `/networks/${network.id}/subnets`, subnetShape, { name, cidr: '10.77.0.0/24' });
  const group = await ask('POST', `${at}/security-groups`, securityGroup, { name });
  const router = await ask('POST', `${at}/routers`, routerShape, { name });
  await ask('POST', `/routers/${router.id}/interfaces`, anything, { subnetId: subnet.id });
  const parts = { networkIds: [network.id], securityGroupIds: [group.id] };
  const server = await createServer(project.id, { name, ...parts });
  const pages = [
    '/servers/new',
    `/servers/${server.id}`,
    `/servers/${server.id}/network`,
    `/networks/${network.id}`,
    `/routers/${router.id}`,
    `/security-groups/${group.id}`,
    `/path-check?from=internet&to=${server.id}&protocol=tcp&port=22`,
  ];
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of pages) {
      await page.goto(`${at}${path}`);
      await expect(page.getByRole('main').getByText(name).filter({ visible: true }).first(), path).toBeVisible();
      // What comes late has names too.
      await expect(page.locator('.animate-breathe'), path).toHaveCount(0);
      await expect(page.getByText('Checking', { exact: true }), path).toHaveCount(0);
      const wide = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(wide, { message: `${path} at ${width} pixels` }).toBe(0);
    }
  }
});
