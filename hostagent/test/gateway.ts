// The console gateway's end, for tests: takes what hosts dial, and keeps what they send.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export type Arrival = {
  socket: WebSocket;
  request: IncomingMessage;
  seen: string;
  closed: { code: number } | undefined;
};

export class Gateway {
  readonly arrivals: Arrival[] = [];
  readonly #http = createServer();
  readonly #sockets = new WebSocketServer({ server: this.#http });

  async listen(): Promise<void> {
    this.#sockets.on('connection', (socket, request) => {
      const arrival: Arrival = { socket, request, seen: '', closed: undefined };
      socket.on('message', (data: Buffer) => {
        arrival.seen += data.toString('latin1');
      });
      socket.on('close', (code) => {
        arrival.closed = { code };
      });
      this.arrivals.push(arrival);
    });
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
  }

  url(path: string): string {
    const address: AddressInfo | string | null = this.#http.address();
    if (address === null || typeof address === 'string') throw new Error('the gateway does not listen');
    return `ws://127.0.0.1:${address.port}/${path}`;
  }

  close(): void {
    for (const { socket } of this.arrivals) socket.terminate();
    this.#sockets.close();
    this.#http.close();
  }

  get latest(): Arrival {
    const arrival = this.arrivals.at(-1);
    if (arrival === undefined) throw new Error('no host has dialled');
    return arrival;
  }
}
