import type { Server } from 'node:net';
import { inNamespace } from './namespace.ts';
import { receiveServer } from './run.ts';

export interface ListenerTool {
  /** A listening socket in another network namespace; accepting on it needs no process there. */
  listen(namespace: string, address: string, port: number): Promise<Server>;
}

// The whole program of the child: it opens the socket where it stands, hands it over, and is gone.
const program = `
const [address, port] = process.argv.slice(1);
const server = require('node:net').createServer();
server.on('error', (error) => { process.stderr.write(error.message); process.exit(1); });
server.listen({ host: address, port: Number(port), backlog: 511 }, () => {
  process.send('listening', server, () => process.disconnect());
  server.close();
});
`;

/** The real listener: a process can be in one network namespace only, but a socket stays in the one it was opened in. */
export function openListener(): ListenerTool {
  return {
    listen: (namespace, address, port) =>
      receiveServer(inNamespace(namespace, [process.execPath, '--eval', program, address, String(port)])),
  };
}
