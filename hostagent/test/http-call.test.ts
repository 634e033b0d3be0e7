import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, type HttpCall, readText, upload } from '../src/http-call.ts';

let server: Server;
let asked: number;
/** How many of the next requests are met by a connection that is closed. */
let closing: number;

beforeEach(async () => {
  asked = 0;
  closing = 0;
  server = createServer((request, response) => {
    asked += 1;
    if (closing > 0) {
      closing -= 1;
      request.socket.resetAndDestroy();
    } else {
      response.end(`answer ${asked}`);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function ask(): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const signal = AbortSignal.timeout(5_000);
  return readText(await call(`http://127.0.0.1:${port}/`, { method: 'POST', headers: {}, body: '{}', signal }), 100);
}

test('a connection that was closed just as it was used again costs no call', async () => {
  expect(await ask()).toBe('answer 1');
  closing = 1;
  expect(await ask()).toBe('answer 3');
});

test('a connection that is closed right away is an error', async () => {
  closing = 1;
  await expect(ask()).rejects.toThrow(/ECONNRESET|socket hang up/);
  expect(asked).toBe(1);
});

test('bodies that take their time, and calls that nobody answers, hold back no heartbeat', async () => {
  const { port } = server.address() as AddressInfo;
  const signal = AbortSignal.timeout(5_000);
  // Answered with a head, of which nothing follows, or not at all.
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.url === '/heartbeat') response.end('heard');
    else if (request.url === '/image') response.write('first bytes');
  });
  const ending = new AbortController();
  const ask = (path: string, lane: HttpCall['lane']) =>
    call(`http://127.0.0.1:${port}${path}`, { method: 'GET', headers: {}, signal: ending.signal, lane });
  const images = await Promise.all(Array.from({ length: 32 }, () => ask('/image', 'streams')));
  const unanswered = Promise.allSettled(Array.from({ length: 40 }, () => ask('/desired', 'plain')));
  try {
    const url = `http://127.0.0.1:${port}/heartbeat`;
    const heard = await call(url, { method: 'POST', headers: {}, body: '{}', signal, lane: 'heartbeats' });
    expect(await readText(heard, 100)).toBe('heard');
  } finally {
    for (const image of images) image.destroy();
    ending.abort();
    await unanswered;
  }
});

/** Where each request is only read, and never answered. */
async function silently(look: (url: string) => Promise<void>): Promise<void> {
  const silent = createServer((request) => void request.resume());
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  try {
    await look(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/`);
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
}

test('an upload that is given up ends, half-way and when all is sent and nothing is answered', async () => {
  await silently(async (url) => {
    for (const bytes of [Readable.from(['all of it']), new Readable({ read() {} })]) {
      const controller = new AbortController();
      const given = upload(url, { headers: {}, signal: controller.signal }, bytes);
      const isEnded = expect(given).rejects.toThrow('given up');
      setImmediate(() => setImmediate(() => controller.abort(new Error('given up'))));
      await isEnded;
      expect(bytes.destroyed).toBe(true);
    }
  });
});

test('an upload is sent whole, and what is answered is given', async () => {
  const { port } = server.address() as AddressInfo;
  const signal = AbortSignal.timeout(5_000);
  const answer = await upload(`http://127.0.0.1:${port}/`, { headers: {}, signal }, Readable.from(['a disk']));
  expect(await readText(answer, 100)).toBe('answer 1');
});
