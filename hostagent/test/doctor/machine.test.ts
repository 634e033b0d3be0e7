import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtClock, lookAtDisk, lookAtMemory, lookAtUnderlay } from '../../src/doctor/machine.ts';
import { findPrograms } from '../../src/doctor/programs.ts';

const nobody = 'http://127.0.0.1:1';
let folder: string;
let code: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-doctor-'));
  code = join(folder, 'code.ts');
  await writeFile(code, '');
});
afterAll(() => rm(folder, { recursive: true }));

test('H19: an underlay too small for a tunnel is bad, one of 1,500 bytes leaves guests 1,450', () => {
  expect(lookAtUnderlay({ address: '192.0.2.1', mtu: 1500 })).toMatchObject({
    state: 'ok',
    says: '192.0.2.1 carries 1500 bytes: guests get 1450.',
  });
  expect(lookAtUnderlay({ address: '192.0.2.1', mtu: 9000 }).says).toContain('guests get 1500');
  expect(lookAtUnderlay({ address: '192.0.2.1', mtu: 1300 })).toMatchObject({
    state: 'bad',
    mend: 'Raise the MTU of the device to at least 1330.',
  });
  expect(lookAtUnderlay(null).state).toBe('warn');
});

test('a machine with too little memory is warned about', () => {
  expect(lookAtMemory(1024 ** 3).state).toBe('warn');
  expect(lookAtMemory(4 * 1024 ** 3)).toEqual({ name: 'memory', state: 'ok', says: '4.0 GiB of memory.', mend: null });
});

test('the disk of a folder that does not exist yet is the disk it will be on', async () => {
  expect((await lookAtDisk(join(folder, 'not', 'yet'))).says).toMatch(/^[\d.]+ GiB free below .*\/not\/yet/);
});

test('a disk without room for a start is bad, one with little of it is warned about', async () => {
  const mend = 'Free some space, or choose a folder on a larger disk with UNKAI_HOME.';
  const withFree = (gib: number) => lookAtDisk('/srv/unkai', async () => gib * 1024 ** 3);
  const says = '1.5 GiB free below /srv/unkai; 2 GiB are needed to start.';
  expect(await withFree(1.5)).toEqual({ name: 'disk', state: 'bad', says, mend });
  expect(await withFree(5)).toMatchObject({ state: 'warn', mend });
  expect(await withFree(50)).toMatchObject({ state: 'ok', mend: null });
});

test('a clock before the code was written is wrong, and one that the control plane contradicts', async () => {
  expect((await lookAtClock(nobody, code)).state).not.toBe('bad');
  expect(await lookAtClock(nobody, code, Date.now() - 86_400_000)).toMatchObject({
    name: 'clock',
    state: 'bad',
    mend: 'timedatectl set-ntp true, or: apt-get install chrony',
  });
  const server = createServer((_request, response) =>
    response.setHeader('date', new Date(Date.now() + 600_000).toUTCString()).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const found = await lookAtClock(`http://127.0.0.1:${port}`, code);
  server.close();
  expect(found.state).toBe('bad');
  expect(found.says).toMatch(/^It is (599|600) s behind the control plane's\.$/);
});

test('missing programs are named by the packages that bring them', async () => {
  expect(await findPrograms(folder, [])).toMatchObject({
    state: 'bad',
    mend: expect.stringMatching(/^apt-get install qemu-system-x86 qemu-utils openvswitch-switch /),
  });
});
