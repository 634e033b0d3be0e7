import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JsonSplitter } from '../../src/tools/json-splitter.ts';
import { OvsdbClient } from '../../src/tools/ovsdb.ts';

test('a stream of JSON objects is cut where they end, however it arrives', () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 });
  const property = fc.property(objects, fc.integer({ min: 1, max: 20 }), (values, size) => {
    const bytes = Buffer.from(values.map((value) => JSON.stringify(value)).join(''));
    const splitter = new JsonSplitter();
    const texts: string[] = [];
    for (let at = 0; at < bytes.length; at += size) texts.push(...splitter.push(bytes.subarray(at, at + size)));
    expect(texts).toEqual(values.map((value) => JSON.stringify(value)));
  });
  fc.assert(property);
});

type Request = { id: number; method: string; params: unknown[] };

// A database of these tests' own: the real one is met in test/real; what it does rarely is done here on purpose.
describe('the OVSDB client', () => {
  let folder: string;
  let server: Server;
  let client: OvsdbClient;
  let sockets: Socket[];
  let answer: (request: Request, socket: Socket) => void;

  const send = (socket: Socket, ...messages: unknown[]) =>
    socket.write(messages.map((message) => JSON.stringify(message)).join(''));
  const reply = (request: Request, result: unknown) => ({ id: request.id, result, error: null });
  const update = (current: number) => ({
    id: null,
    method: 'update',
    params: ['cur_cfg', { Open_vSwitch: { row: { new: { cur_cfg: current } } } }],
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ovsdb-'));
    sockets = [];
    server = createServer((socket) => {
      sockets.push(socket);
      const splitter = new JsonSplitter();
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        for (const text of splitter.push(chunk)) {
          const request: Request = JSON.parse(text);
          if (request.method === 'monitor') send(socket, reply(request, {}));
          else answer(request, socket);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(join(folder, 'db.sock'), resolve));
    client = new OvsdbClient(join(folder, 'db.sock'));
  });
  afterEach(async () => {
    await client.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  const done = [{ count: 1 }, { rows: [{ next_cfg: 5 }] }];

  test('waits until the switch has done what was asked', async () => {
    let applied = false;
    answer = (request, socket) => {
      send(socket, reply(request, done), update(4));
      setTimeout(() => {
        applied = true;
        send(socket, update(5));
      }, 50);
    };
    await client.apply([]);
    expect(applied).toBe(true);
  });

  test('does not wait for ever when the update comes before, or in the same read as, the reply', async () => {
    answer = (request, socket) => send(socket, update(5), reply(request, done));
    await client.apply([]);
    answer = (request, socket) => send(socket, reply(request, [{ count: 1 }, { rows: [{ next_cfg: 6 }] }]), update(6));
    await client.apply([]);
  });

  test('says so when the switch does not do it', async () => {
    answer = (request, socket) => send(socket, reply(request, done));
    await expect(client.apply([], 50)).rejects.toThrow('ovs-vswitchd did not apply a change within 50 ms');
  });

  test('gives the words of the database when it refuses', async () => {
    answer = (request, socket) =>
      send(socket, reply(request, [{ error: 'constraint violation', details: 'name is taken' }]));
    const insert = client.transact([{ op: 'insert', table: 'Bridge', row: { name: 'br-int' } }]);
    await expect(insert).rejects.toThrow('refused the insert on Bridge: constraint violation name is taken');
  });

  test('answers the echo by which the database sees that it is alive', async () => {
    const echoed = Promise.withResolvers<unknown>();
    answer = (request, socket) => {
      if (request.method === undefined) echoed.resolve(request);
      else send(socket, { id: 'echo', method: 'echo', params: ['still there?'] }, reply(request, []));
    };
    await client.transact([]);
    expect(await echoed.promise).toEqual({ id: 'echo', result: ['still there?'], error: null });
  });

  test('a lost connection fails what is under way, and is made again for what comes next', async () => {
    answer = (_request, socket) => socket.destroy();
    await expect(client.transact([])).rejects.toThrow('The connection to OVSDB was lost');
    answer = (request, socket) => send(socket, reply(request, []));
    expect(await client.transact([])).toEqual([]);
    expect(sockets).toHaveLength(2);
  });

  test('no database is said in words, with the socket’s path', async () => {
    const nobody = new OvsdbClient(join(folder, 'nobody.sock'));
    await expect(nobody.transact([])).rejects.toThrow(`OVSDB does not answer on ${join(folder, 'nobody.sock')}`);
    expect(await nobody.isAnswering()).toBe(false);
  });
});
