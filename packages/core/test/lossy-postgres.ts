import { createServer, type Socket, connect as tcpConnect } from 'node:net';

/** How a connection is lost at a commit: before Postgres hears of it, or after it did it and before anybody knows. */
export type Loss = 'commit is lost' | 'word of the commit is lost';

export interface LossyPostgres extends AsyncDisposable {
  /** Where Postgres is reached through it. */
  readonly url: string;
  /** The next commit ends like this. With `isAway`, nothing is reached any more after that until `comeBack`. */
  lose(loss: Loss, options?: { isAway: boolean }): void;
  /** All connections end at once, and nothing is reached any more until `comeBack`. */
  goAway(): void;
  comeBack(): void;
  /** How often it was not reached. */
  readonly refusals: number;
}

/** A way to Postgres that passes everything on, but can be told to break at the next commit. */
export async function lossyPostgres(databaseUrl: string): Promise<LossyPostgres> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let next: Loss | null = null;
  let willBeAway = false;
  let isAway = false;
  let refusals = 0;
  const server = createServer((client) => {
    if (isAway) {
      refusals += 1;
      return void client.destroy();
    }
    const postgres = tcpConnect(Number(target.port), target.hostname);
    const cut = () => [client, postgres].map((socket) => socket.destroy());
    for (const socket of [client, postgres]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    let isCommitting = false;
    const commits = commitsOf();
    client.on('data', (bytes) => {
      const isCommit = commits.isIn(bytes);
      if (next !== null && isCommit) {
        isAway = willBeAway;
        isCommitting = true;
        if (next === 'commit is lost') cut();
        next = null;
      }
      postgres.write(bytes);
    });
    postgres.on('data', (bytes) => (isCommitting ? cut() : client.write(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  if (typeof address === 'object' && address !== null) url.port = String(address.port);
  url.hostname = '127.0.0.1';
  // Not by the socket, which leads past us.
  url.searchParams.delete('host');
  return {
    url: url.href,
    lose(loss, options) {
      next = loss;
      willBeAway = options?.isAway ?? false;
    },
    goAway() {
      isAway = true;
      for (const socket of sockets) socket.destroy();
    },
    comeBack() {
      isAway = false;
    },
    get refusals() {
      return refusals;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Tells commits among what one connection sends: by the word, and by the name under which it was prepared before. */
function commitsOf() {
  const names = new Set<string>();
  return {
    isIn(bytes: Buffer): boolean {
      const text = bytes.toString('latin1');
      for (const [, name = ''] of text.matchAll(/(\w+)\0COMMIT\0/g)) names.add(name);
      return text.includes('COMMIT') || [...names].some((name) => text.includes(`\0${name}\0`));
    },
  };
}
