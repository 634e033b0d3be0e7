import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers an upgrade that is not taken, with plain HTTP, and closes. */
export function refuse(socket: Duplex, status: number): void {
  const words = STATUS_CODES[status] ?? 'Error';
  const head = [
    `HTTP/1.1 ${status} ${words}`,
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${words.length}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${words}`);
}
