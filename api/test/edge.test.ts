import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { cameByEdge, clientAddress, edgeProof } from '@unkai/core/identity/edge-trust';
import { openLog } from '@unkai/core/log';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createEdge } from '../src/edge/edge.ts';
import { upstreamOf } from '../src/edge/routes.ts';
import { closing, portOf } from './installation.ts';

const proof = edgeProof('s'.repeat(64));
const origin = 'https://cloud.example';

let edge: Server;
let base: string;
let upstreams: Record<'api' | 'console' | 'web', Server>;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const running: AsyncDisposable[] = [];

beforeEach(async () => {
  answer = (incoming, response) => response.end(JSON.stringify({ url: incoming.url, headers: incoming.headers }));
  upstreams = { api: await upstream('api'), console: await upstream('console'), web: await upstream('web') };
  await openEdge();
});
afterEach(async () => {
  for (const each of running.splice(0)) await each[Symbol.asyncDispose]();
});

async function upstream(name: string): Promise<Server> {
  const server = createServer((incoming, response) => {
    response.setHeader('x-test-upstream', name);
    answer(incoming, response);
  });
  await listening(server);
  return server;
}

async function listening(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(closing(server));
}

const addressOf = (server: Server) => `http://127.0.0.1:${portOf(server.address())}`;

async function openEdge(trustedProxies = '') {
  const targets = {
    api: addressOf(upstreams.api),
    console: addressOf(upstreams.console),
    web: addressOf(upstreams.web),
  };
  edge = createEdge({ targets, proof, origin, trustedProxies, log: openLog('edge', 'silent') });
  await listening(edge);
  base = addressOf(edge);
}

async function headersSeen(path: string, headers: Record<string, string>): Promise<Headers> {
  const told = await (await fetch(`${base}${path}`, { headers })).json();
  return new Headers(seen(told).headers);
}

function seen(told: unknown): { url: string; headers: Record<string, string> } {
  if (typeof told !== 'object' || told === null || !('headers' in told) || !('url' in told)) throw new Error('no echo');
  return { url: String(told.url), headers: Object.fromEntries(Object.entries(told.headers ?? {})) };
}

