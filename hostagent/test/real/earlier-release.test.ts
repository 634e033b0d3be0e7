// A guest that was started before interfaces could come and go while it runs: its QEMU has names of its own for them. The
// disk holds a boot sector that stands still, as nobody looks into this guest.

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DesiredPort, DesiredServerSpec } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tapName } from '../../src/tools/device-names.ts';
import { isAlive } from '../../src/tools/guest-process.ts';
import { inNamespace } from '../../src/tools/namespace.ts';
import { QmpClient } from '../../src/tools/qmp.ts';
import { type Argv, start } from '../../src/tools/run.ts';
import { networkSpec, portSpec, serverSpec } from '../specs.ts';
import { AgentHost } from './agent-host.ts';
import { eventually } from './eventually.ts';
import { TestFabric } from './fabric.ts';

const [first, second] = [networkSpec(1), networkSpec(2)];
const [port, further] = [portSpec(first, 11), portSpec(second, 12)];
const long = 60_000;
let folder: string;
let fabric: TestFabric;
let host: AgentHost;
let server: DesiredServerSpec;

beforeAll(async () => {
  fabric = await TestFabric.start(0);
  folder = await mkdtemp(join(tmpdir(), 'uke-'));
  const bytes = Buffer.alloc(1024 ** 2);
  // cli; hlt; jmp to hlt; and the mark of a boot sector.
  bytes.set([0xfa, 0xf4, 0xeb, 0xfd]);
  bytes.set([0x55, 0xaa], 510);
  const path = join(folder, 'still.raw');
  await writeFile(path, bytes);
  const spec = {
    id: '01890a5d-0000-774b-8cce-000000000002',
    name: 'still',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    virtualSizeBytes: bytes.length,
    diskFormat: 'raw' as const,
  };
  const plug = (namespace: string) => fabric.plugUnderlay(namespace, 0);
  host = await AgentHost.start({ path, spec }, plug, { UNKAI_POWER_OFF_SECONDS: '0.5' });
  server = { ...serverSpec(port, 'old'), rootDiskBytes: 4 * 1024 ** 2, image: spec };
  for (const network of [first, second]) host.plane.want('network', network);
  await become([port], { state: 'present', power: 'on' });
  await startAgainAsBefore();
});
afterAll(async () => {
  await host?.stop();
  await fabric?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Wants these ports, and waits for what the host says of them. */
async function become(ports: readonly DesiredPort[], report: object, power: 'on' | 'off' = 'on'): Promise<void> {
  const generation = host.plane.want('server', { ...server, ports: [...ports], power });
  const said = () => host.plane.latest('server', server.id);
  await eventually(async () => expect(said()).toMatchObject({ generation, ...report }), long);
}

/** Starts the guest's QEMU again with the line that releases of before gave it, while the agent is away. */
async function startAgainAsBefore(): Promise<void> {
  await host.killAgent();
  const [guest] = await host.guests();
  if (guest === undefined) throw new Error('no guest runs');
  const [program = '', ...words] = (await readFile(`/proc/${guest.pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
  process.kill(guest.pid, 'SIGKILL');
  await eventually(async () => expect(await isAlive(guest.pid)).toBe(false));
  const tap = tapName(port.id);
  const before = words.map((word) =>
    word
      .replace(`tap,id=${tap},`, 'tap,id=net0,')
      .replace(new RegExp(`^virtio-net-pci,id=${tap},netdev=${tap},addr=0x[0-9a-f]+,`), 'virtio-net-pci,netdev=net0,'),
  );
  const argv: Argv = [program, ...before];
  const monitor = /^socket,id=qmp,path=([^,]+)/m.exec(words.join('\n'))?.[1] ?? '';
  // One that ends at its start, or is not there yet when the agent looks, is started by the agent, with the line of now.
  await eventually(async () => {
    const started = await start(inNamespace(host.namespace, argv), { detached: true });
    const greeted = eventually(async () => (await QmpClient.connect(monitor)).close(), 5_000);
    await greeted.catch(async (error: unknown) => {
      await started.stop('SIGKILL');
      throw error;
    });
  });
  expect(await host.guests()).toHaveLength(1);
  await host.startAgent();
  await become([port], { state: 'present', power: 'on' });
}

const ports = async () => (await host.onHost('ovs-vsctl', 'list-ports', 'br-int')).split('\n').filter(Boolean);
const refused = {
  state: 'failed',
  failure: {
    code: 'host_failed',
    message: expect.stringContaining('An earlier release started this guest'),
    next: 'Stop the server and start it again.',
  },
};

test('it is given no further interface, with the reason and what to do, and nothing of one is made', async () => {
  const guests = await host.guests();
  await become([port, further], refused);
  expect(await ports()).not.toContain(tapName(further.id));
  expect(await host.guests()).toEqual(guests);
});

test('its interface is not taken away under it either: tap and place on the bridge stay', async () => {
  await become([], refused);
  expect(await ports()).toContain(tapName(port.id));
  expect(await host.onHost('ip', '-brief', 'link')).toContain(tapName(port.id));
  await become([port], { state: 'present', power: 'on' });
});

test('stopped and started once, it has what was asked for, and lets its interfaces come and go', async () => {
  await become([port, further], { state: 'present', power: 'off' }, 'off');
  await become([port, further], { state: 'present', power: 'on' });
  expect(await ports()).toEqual(expect.arrayContaining([tapName(port.id), tapName(further.id)]));
  const [guest] = await host.guests();
  const line = await readFile(`/proc/${guest?.pid}/cmdline`, 'utf8');
  for (const each of [port, further]) expect(line).toContain(`virtio-net-pci,id=${tapName(each.id)},`);
});
