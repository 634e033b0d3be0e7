// A control plane for tests: a real HTTP server that speaks /agent as the contracts say it, with desired state that a test
// sets and reports that a test reads.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { desired } from '@unkai/contracts/host/desired';
import { interfaceSlotsHeader } from '@unkai/contracts/host/desired-server-migration';
import { type HostNoun, hostNoun } from '@unkai/contracts/host/job';
import { type HostLease, heartbeat, joinRequest } from '@unkai/contracts/host/join';
import { hostReports, serverLogUpload } from '@unkai/contracts/host/report';
import type { z } from 'zod';
import type { SpecOf } from '../src/state.ts';

type Report = z.output<typeof hostReports>['reports'][number];

export const hostId = '01890a5d-0000-774b-8cce-00000000aaaa';
export const joinToken = 'ukj_a-token-for-one-join';

export class TestControlPlane {
  readonly reports: Report[] = [];
  readonly requestIds: (string | undefined)[] = [];
  readonly logs = new Map<string, z.output<typeof serverLogUpload>>();
  readonly images = new Map<string, Buffer>();
  /** Disks of servers that move, by migration. */
  readonly disks = new Map<string, Buffer>();
  diskDownloads = 0;
  /** Where the interfaces of the last server were whose disk was sent. */
  slots: unknown;
  /** Paths that are answered with this status for as long as they are here. */
  readonly broken = new Map<string, number>();
  imageDownloads = 0;
  /** Whether an image's last byte is kept back, for as long as this is so. */
  holdsImages = false;
  readonly #heldImages = new Map<ServerResponse, Buffer>();
  /** Hosts that listen for hints over HTTP. */
  readonly listeners = new Set<ServerResponse>();
  /** Whether it knows such a thing: one of before does not. */
  streamsHints = false;
  joins = 0;
  /** The credential that each join asked for. */
  readonly proposed: (string | undefined)[] = [];
  /** How many answers to joins are lost on their way. */
  lostJoins = 0;
  heartbeats = 0;
  /** What heartbeats are answered with; none: as a control plane of before. */
  lease: HostLease | undefined;
  /** The lease that each heartbeat said. */
  readonly said: (number | undefined)[] = [];
  redis = { url: 'redis://127.0.0.1:1', username: 'default', password: '' };
  readonly #desired = new Map<string, { generation: number; spec: unknown }>();
  readonly #absent = new Map<string, number>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<TestControlPlane> {
    const plane = new TestControlPlane();
    plane.#server.listen(0, '127.0.0.1');
    await once(plane.#server, 'listening');
    return plane;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the control plane does not listen');
    return address.port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Wants a noun to be; its generation rises with each call. */
  want<Noun extends HostNoun>(noun: Noun, spec: SpecOf[Noun]): number {
    const key = `${noun}/${spec.id}`;
    const generation = (this.#desired.get(key)?.generation ?? this.#absent.get(key) ?? 0) + 1;
    this.#desired.set(key, { generation, spec });
    this.#absent.delete(key);
    return generation;
  }

  unwant(noun: HostNoun, id: string): void {
    const key = `${noun}/${id}`;
    this.#absent.set(key, (this.#desired.get(key)?.generation ?? 0) + 1);
    this.#desired.delete(key);
  }

  /** The newest report about a noun. */
  latest(noun: HostNoun, id: string): Report | undefined {
    return this.reports.findLast((report) => report.noun === noun && report.id === id);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const broken = [...this.broken].find(([prefix]) => path.startsWith(prefix));
    if (broken !== undefined) return void response.writeHead(broken[1]).end();
    const isKnown = request.headers.authorization === 'Bearer ukh_secret';
    if (path !== '/agent/join' && !isKnown) return void response.writeHead(401).end();
    try {
      if (path.endsWith('/disk')) {
        const slots = String(request.headers[interfaceSlotsHeader] ?? '{}');
        return this.#passDisk({ call: `${request.method} ${path}`, slots }, bytes, response);
      }
      const body: unknown = bytes.length === 0 ? undefined : JSON.parse(bytes.toString());
      this.#route(`${request.method} ${path}`, body, response);
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  }

  #route(call: string, body: unknown, response: ServerResponse): void {
    const [, noun, id] = /^GET \/agent\/desired\/([\w-]+)\/([\w-]+)$/.exec(call) ?? [];
    const [, imageId] = /^GET \/agent\/images\/([\w-]+)\/file$/.exec(call) ?? [];
    const [, loggedId] = /^PUT \/agent\/servers\/([\w-]+)\/log$/.exec(call) ?? [];
    if (call === 'POST /agent/join') this.#answerJoin(body, response);
    else if (call === 'POST /agent/heartbeat') json(response, this.#beat(body));
    else if (call === 'GET /agent/hints' && this.streamsHints) this.#listen(response);
    else if (call === 'GET /agent/desired') json(response, { items: this.#index() });
    else if (noun !== undefined && id !== undefined) json(response, this.#read(hostNoun.parse(noun), id));
    else if (imageId !== undefined) this.#sendImage(imageId, response);
    else if (call === 'POST /agent/reports') this.#take(body, response);
    else if (loggedId !== undefined) {
      this.logs.set(loggedId, serverLogUpload.parse(body));
      response.writeHead(204).end();
    } else response.writeHead(404).end();
  }

  /** Keeps the disk of a server that moves, and gives it away again. */
  #passDisk({ call, slots }: { call: string; slots: string }, bytes: Buffer, response: ServerResponse): void {
    const [, method, id = ''] = /^(GET|PUT) \/agent\/server-migrations\/([\w-]+)\/disk$/.exec(call) ?? [];
    const disk = this.disks.get(id);
    if (method === 'PUT') {
      this.disks.set(id, bytes);
      this.slots = JSON.parse(slots);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      json(response, { sizeBytes: bytes.length, sha256 });
    } else if (disk === undefined) response.writeHead(404).end();
    else {
      this.diskDownloads += 1;
      response.writeHead(200, { 'content-length': disk.length }).end(disk);
    }
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write('\n');
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
  }

  #answerJoin(body: unknown, response: ServerResponse): void {
    const reply = this.#join(body);
    if (this.lostJoins === 0) json(response, reply);
    else response.destroy();
    this.lostJoins = Math.max(0, this.lostJoins - 1);
  }

  #join(body: unknown) {
    const { token, credential } = joinRequest.parse(body);
    this.proposed.push(credential);
    if (token !== joinToken) throw new Error('this token was never made');
    this.joins += 1;
    return { hostId, credential: 'ukh_secret', redis: this.redis };
  }

  #beat(body: unknown) {
    this.said.push(heartbeat.parse(body).leaseGeneration);
    this.heartbeats += 1;
    return { intervalSeconds: 5, redis: this.redis, ...(this.lease && { lease: this.lease }) };
  }

  #index() {
    return [...this.#desired].map(([key, { generation }]) => {
      const [noun, id] = key.split('/');
      return { noun, id, generation };
    });
  }

  #read(noun: HostNoun, id: string) {
    const kept = this.#desired.get(`${noun}/${id}`);
    if (kept === undefined) return { presence: 'absent', generation: this.#absent.get(`${noun}/${id}`) ?? 0 };
    return desired[noun].parse({ presence: 'present', ...kept });
  }

  #take(body: unknown, response: ServerResponse): void {
    const { reports, requestId } = hostReports.parse(body);
    this.reports.push(...reports);
    this.requestIds.push(requestId);
    response.writeHead(204).end();
  }

  #sendImage(id: string, response: ServerResponse): void {
    this.imageDownloads += 1;
    const bytes = this.images.get(id);
    if (bytes === undefined) response.writeHead(404).end();
    else if (this.holdsImages) this.#holdImage(bytes, response);
    else response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  }

  #holdImage(bytes: Buffer, response: ServerResponse): void {
    this.#heldImages.set(response, bytes.subarray(-1));
    response.on('close', () => this.#heldImages.delete(response));
    response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, -1));
  }

  /** How many hosts wait for an image's last byte. */
  get waitingForImages(): number {
    return this.#heldImages.size;
  }

  letImagesGo(): void {
    this.holdsImages = false;
    for (const [response, rest] of this.#heldImages) response.end(rest);
  }
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