/** Sends a request line as it is, which no well-behaved client would. */
async function raw(target: string): Promise<string> {
  const socket = connect(portOf(edge.address()), '127.0.0.1');
  socket.end(`GET ${target} HTTP/1.1\r\nHost: cloud.example\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('routes', () => {
  test.each([
    ['/', 'web'],
    ['/servers?next=/v1', 'web'],
    ['/v1', 'api'],
    ['/v1/servers/x', 'api'],
    ['/v10', 'web'],
    ['/trpc/server.list', 'api'],
    ['/agent/desired', 'api'],
    ['/healthz', 'api'],
    ['/readyz', 'api'],
    ['/console/x', 'console'],
    ['/consoles', 'web'],
    ['/metrics', 'web'],
  ])('%s goes to %s', async (path, name) => {
    const reply = await fetch(`${base}${path}`);
    expect(reply.headers.get('x-test-upstream')).toBe(name);
    expect(seen(await reply.json()).url).toBe(path);
  });

  test('A62: no spelling of a path reaches what the origin does not offer, such as /metrics of the API', async () => {
    for (const path of [
      '/v1/../metrics',
      '/v1/%2e%2e/metrics',
      '/v1/.%2E/metrics',
      '/v1/x\\..\\metrics',
      '//v1/metrics',
      '/v1/..',
    ]) {
      expect(upstreamOf(path)).toBeNull();
      expect(await raw(path)).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(await raw('http://169.254.169.254/v1/metrics')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('who calls', () => {
  test('A06: what a caller claims to be, or where from, is replaced by what the edge sees', async () => {
    const headers = await headersSeen('/v1/servers', {
      'x-unkai-client-address': '10.9.9.9',
      'x-unkai-edge': 'forged',
      'x-unkai-user-id': 'admin',
      'x-forwarded-for': '10.9.9.9',
      'x-forwarded-host': 'evil.example',
      'x-real-ip': '10.9.9.9',
      forwarded: 'for=10.9.9.9',
    });
    expect(JSON.stringify([...headers])).not.toContain('10.9.9.9');
    expect(headers.get('x-unkai-user-id')).toBeNull();
    expect(headers.get('x-forwarded-host')).not.toBe('evil.example');
    expect(cameByEdge(headers, proof)).toBe(true);
    expect(clientAddress(headers, proof, '192.0.2.1')).toBe('127.0.0.1');
  });

  test('A06: without the proof of the edge the header counts for nothing', () => {
    const headers = new Headers({ 'x-unkai-client-address': '10.9.9.9', 'x-unkai-edge': 'forged' });
    expect(clientAddress(headers, proof, '192.0.2.1')).toBe('192.0.2.1');
    expect(clientAddress(new Headers(), proof, null)).toBeNull();
  });

  test('A06: behind a trusted proxy the last hop that it did not write itself counts', async () => {
    await openEdge('127.0.0.0/8, 10.0.0.7');
    const through = async (hops: string) => {
      const headers = await headersSeen('/v1/servers', { 'x-forwarded-for': hops });
      return clientAddress(headers, proof, null);
    };
    expect(await through('203.0.113.5')).toBe('203.0.113.5');
    expect(await through('1.1.1.1, 203.0.113.5, 10.0.0.7')).toBe('203.0.113.5');
    expect(await through('garbage')).toBe('127.0.0.1');
  });
});

describe('what passes', () => {
  test('live events come at once, not when the answer ends', async () => {
    let finish = () => {};
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
      finish = () => response.end('data: last\n\n');
    };
    const reply = await fetch(`${base}/v1/events`);
    const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: first\n\n');
    finish();
    expect((await reader?.read())?.value).toBe('data: last\n\n');
  });

  test('an upload streams: its first bytes arrive while the last are still to be sent', async () => {
    const received: Buffer[] = [];
    answer = (incoming, response) => {
      incoming.on('data', (chunk: Buffer) => received.push(chunk));
      incoming.on('end', () => response.end(String(Buffer.concat(received).length)));
    };
    const upload = request(`${base}/v1/images/x/file`, { method: 'PUT' });
    upload.write('first');
    await expect.poll(() => Buffer.concat(received).toString()).toBe('first');
    upload.end('last');
    const [reply] = await once(upload, 'response');
    expect(await new Response(reply).text()).toBe('9');
  });

  test('a caller that goes away ends the request behind the edge', async () => {
    const gone = new Promise<void>((resolve) => {
      answer = (_, response) => {
        response.write('x');
        response.on('close', () => resolve());
      };
    });
    const controller = new AbortController();
    await fetch(`${base}/v1/events`, { signal: controller.signal });
    controller.abort();
    await gone;
  });

  test('a WebSocket reaches the console gateway with its Origin and protocols, and nothing else has one', async () => {
    const gateway = new WebSocketServer({ server: upstreams.console, handleProtocols: () => 'unkai.console' });
    gateway.on('connection', (socket, { headers }) => {
      socket.send(JSON.stringify({ origin: headers.origin, protocols: headers['sec-websocket-protocol'] }));
      socket.on('message', (data) => socket.send(data));
    });
    const address = base.replace('http', 'ws');
    const socket = new WebSocket(`${address}/console/x`, ['unkai.console', 'unkai.token.t'], { headers: { origin } });
    const [hello] = await once(socket, 'message');
    expect(JSON.parse(String(hello))).toEqual({ origin, protocols: 'unkai.console,unkai.token.t' });
    socket.send('typed');
    expect(String((await once(socket, 'message'))[0])).toBe('typed');
    socket.terminate();
    for (const path of ['/v1/events', '/', '/console/../v1']) {
      const other = new WebSocket(`${address}${path}`);
      other.on('error', () => {});
      const [, refused] = await once(other, 'unexpected-response');
      expect(refused.statusCode).toBe(404);
    }
    gateway.close();
  });
});

describe('answers', () => {
  test('those of the API tell browsers to make nothing of them; those of the portal are its own', async () => {
    answer = (_, response) => response.writeHead(200, { 'x-powered-by': 'x', 'cache-control': 'private' }).end();
    const api = (await fetch(`${base}/v1/servers`)).headers;
    expect(api.get('x-content-type-options')).toBe('nosniff');
    expect(api.get('content-security-policy')).toContain("default-src 'none'");
    expect(api.get('cache-control')).toBe('private');
    expect(api.get('x-powered-by')).toBeNull();
    expect(api.get('strict-transport-security')).toMatch(/^max-age=/);
    expect((await fetch(`${base}/`)).headers.get('content-security-policy')).toBeNull();
  });

  test('while a program is not there, programs get problem details and people a page that looks again', async () => {
    for (const name of ['api', 'web', 'console'] as const) {
      upstreams[name].close();
      upstreams[name].closeAllConnections();
    }
    const api = await fetch(`${base}/v1/servers`);
    expect([api.status, api.headers.get('content-type'), api.headers.get('retry-after')]).toEqual([
      503,
      'application/problem+json',
      '2',
    ]);
    expect(await api.json()).toMatchObject({ code: 'unavailable', status: 503 });
    const page = await fetch(`${base}/servers`);
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('Unkai is starting…');
    const socket = new WebSocket(`${base.replace('http', 'ws')}/console/x`);
    socket.on('error', () => {});
    const [, refused] = await once(socket, 'unexpected-response');
    expect(refused.statusCode).toBe(503);
  });
});

test('a program that closes a kept connection as it is used again is asked again, unless that could do a thing twice', async () => {
  await fetch(`${base}/first`);
  const closed: string[] = [];
  const used = new WeakSet<Socket>();
  answer = ({ socket, method = '' }, response) => {
    if (used.has(socket)) {
      closed.push(method);
      socket.resetAndDestroy();
      return;
    }
    used.add(socket);
    response.end('here');
  };
  const ask = async (method: string) => (await fetch(`${base}/page`, { method })).status;
  // Over the connection of the first one, which may be closed only from now on.
  expect(await ask('GET')).toBe(200);
  expect(await ask('GET')).toBe(200);
  expect(closed).toEqual(['GET']);
  expect(await ask('POST')).toBe(200);
  expect(await ask('POST')).toBe(503);
  expect(closed).toEqual(['GET', 'POST']);
});

test('a standard port is one service: its paths reach the door of that service, and nothing else', async () => {
  await openEdge();
  const targets = {
    api: addressOf(upstreams.api),
    console: addressOf(upstreams.console),
    web: addressOf(upstreams.web),
  };
  const log = openLog('edge', 'silent');
  const compute = createEdge({ targets, proof, origin, trustedProxies: '', log, prefix: '/compute' });
  await listening(compute);
  for (const path of ['/', '/v2.1/servers?limit=1', '/console', '/trpc/user.list']) {
    const told = await fetch(`${addressOf(compute)}${path}`);
    expect(told.headers.get('x-test-upstream')).toBe('api');
    expect(seen(await told.json()).url).toBe(`/compute${path}`);
  }
  edge = compute;
  for (const way of ['/../v1/servers', '/%2e%2e/v1/servers']) expect(await raw(way)).toMatch(/^HTTP\/1\.1 400 /);
});
