import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hostPaths, type ServerPaths } from '../../src/paths.ts';
import { QemuGuest } from '../../src/tools/qemu-guest.ts';
import { type StartedProcess, start } from '../../src/tools/run.ts';

const serverId = '01890a5d-ac96-774b-8cce-302099a8057e';
let home: string;
let paths: ServerPaths;
let qemu: StartedProcess;
let guest: QemuGuest;

/** A QEMU without a machine: its monitor is real, and takes one at a time. */
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'unkai-guest-'));
  paths = hostPaths(home).server(serverId);
  await mkdir(dirname(paths.qmp), { recursive: true });
  const machine = ['-M', 'none', '-display', 'none', '-nodefaults', '-uuid', serverId];
  qemu = await start(['qemu-system-x86_64', ...machine, '-qmp', `unix:${paths.qmp},server=on,wait=off`]);
  guest = new QemuGuest({ pid: qemu.pid, serverId }, paths);
});
afterEach(async () => {
  guest.letGo();
  await qemu.stop('SIGKILL');
  await rm(home, { recursive: true });
});

/** Who has the line to the monitor, and leaves it to nobody. */
async function holder() {
  for (;;) {
    const socket = connect(paths.qmp);
    const greeted = await once(socket, 'data').catch(() => undefined);
    if (greeted !== undefined) return socket;
  }
}

test('a guest whose monitor did not greet in time answers the next command once it is free', async () => {
  const other = await holder();
  await expect(guest.connect(100)).rejects.toThrow('did not greet within 100 ms');
  other.destroy();
  expect(await guest.status()).toEqual({ kind: 'running' });
});

test('a monitor of another machine is left alone, for whoever it belongs to', async () => {
  const stranger = new QemuGuest({ pid: qemu.pid, serverId: '01890a5d-ac96-774b-8cce-302099a80fff' }, paths);
  (await holder()).destroy();
  await expect(stranger.status()).rejects.toThrow('belongs to another virtual machine');
  expect(await guest.status()).toEqual({ kind: 'running' });
});
