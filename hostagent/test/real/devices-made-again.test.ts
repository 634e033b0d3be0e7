// Somebody deletes a device of ours. It is made again when it is next looked after, and packets pass by it as before: a switch
// in user space, and dnsmasq, go on with the device that went until they are told.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { networkNamespace } from '../../src/resources/network.ts';
import { routerNamespace } from '../../src/resources/router.ts';
import { metadataDevice, routerDevice, routerInside, serviceDevice } from '../../src/tools/device-names.ts';
import { run } from '../../src/tools/run.ts';
import { routerPort, routerSpec } from '../router-specs.ts';
import { allowAllEgress, allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Guest, TestHost } from './network-host.ts';
import { putRouter } from './routers.ts';

const network = networkSpec(1);
const router = routerSpec(1, { interfaces: [routerPort(network, 1, '10.0.0.1')] });
let host: TestHost;
let guest: Guest;

beforeAll(async () => {
  host = await TestHost.start();
  await host.putNetwork(network);
  await putRouter(host, router);
  const open = { rules: [allowAllEgress, allowIngress('any', null)] };
  guest = await host.putServer(serverSpec(portSpec(network, 11, open), 'guest'));
});
afterAll(() => host.stop());

const deleteDevice = (name: string) => run(['ip', '-netns', host.namespace, 'link', 'delete', name]);
const leases = () => eventually(async () => expect(await host.lease(guest)).toMatchObject({ ip: '10.0.0.11' }));
const asks = async () => (await host.get(guest, '/latest/meta-data/local-hostname')).status;
const reachesRouter = async () => (await host.in(guest, ['ping', '-c', '1', '-W', '1', '10.0.0.1'])).code;

test('before, everything answers', async () => {
  await leases();
  expect(await asks()).toBe(200);
  expect(await reachesRouter()).toBe(0);
});

test('the device of a network’s DHCP: guests have their leases from it, and names', async () => {
  await deleteDevice(serviceDevice(network.id));
  await host.putNetwork(network);
  await run(['ip', '-netns', guest.namespace, 'address', 'flush', 'dev', 'eth0', 'scope', 'global']);
  await leases();
  const { stdout } = await host.in(guest, ['busybox', 'nslookup', 'guest.novalocal', '10.0.0.2']);
  expect(stdout).toContain('Address: 10.0.0.11');
});

test('the same when something fails on the way: the next look does all of it', async () => {
  await deleteDevice(serviceDevice(network.id));
  vi.spyOn(host.host.tools.ovs, 'ensurePort').mockRejectedValueOnce(new Error('the switch does not answer'));
  await expect(host.putNetwork(network)).rejects.toThrow('the switch does not answer');
  await host.putNetwork(network);
  await run(['ip', '-netns', guest.namespace, 'address', 'flush', 'dev', 'eth0', 'scope', 'global']);
  await leases();
});

test('the device of a network’s DHCP whose making was cut off computes its checksums itself all the same', async () => {
  const within = (...argv: string[]) => run(['ip', 'netns', 'exec', networkNamespace(host.host, network.id), ...argv]);
  await within('ip', 'link', 'set', 'dev', 'eth0', 'down');
  await within('ethtool', '-K', 'eth0', 'tx', 'on');
  await host.putNetwork(network);
  expect((await within('ethtool', '-k', 'eth0')).stdout).toContain('tx-checksumming: off');
});

test('the device of a router: it answers and forwards', async () => {
  await deleteDevice(routerDevice(router.interfaces[0]?.portId ?? ''));
  await putRouter(host, router);
  await eventually(async () => expect(await reachesRouter()).toBe(0));
});

test('the device of a router, when the switch failed on the way: the next look does all of it', async () => {
  await deleteDevice(routerDevice(router.interfaces[0]?.portId ?? ''));
  vi.spyOn(host.host.tools.ovs, 'ensurePort').mockRejectedValueOnce(new Error('the switch does not answer'));
  await expect(putRouter(host, router)).rejects.toThrow('the switch does not answer');
  await putRouter(host, router);
  await eventually(async () => expect(await reachesRouter()).toBe(0));
});

test('the device of a router whose making was cut off computes its checksums itself all the same', async () => {
  const inNamespace = `--net=/run/netns/${routerNamespace(host.host, router.id)}`;
  const inside = routerInside(router.interfaces[0]?.portId ?? '', 'in');
  const within = (...argv: string[]) => run(['nsenter', inNamespace, ...argv]);
  await within('ip', 'link', 'set', 'dev', inside, 'down');
  await within('ethtool', '-K', inside, 'tx', 'on');
  await putRouter(host, router);
  expect((await within('ethtool', '-k', inside)).stdout).toContain('tx-checksumming: off');
  await eventually(async () => expect(await reachesRouter()).toBe(0));
});

test('the device of the metadata service, when the agent starts', async () => {
  await deleteDevice(metadataDevice);
  await host.stopAgent();
  await host.startAgent();
  await eventually(async () => expect(await asks()).toBe(200));
});
