// What ovs-vswitchd answers on its control socket, and what else may be there.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { control } from '../src/tools/ovs-control.ts';

let folder: string;
let server: Server;
let answer = '';
const path = () => join(folder, 'control');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-control-'));
  server = createServer((socket) => socket.on('data', () => socket.end(answer)));
  await new Promise<void>((resolve) => server.listen(path(), resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

test('its words are given', async () => {
  answer = '{"id":0,"result":"flushed","error":null}';
  await expect(control(path(), 'dpctl/flush-conntrack', ['zone=7'])).resolves.toBe('flushed');
});

test('what it says against a command is the error', async () => {
  answer = '{"id":0,"result":null,"error":"zone is not valid\\n"}';
  await expect(control(path(), 'dpctl/flush-conntrack', ['zone=x'])).rejects.toThrow(/zone is not valid$/);
});

test.each(['{"id":0}', '[}', '{"id":0,"result":null,"error":{"code":1}}', ''])(
  'an answer that is none (%j) fails the call, and nothing else',
  async (text) => {
    answer = text;
    await expect(control(path(), 'version', [])).rejects.toThrow(/ovs-vswitchd failed at version/);
  },
);

test('nobody there is told', async () => {
  await expect(control(join(folder, 'none'), 'version', [])).rejects.toThrow(/ENOENT/);
});
