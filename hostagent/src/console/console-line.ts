import type { Duplex } from 'node:stream';
import { type ConsoleClose, consoleClose } from '@unkai/contracts/resources/console-session';
import { WebSocket } from 'ws';
import type { SerialMultiplexer } from './multiplexer.ts';
import { RfbViewOnlyFilter } from './rfb-view-only.ts';

/** One console session as this host sees it. */
export type ConsoleLine = { serverId: string; isOver: boolean; close(why: ConsoleClose): void };

/** Twice in the time that the gateway gives us to be heard. */
const pingEveryMs = 10_000;
const dialLimitMs = 10_000;
/** How far behind a viewer may be: a serial viewer is dropped then, a screen waits. */
const behindLimitBytes = 1024 ** 2;
const messageLimitBytes = 1024 ** 2;

/** Dials out to a console gateway. Throws an Error that says why it could not. */
export function dial(url: string, headers: Readonly<Record<string, string>>): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      headers,
      handshakeTimeout: dialLimitMs,
      maxPayload: messageLimitBytes,
      perMessageDeflate: false,
      followRedirects: false,
    });
    // Messages that come with the answer to the handshake wait until somebody listens.
    socket.once('open', () => {
      socket.pause();
      socket.off('error', reject);
      socket.on('error', () => socket.terminate());
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Answers that stay out before a gateway is taken for gone: one comes behind all that two kernels hold for a slow viewer. */
const unansweredLimit = 6;

/**
 * Pings the gateway and cuts the line when it answers no more. Who holds the other back is not gone: a gateway with a slow
 * viewer reads nothing for a while, no ping either, and what we do not read ourselves holds its answers.
 */
export function keepAlive(socket: WebSocket): void {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (socket.bufferedAmount > 0) return;
    // Answered once we read again; until then it is how the gateway knows that we are there.
    if (socket.isPaused) return socket.ping();
    if (unanswered >= unansweredLimit) return socket.terminate();
    unanswered += 1;
    socket.ping();
  }, pingEveryMs);
  socket.on('pong', () => {
    unanswered = 0;
  });
  socket.on('close', () => clearInterval(timer));
}

/** Joins a viewer to the serial line. What a viewer types who may only look is dropped here, on the host. */
export function joinSerial(socket: WebSocket, serial: SerialMultiplexer, isReadOnly: boolean): void {
  const leave = serial.view({
    send: (bytes) => {
      if (socket.bufferedAmount > behindLimitBytes) return false;
      socket.send(bytes, { binary: true });
      return true;
    },
    end: (reason) => closeWith(socket, reason === 'slow' ? 'tooSlow' : 'hostEnded'),
  });
  socket.on('message', (data) => {
    if (!isReadOnly) serial.type(bytesOf(data));
  });
  socket.on('close', leave);
  socket.resume();
}

/** Joins a viewer to the screen, at the pace of the slower side. */
export function joinScreen(socket: WebSocket, screen: Duplex, isReadOnly: boolean): void {
  const filter = isReadOnly ? new RfbViewOnlyFilter() : undefined;
  screen.on('data', (bytes: Buffer) => {
    socket.send(bytes, { binary: true }, () => {
      if (socket.bufferedAmount <= behindLimitBytes) screen.resume();
    });
    if (socket.bufferedAmount > behindLimitBytes) screen.pause();
  });
  screen.on('drain', () => socket.resume());
  screen.on('error', () => undefined);
  screen.on('close', () => closeWith(socket, 'hostEnded'));
  socket.on('message', (data) => {
    try {
      const bytes = filter === undefined ? bytesOf(data) : filter.pass(bytesOf(data));
      if (bytes.length > 0 && !screen.write(bytes)) socket.pause();
    } catch {
      closeWith(socket, 'notPermitted');
    }
  });
  socket.on('close', () => screen.destroy());
  socket.resume();
}

/** Closes with a code and the words that a person reads, and cuts the line when the other side does not close in turn. */
export function closeWith(socket: WebSocket, why: ConsoleClose): void {
  const { code, reason } = consoleClose[why];
  socket.resume();
  socket.close(code, reason);
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
