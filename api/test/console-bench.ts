import { once } from 'node:events';
import { createServer } from 'node:http';
import { consoleTokenSubprotocolPrefix } from '@unkai/contracts/resources/console-session';
import { openConsoleSession } from '@unkai/core/console';
import { readDesired } from '@unkai/core/host/desired';
import { edgeProof } from '@unkai/core/identity/edge-trust';
import { expect } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { ConsoleGateway } from '../src/console/gateway.ts';
import {
  callAs,
  closing,
  type Installation,
  makeHost,
  makeProject,
  makeServer,
  makeUser,
  openInstallation,
  portOf,
} from './installation.ts';

export const origin = 'https://cloud.example';
/** As in an installation, but open consoles are looked at more often. */
const usualTimes = { hostMs: 10_000, pingMs: 20_000, recheckMs: 30, longestMs: 60_000 };
type Times = typeof usualTimes;

export const protocolsOf = (token: string) => ['unkai.console', `${consoleTokenSubprotocolPrefix}${token}`];

interface Way {
  readonly path: string;
  readonly token: string;
}

/** A gateway on a real port, a running server on the host `alpha`, and a member of its project. */
export class ConsoleBench implements AsyncDisposable {
  readonly installation: Installation;
  readonly host: Awaited<ReturnType<typeof makeHost>>;
  readonly server: Awaited<ReturnType<typeof makeServer>>;
  readonly member: Awaited<ReturnType<typeof makeUser>>;
  /** Why consoles ended, in order. */
  readonly ended: string[] = [];
  readonly #sockets: WebSocket[] = [];
  #running: { gateway: ConsoleGateway; url: string; http: AsyncDisposable } | undefined;

  private constructor(made: Pick<ConsoleBench, 'installation' | 'host' | 'server' | 'member'>) {
    this.installation = made.installation;
    this.host = made.host;
    this.server = made.server;
    this.member = made.member;
  }

  static async open(): Promise<ConsoleBench> {
    const installation = await openInstallation();
    const { core, services } = installation;
    const host = await makeHost(core, services, 'alpha');
    const project = await makeProject(core);
    const server = await makeServer(core, { projectId: project.id, hostId: host.hostId });
    const member = await makeUser(core, 'member', project.id);
    const bench = new ConsoleBench({ installation, host, server, member });
    await bench.reopen({});
    return bench;
  }

  get prisma() {
    return this.installation.core.database.prisma;
  }

  get gateway(): ConsoleGateway {
    if (this.#running === undefined) throw new Error('the gateway is not open');
    return this.#running.gateway;
  }

  /** Opens the gateway anew, with some of its times shorter. */
  async reopen(chosen: Partial<Times>): Promise<void> {
    await this.#stop();
    const listener = createServer();
    listener.on('upgrade', (request, socket, head) => this.gateway.upgrade(request, socket, head));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const url = `ws://127.0.0.1:${portOf(listener.address())}`;
    const gateway = new ConsoleGateway(this.installation.core, {
      origin,
      edgeProof: edgeProof('s'.repeat(64)),
      url,
      times: { ...usualTimes, ...chosen },
      onEnd: (reason) => this.ended.push(reason),
    });
    this.#running = { gateway, url, http: closing(listener) };
    await gateway.start();
  }

  async session(kind: 'serial' | 'screen' = 'serial', token = this.member.token) {
    return openConsoleSession(await callAs(this.installation.core, token), this.server.id, kind);
  }

  connect(path: string, protocols: string[], options: ClientOptions = {}): WebSocket {
    return this.#keep(new WebSocket(`${this.#running?.url}${path}`, protocols, options));
  }

  /** Opens a console as a browser does that also sends cookies. */
  browse({ path, token }: Way, from = origin): WebSocket {
    return this.connect(path, protocolsOf(token), { headers: { origin: from, cookie: 'session=whatever' } });
  }

  /** Dials as the agent does: to the address that its desired state names. */
  async dial(sessionId: string, credential = this.host.credential): Promise<WebSocket> {
    const { database } = this.installation.core;
    const wanted = () => readDesired(database, this.host.hostId, 'console-session', sessionId);
    await expect.poll(wanted).toMatchObject({ presence: 'present' });
    const desired = await wanted();
    if (desired.presence !== 'present') throw new Error('no gateway waits for the host');
    return this.#keep(new WebSocket(desired.spec.gatewayUrl, { headers: { authorization: `Bearer ${credential}` } }));
  }

  /** A console with both its ends. */
  async joined() {
    const made = await this.session();
    const browser = this.browse(made);
    await once(browser, 'open');
    const agent = await this.dial(made.id);
    await once(agent, 'open');
    return { made, browser, agent };
  }

  async endedAt(id: string): Promise<Date | null> {
    return (await this.prisma.consoleSession.findUniqueOrThrow({ where: { id } })).endedAt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    await this.#stop();
    await this.installation[Symbol.asyncDispose]();
  }

  async #stop(): Promise<void> {
    await this.#running?.gateway.stop();
    await this.#running?.http[Symbol.asyncDispose]();
  }

  #keep(socket: WebSocket): WebSocket {
    socket.on('error', () => {});
    this.#sockets.push(socket);
    return socket;
  }
}

export async function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = await once(socket, 'close');
  return { code: Number(code), reason: String(reason) };
}

/** The status of an upgrade that is refused with plain HTTP. */
export async function refusalOf(socket: WebSocket): Promise<number | undefined> {
  const [, answer] = await once(socket, 'unexpected-response');
  return answer.statusCode;
}

export async function messageOf(socket: WebSocket): Promise<string> {
  const [data] = await once(socket, 'message');
  return String(data);
}
