// Interfaces of a guest that runs, on simulated tools; a real guest is given one in real/server.test.ts.
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredPort } from '@unkai/contracts/host/desired';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { assignSlots } from '../src/resources/server-interfaces.ts';
import { tapName } from '../src/tools/device-names.ts';
import { qemuArguments } from '../src/tools/qemu-arguments.ts';
import { SimulatedHost, simulatedServer } from './simulated-host.ts';
import { networkSpec, portSpec } from './specs.ts';

let host: SimulatedHost;
beforeEach(async () => {
  host = await SimulatedHost.start();
  for (const number of [1, 2, 3]) host.plane.want('network', networkSpec(number));
});
afterEach(() => host.stop());

const [first, second, third] = [1, 2, 3].map((number) => portSpec(networkSpec(number), 10 + number));
const until = (look: () => void) => vi.waitFor(look, { timeout: 10_000, interval: 20 });
const { id } = simulatedServer();

/** Wants the server with these ports, and waits until the host says so. */
async function become(ports: ReadonlyArray<DesiredPort | undefined>, power: 'on' | 'off' = 'on') {
  const given = ports.filter((port) => port !== undefined);
  const generation = host.plane.want('server', simulatedServer({ ports: given, power }));
  await until(() => expect(host.plane.latest('server', id)).toMatchObject({ generation, state: 'present', power }));
}

const plugged = () => Object.fromEntries(host.guest(id).plugged);
const at = (port: DesiredPort | undefined, slot: number) => ({ [tapName(port?.id ?? '')]: slot });

test('a guest that runs is given interfaces and lets go of them; each keeps its place, also over a stop and a start', async () => {
  await become([first]);
  await become([first, second, third]);
  expect(plugged()).toEqual({ ...at(first, 0), ...at(second, 1), ...at(third, 2) });
  await become([first, third]);
  expect(plugged()).toEqual({ ...at(first, 0), ...at(third, 2) });
  expect(host.guest(id).boots).toBe(1);
  await become([first, third], 'off');
  await become([first, third]);
  expect(plugged()).toEqual({ ...at(first, 0), ...at(third, 2) });
  await become([first, third, second]);
  expect(plugged()).toEqual({ ...at(first, 0), ...at(second, 1), ...at(third, 2) });
});

test('a guest that does not let go keeps the interface whole, its reason is told, and the next look tries again', async () => {
  await become([first, second]);
  host.faults.fail('guest.unplug', new UnkaiError('host_failed', 'The guest does not let go of the interface.'));
  host.plane.want('server', simulatedServer({ ports: first === undefined ? [] : [first] }));
  await until(() => expect(host.plane.latest('server', id)).toMatchObject({ state: 'failed' }));
  expect(host.plane.latest('server', id)?.failure?.message).toContain('does not let go');
  expect(plugged()).toEqual({ ...at(first, 0), ...at(second, 1) });
  const taps = async () => (await host.agent.host.tools.ip.links()).filter((name) => name.startsWith('ukp'));
  expect(await taps()).toContain(tapName(second?.id ?? ''));
  await become([first, second]);
  host.faults.fail('guest.unplug', new UnkaiError('host_failed', 'Once more.'), 0);
  await become([first]);
  expect(plugged()).toEqual(at(first, 0));
  expect(await taps()).toEqual([tapName(first?.id ?? '')]);
});

test('an interface that QEMU refuses fails the server with the reason, and the rest of it goes on', async () => {
  await become([first]);
  host.faults.fail('guest.plug', new UnkaiError('host_failed', 'No room.'), 1);
  host.plane.want('server', simulatedServer({ ports: [first, second].filter((port) => port !== undefined) }));
  await until(() => expect(host.plane.reports.some(({ failure }) => failure?.message === 'No room.')).toBe(true));
  await until(() => expect(host.plane.latest('server', id)).toMatchObject({ state: 'present' }));
  expect(plugged()).toEqual({ ...at(first, 0), ...at(second, 1) });
});

test('places: who has one keeps it, others get the lowest free one, and the ninth is refused', () => {
  expect(assignSlots({}, ['a', 'b', 'c'])).toEqual({ a: 0, b: 1, c: 2 });
  expect(assignSlots({ a: 0, b: 1, c: 2 }, ['c', 'd', 'a'])).toEqual({ a: 0, c: 2, d: 1 });
  expect(() => assignSlots({}, [...'abcdefghi'])).toThrow('at most 8');
});

test('the start line puts an interface at its place, by the name that it is taken away by', () => {
  const tap = tapName(first?.id ?? '');
  const port = { portId: first?.id ?? '', tapName: tap, macAddress: 'fa:16:3e:00:00:0b', mtu: 1450, canOffload: false };
  const base = { path: '/base', format: 'qcow2' } as const;
  const own = { serverId: id, vcpus: 1, memoryMib: 64, accelerator: 'tcg', base } as const;
  const line = qemuArguments(
    { ...own, paths: host.agent.host.paths.server(id), interfaces: [{ ...port, slot: 2 }] },
    undefined,
  );
  expect(line).toContain(`tap,id=${tap},ifname=${tap},script=no,downscript=no,vnet_hdr=off`);
  expect(line.find((word) => word.startsWith('virtio-net-pci'))).toMatch(
    new RegExp(`,id=${tap},netdev=${tap},addr=0x8,`),
  );
});
