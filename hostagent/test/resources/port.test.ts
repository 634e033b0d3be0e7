import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimit } from '../../src/metadata/rate-limit.ts';
import { answer } from '../../src/metadata/server.ts';
import type { NetworkHost } from '../../src/network-host.ts';
import { startNetworking } from '../../src/networking.ts';
import { ensure, list, purge, restore } from '../../src/resources/network.ts';
import { allocateOfport } from '../../src/resources/ofport.ts';
import { ensurePort, listPorts, purgePort, restorePort } from '../../src/resources/port.ts';
import { serviceDevice, tapName } from '../../src/tools/device-names.ts';
import { allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { simulatedHost } from './simulated-host.ts';

const network = networkSpec(1);
const port = portSpec(network, 11);
const server = serverSpec(port, 'web');

async function hostWithNetwork() {
  const all = await simulatedHost();
  await all.putNetwork(network);
  await ensure(all.host, network);
  await all.putServer(server);
  return all;
}

/** Without the folder, and with one name for the port's number: a second try may get the next one. */
const comparable = (host: NetworkHost, contents: unknown) =>
  JSON.stringify(contents)
    .replaceAll(host.paths.home, '')
    .replaceAll(/\b10[12]\b|(?<=0x3000000|fe:1::)6[56]\b/g, 'N');

describe('a port', () => {
  test('is the same after a second ensure, and gone without a trace after one purge or two', async () => {
    const { host, contents } = await hostWithNetwork();
    const before = contents();
    expect(await ensurePort(host, server.id, port)).toEqual({ tapName: 'ukp33e90000000b', canOffload: false });
    const once = contents();
    await ensurePort(host, server.id, port);
    expect(contents()).toEqual(once);
    expect(await listPorts(host, server.id)).toEqual([port.id]);
    for (let time = 0; time < 2; time++) {
      await purgePort(host, server.id, port.id);
      expect(contents()).toEqual(before);
    }
  });

  test('any tool fails on the way: a second ensure makes the same, and purge leaves nothing', async () => {
    const model = await hostWithNetwork();
    const before = model.contents();
    model.fault.seen.clear();
    await ensurePort(model.host, server.id, port);
    const whole = model.contents();
    expect(model.fault.seen.size).toBeGreaterThan(4);
    for (const operation of model.fault.seen) {
      const { host, fault, contents } = await hostWithNetwork();
      fault.operation = operation;
      await expect(ensurePort(host, server.id, port), operation).rejects.toThrow(`${operation} fails on purpose`);
      fault.operation = '';
      await ensurePort(host, server.id, port);
      expect(comparable(host, contents())).toBe(comparable(model.host, whole));
      fault.operation = operation;
      await ensurePort(host, server.id, port).catch(() => undefined);
      fault.operation = '';
      await purgePort(host, server.id, port.id);
      expect(comparable(host, contents())).toBe(comparable(model.host, before));
    }
  });

  test('purge fails on the way: a second one ends it', async () => {
    const model = await hostWithNetwork();
    const before = comparable(model.host, model.contents());
    await ensurePort(model.host, server.id, port);
    model.fault.seen.clear();
    await purgePort(model.host, server.id, port.id);
    for (const operation of model.fault.seen) {
      const { host, fault, contents } = await hostWithNetwork();
      await ensurePort(host, server.id, port);
      fault.operation = operation;
      await expect(purgePort(host, server.id, port.id), operation).rejects.toThrow('fails on purpose');
      fault.operation = '';
      await purgePort(host, server.id, port.id);
      expect(comparable(host, contents()), operation).toBe(before);
    }
  });

  test('without its network it says what is missing', async () => {
    const { host } = await simulatedHost();
    await expect(ensurePort(host, server.id, port)).rejects.toThrow(
      `its network ${network.id} is not on this host yet`,
    );
  });

  test('a device name that another port has is refused, and the other keeps it', async () => {
    const { host, tools } = await hostWithNetwork();
    await ensurePort(host, server.id, port);
    const twin = { ...port, id: `ffffffff${port.id.slice(8)}` };
    expect(tapName(twin.id)).toBe(tapName(port.id));
    await expect(ensurePort(host, server.id, twin)).rejects.toThrow(`belongs to port ${port.id}`);
    await purgePort(host, server.id, twin.id);
    expect(tools.ip.taps.has(tapName(port.id))).toBe(true);
  });
});

test('H20, A46: a bad rule fails its own port; another of the same network works', async () => {
  const { host, tools } = await hostWithNetwork();
  const bad = { ...port, rules: [{ ...allowIngress('tcp', 22), remotePrefix: 'anywhere' }] };
  await expect(ensurePort(host, server.id, bad)).rejects.toThrow('"anywhere" is not an IPv4 prefix');
  const good = portSpec(network, 12);
  await ensurePort(host, server.id, good);
  expect(tools.ovs.flowsByCookie.size).toBe(3);
});

test('guests of other hosts are known by name, those of this host by their own reservation, the unnamed not at all', async () => {
  const { host, tools, putNetwork } = await simulatedHost();
  const elsewhere = {
    macAddress: port.macAddress,
    addresses: ['10.0.0.31'],
    underlayAddress: '192.0.2.2',
    kind: 'guest' as const,
  };
  const spec = networkSpec(1, {
    neighbours: [
      { ...elsewhere, portId: port.id, hostName: 'web', underlayAddress: null },
      { ...elsewhere, portId: portSpec(network, 31).id, hostName: 'cache' },
      { ...elsewhere, portId: portSpec(network, 32).id, hostName: null },
    ],
  });
  await putNetwork(spec);
  await ensure(host, spec);
  const [running] = tools.dnsmasq.byFolder.values();
  expect(running?.neighbours).toEqual([{ hostName: 'cache', addresses: ['10.0.0.31'] }]);
});

test('a network comes and goes without a trace, and is listed while it is there', async () => {
  const { host, contents, putNetwork } = await simulatedHost();
  const before = contents();
  await putNetwork(network);
  await ensure(host, network);
  expect(await list(host)).toEqual([network.id]);
  for (let time = 0; time < 2; time++) {
    await purge(host, network.id);
    expect(contents()).toEqual(before);
  }
  expect(await list(host)).toEqual([]);
});

test('what is being purged is not brought back, though it is missed at that moment', async () => {
  const { host, contents, tools } = await hostWithNetwork();
  await ensurePort(host, server.id, port);
  const networking = await startNetworking(host);
  await Promise.all([
    purgePort(host, server.id, port.id),
    restorePort(host, server.id, port),
    purge(host, network.id),
    restore(host, network.id),
  ]);
  await networking.stop();
  expect(contents()).toMatchObject({ taps: [], namespaces: ['unkai-meta'], dhcp: [] });
  expect([...tools.ovs.portsByName.keys()].sort()).toEqual(['ukmetadata', 'ukvxlan']);
});

test('the switch loses its flows: they are written again, and one port that fails leaves the others', async () => {
  const { host, tools } = await hostWithNetwork();
  await ensurePort(host, server.id, port);
  const first = await startNetworking(host);
  await first.stop();
  const before = new Map(tools.ovs.flowsByCookie);
  expect(before.size).toBe(3);
  tools.ovs.restart();
  const bad = serverSpec(portSpec(network, 9, { rules: [{ ...allowIngress('tcp', 1), remotePrefix: '?' }] }), 'bad');
  await host.state.put('server', bad.id, { generation: 1, spec: bad });
  const second = await startNetworking(host);
  expect(tools.ovs.flowsByCookie).toEqual(before);
  expect((await second.facts()).warnings).toEqual([]);
  await second.stop();
});

test('what the whole host needs and has not is a warning, until it works', async () => {
  const { host, fault } = await simulatedHost();
  fault.operation = 'listener.listen';
  const networking = await startNetworking(host);
  expect((await networking.facts()).warnings).toEqual([
    'The metadata service does not work: listener.listen fails on purpose',
  ]);
  fault.operation = '';
  await expect.poll(async () => (await networking.facts()).warnings, { timeout: 5_000 }).toEqual([]);
  await networking.stop();
});

test('a host whose switch does not say what it reaches is heard all the same, with what it reached before', async () => {
  const { host, fault } = await simulatedHost();
  const physicalNetworks = [{ name: 'office', bridge: 'br-office', device: undefined }];
  const networking = await startNetworking({ ...host, config: { ...host.config, physicalNetworks } });
  const before = await networking.facts();
  expect(before.physicalNetworks).toEqual([{ name: 'office', bridge: 'br-office', mtu: 1500 }]);
  fault.operation = 'ovs.bridge';
  expect(await networking.facts()).toEqual({
    ...before,
    warnings: ['Which physical networks are reached is not known: ovs.bridge fails on purpose'],
  });
  await networking.stop();
});

test('A48: metadata is of the port that a packet came in by, and of no other', async () => {
  const { host, tools, metadataRequests } = await hostWithNetwork();
  await ensurePort(host, server.id, port);
  const number = (await tools.ovs.ports()).find((row) => row.name === tapName(port.id))?.ofport ?? 0;
  const ask = (address: string, method = 'GET', url = '/latest/meta-data/hostname') =>
    answer(host, new RateLimit(), { address, method, url });
  expect(await ask(`100.64.0.${number}`)).toMatchObject({ status: 200, text: 'web.novalocal' });
  for (const stranger of [`100.64.0.${number + 1}`, '10.0.0.11', '100.128.0.1', '::1', '']) {
    expect((await ask(stranger)).status, stranger).toBe(404);
  }
  // The port of a network's DHCP is no server's.
  const service = (await tools.ovs.ports()).find((row) => row.name === serviceDevice(network.id))?.ofport;
  expect((await ask(`100.64.0.${service}`)).status).toBe(404);
  expect((await ask(`100.64.0.${number}`, 'POST')).status).toBe(405);
  expect((await ask(`100.64.0.${number}`, 'GET', '/%zz')).status).toBe(400);
  expect(metadataRequests).toEqual([server.id]);
});

test('port numbers: free ones, in order, and no number again soon', () => {
  const property = fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 200 }), (numbers) => {
    const rows = [...new Set(numbers)].map((ofport) => ({ name: `p${ofport}`, ofport, externalIds: {} }));
    const owner = {};
    const given = Array.from({ length: 50 }, () => allocateOfport(owner, rows));
    expect(new Set(given).size).toBe(50);
    for (const number of given) {
      expect(numbers).not.toContain(number);
      expect(number).toBeGreaterThanOrEqual(100);
      expect(number).toBeLessThanOrEqual(65_000);
    }
  });
  fc.assert(property);
  const last = [{ name: 'last', ofport: 65_000, externalIds: {} }];
  expect(allocateOfport({}, last)).toBe(100);
});
