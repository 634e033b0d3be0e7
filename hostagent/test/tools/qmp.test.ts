import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { QmpClient, type QmpEvent } from '../../src/tools/qmp.ts';
import { type StartedProcess, start } from '../../src/tools/run.ts';

let folder: string;
let path: string;
let qemu: StartedProcess | undefined;
const clients: QmpClient[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-qmp-'));
  path = join(folder, 'qmp');
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await qemu?.stop('SIGKILL');
  qemu = undefined;
  await rm(path, { force: true });
});
afterAll(() => rm(folder, { recursive: true }));

async function connect(timeoutMs = 5_000): Promise<QmpClient> {
  const client = await QmpClient.connect(path, timeoutMs);
  clients.push(client);
  return client;
}

/** A QEMU with no machine at all: its monitor is real, and starts at once. */
async function startQemu(): Promise<QmpClient> {
  const monitor = `unix:${path},server=on,wait=off`;
  qemu = await start(['qemu-system-x86_64', '-M', 'none', '-display', 'none', '-nodefaults', '-qmp', monitor]);
  return vi.waitFor(() => connect(), { timeout: 15_000 });
}

test('answers belong to their commands, also when many are under way', async () => {
  const client = await startQemu();
  const answers = await Promise.all(
    ['query-status', 'query-name', 'query-version'].map((each) => client.execute(each)),
  );
  expect(answers).toMatchObject([{ status: 'running' }, {}, { qemu: { major: expect.any(Number) } }]);
});

test('a command that QEMU refuses says why', async () => {
  const client = await startQemu();
  await expect(client.execute('no-such-command')).rejects.toThrow('QEMU refused no-such-command: The command');
});

test('events arrive, and a QEMU that quits closes the line', async () => {
  const client = await startQemu();
  const events: QmpEvent[] = [];
  client.onEvent((event) => events.push(event));
  await client.execute('quit');
  await client.closed;
  expect(events).toMatchObject([{ event: 'SHUTDOWN', data: { reason: 'host-qmp-quit' } }]);
  await expect(client.execute('query-status')).rejects.toMatchObject({ isClosed: true });
});

test('a socket that is taken does not greet, and is given up in time', async () => {
  await startQemu();
  await expect(connect(100)).rejects.toThrow('did not greet within 100 ms');
});

test('nobody listening is told apart', async () => {
  await expect(connect()).rejects.toMatchObject({ isClosed: true });
});

test('what does not speak QMP is hung up on', async () => {
  const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
  server.listen(path);
  await expect(connect()).rejects.toMatchObject({ isClosed: true });
  server.close();
});
