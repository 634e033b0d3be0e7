// The one slow test of a whole distribution: Debian as Debian made it, emulated, from power-on to the end of cloud-init.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cloud, type Server } from './cloud.ts';
import { Installation } from './installation.ts';

/** Twice what it takes when others use the second core. */
const bootLimitMs = 840_000;

let installation: Installation;
let cloud: Cloud;
let server: Server;
let key: string;

beforeAll(async () => {
  installation = await Installation.start({ sim: false });
  await installation.up('--image', 'debian');
  cloud = await Cloud.of(installation);
  key = await cloud.letSshIn('laptop');
  const userData = '#!/bin/sh\nset -e\nid -un > /root/ran-as\necho user data of $(hostname) ran > /dev/console\n';
  const id = await cloud.createServer('Web Ünïcode', { keyPairNames: ['laptop'], userData }, ['m1.small', 'debian']);
  server = await cloud.untilState(id, 'running');
}, 1_800_000);
afterAll(() => installation?.remove());

test('cloud-init ends without an error: key in, user data run as root, root grown, address and MTU as told', {
  timeout: 900_000,
}, async () => {
  const command = [
    'cloud-init status --wait > /dev/null',
    'cloud-init status --long',
    'echo "ran as $(sudo cat /root/ran-as)"',
    'echo "root has $(df --output=size -BG / | tail -1 | tr -dc 0-9) GiB"',
    'ip -4 address show dev eth0',
    'curl -s http://169.254.169.254/openstack/latest/meta_data.json',
    'echo',
  ].join('; ');
  const said = await cloud.logIn(server, { user: 'debian', key }, command, bootLimitMs);
  expect(said).toMatch(/^status: done$/m);
  expect(said).toContain('DataSourceOpenStack');
  expect(said).toContain('ran as root');
  expect(Number(/^root has (\d+) GiB$/m.exec(said)?.[1])).toBeGreaterThanOrEqual(18);
  expect(said).toContain(`inet ${server.addresses[0]?.address}/`);
  expect(said).toMatch(/ mtu 1[34]\d\d /);
  expect(said).toContain(server.id);
});

test('the console log shows the boot to its login prompt, and what the user data said', async () => {
  const log = await cloud.log(server.id);
  expect(log).toMatch(/user data of web-\S+ ran/);
  expect(log).toMatch(/ login:/);
});
