import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createRawServer, type Server, type Socket } from 'node:net';

export type Receiver = AsyncDisposable & {
  readonly port: number;
  /** What arrived, oldest first. */
  readonly heard: ReadonlyArray<{ readonly request: IncomingMessage; readonly body: string }>;
};

/** A web server on 127.0.0.1 that keeps what it was sent. */
export async function receiver(answer: RequestListener): Promise<Receiver> {
  const heard: Array<{ request: IncomingMessage; body: string }> = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    heard.push({ request, body: Buffer.concat(parts).toString() });
    answer(request, response);
  });
  const port = await listen(server);
  return {
    port,
    heard,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A server that speaks no HTTP, or its own. */
export async function rawReceiver(speak: (socket: Socket) => void): Promise<Omit<Receiver, 'heard'>> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    speak(socket);
  });
  const port = await listen(server);
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function listen(server: Server): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
  return promise;
}
