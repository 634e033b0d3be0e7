// Viewers of both consoles over real WebSockets, whose other end does not read.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { consoleClose } from '@unkai/contracts/resources/console-session';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dial, joinScreen, joinSerial, keepAlive } from '../../src/console/console-line.ts';
import { SerialMultiplexer } from '../../src/console/multiplexer.ts';
import { type Arrival, Gateway } from '../gateway.ts';

const mebibyte = 1024 ** 2;
/** More than two kernels and both limits hold together. */
const muchBytes = 64 * mebibyte;

let gateway: Gateway;
beforeEach(async () => {
  gateway = new Gateway();
  await gateway.listen();
});
afterEach(() => {
  vi.useRealTimers();
  gateway.close();
});

async function viewer(): Promise<{ socket: Awaited<ReturnType<typeof dial>>; arrival: Arrival }> {
  const before = gateway.arrivals.length;
  const socket = await dial(gateway.url('host/1'), {});
  await expect.poll(() => gateway.arrivals.length).toBe(before + 1);
  return { socket, arrival: gateway.latest };
}

test('a serial viewer that does not read is dropped with the reason; the guest prints on and the others see all of it', async () => {
  const guest = new Duplex({ read() {}, write: (_bytes, _encoding, done) => done() });
  let heard = 0;
  const serial = new SerialMultiplexer(guest, Buffer.alloc(0), {
    onBytes: (count) => {
      heard += count;
    },
    onGone: () => undefined,
  });
  const slow = await viewer();
  const fast = await viewer();
  joinSerial(slow.socket, serial, false);
  joinSerial(fast.socket, serial, false);
  slow.arrival.socket.pause();
  const line = Buffer.alloc(65_536, 'x');
  let printed = 0;
  while (serial.viewerCount === 2 && printed < muchBytes) {
    guest.push(line);
    printed += line.length;
    // As fast as the one that reads can follow: it is not to be taken for a slow one.
    const said = printed;
    await expect.poll(() => fast.arrival.seen.length, { interval: 1 }).toBe(said);
  }
  expect(serial.viewerCount).toBe(1);
  guest.push('still here');
  await expect.poll(() => fast.arrival.seen.endsWith('still here')).toBe(true);
  expect(heard).toBe(printed + 'still here'.length);
  expect(fast.arrival.closed).toBeUndefined();
  // Once it reads again, it learns why.
  slow.arrival.socket.resume();
  await expect.poll(() => slow.arrival.closed?.code).toBe(consoleClose.tooSlow.code);
});

/** A screen as QEMU offers it: a socket, whose other end the test holds. */
async function screen(): Promise<{ qemu: Socket; here: Socket; close: () => void }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the screen does not listen');
  const here = connect(address.port, '127.0.0.1');
  const [qemu] = await once(server, 'connection');
  return { qemu, here, close: () => server.close() };
}

test('a screen waits for a viewer that does not read, keeps no more than it may, and then goes on where it was', async () => {
  const { qemu, here, close } = await screen();
  const { socket, arrival } = await viewer();
  joinScreen(socket, here, false);
  arrival.socket.pause();
  const picture = Buffer.alloc(muchBytes, 'p');
  qemu.write(picture);
  await expect.poll(() => here.isPaused()).toBe(true);
  // One more message of the socket may be on its way when the limit is met.
  expect(socket.bufferedAmount).toBeLessThan(2 * mebibyte);
  expect(here.bytesRead).toBeLessThan(muchBytes / 2);
  expect(arrival.closed).toBeUndefined();
  arrival.socket.resume();
  await expect.poll(() => arrival.seen.length, { timeout: 20_000 }).toBe(muchBytes);
  expect(arrival.closed).toBeUndefined();
  qemu.destroy();
  await expect.poll(() => arrival.closed?.code).toBe(consoleClose.hostEnded.code);
  close();
});

test('a viewer with a slow line keeps its screen: a gateway that is held back by it answers no ping', async () => {
  const { qemu, here, close } = await screen();
  const { socket, arrival } = await viewer();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  keepAlive(socket);
  joinScreen(socket, here, false);
  arrival.socket.pause();
  qemu.write(Buffer.alloc(muchBytes, 'p'));
  await expect.poll(() => here.isPaused()).toBe(true);
  vi.advanceTimersByTime(10 * 60_000);
  arrival.socket.resume();
  await expect.poll(() => arrival.seen.length, { timeout: 20_000 }).toBe(muchBytes);
  expect(arrival.closed).toBeUndefined();
  qemu.destroy();
  close();
});

test('what a viewer types may wait for a screen that takes nothing: it is no reason to cut the line', async () => {
  const { qemu, here, close } = await screen();
  const { socket, arrival } = await viewer();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  keepAlive(socket);
  joinScreen(socket, here, false);
  qemu.pause();
  for (let sent = 0; sent < 16 * mebibyte; sent += mebibyte / 2) arrival.socket.send(Buffer.alloc(mebibyte / 2, 'k'));
  await expect.poll(() => socket.isPaused).toBe(true);
  // It reads no ping of the gateway meanwhile, so that one knows by ours that it is there.
  let heard = 0;
  arrival.socket.on('ping', () => {
    heard += 1;
  });
  vi.advanceTimersByTime(10 * 60_000);
  await expect.poll(() => heard).toBeGreaterThan(30);
  let typed = 0;
  qemu.on('data', (bytes: Buffer) => {
    typed += bytes.length;
  });
  qemu.resume();
  await expect.poll(() => typed).toBe(16 * mebibyte);
  expect(arrival.closed).toBeUndefined();
  qemu.destroy();
  close();
});

test('a gateway that is not there any more is given up, though nothing says so', async () => {
  const { socket, arrival } = await viewer();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  keepAlive(socket);
  socket.resume();
  arrival.socket.pause();
  vi.advanceTimersByTime(5 * 60_000);
  await expect.poll(() => socket.readyState).toBe(socket.CLOSED);
});
