// A whole cloud in one process: real Postgres and Redis, the API behind its own port, the workers' program, and three hosts
// with real switches between them. Only the guests are light (light-guests.ts), and the processes share one.
import { randomUUID } from 'node:crypto';
import { type ApiClient, granted } from '@unkai/client/client';
import type { components, operations } from '@unkai/client/generated/v1';
import { keepListening } from '@unkai/core/host/listening';
import { Registry } from 'prom-client';
import { type Cloud, clientOf, makePerson, makeTenant, openCloud, type Tenant } from '../../../api/test/cloud.ts';
import { listen, makeJoinToken } from '../../../api/test/installation.ts';
import { startWorkers, type Workers } from '../../../workers/src/program.ts';
import { allWorkflows } from '../../../workers/src/workflows/all.ts';
import { eventually } from '../real/eventually.ts';
import { TestFabric } from '../real/fabric.ts';
import { CloudHost } from './cloud-host.ts';

export type Server = components['schemas']['Server'];
type ServerWish = operations['server.create']['requestBody']['content']['application/json'];

const imageSizeBytes = 1024 ** 2;

export class CloudOnHosts {
  readonly cloud: Cloud;
  readonly tenant: Tenant;
  /** All of `/v1` as a member of the tenant, and as an operator. */
  readonly member: ApiClient;
  readonly operator: ApiClient;
  readonly fabric: TestFabric;
  readonly hosts: readonly CloudHost[];
  readonly #parts: Pick<ServerWish, 'flavorId' | 'imageId'>;
  readonly #close: () => Promise<void>;

  private constructor(
    given: Pick<CloudOnHosts, 'cloud' | 'tenant' | 'member' | 'operator' | 'fabric' | 'hosts'> & {
      parts: Pick<ServerWish, 'flavorId' | 'imageId'>;
      close: () => Promise<void>;
    },
  ) {
    this.cloud = given.cloud;
    this.tenant = given.tenant;
    this.member = given.member;
    this.operator = given.operator;
    this.fabric = given.fabric;
    this.hosts = given.hosts;
    this.#parts = given.parts;
    this.#close = given.close;
  }

  static async start(count = 3): Promise<CloudOnHosts> {
    const cloud = await openCloud();
    const fabric = await TestFabric.start(0);
    const door = await listen(cloud.app);
    // As the API's program does: else no host would ever count as silent.
    const ending = new AbortController();
    void keepListening(cloud.core, ending.signal);
    const workers = workersOf(cloud);
    const hosts = await startHosts(cloud, fabric, { count, apiUrl: door.url });
    const close = async () => {
      const ends = await Promise.allSettled(hosts.map((host) => host.stop()));
      await workers.stop();
      ending.abort();
      await door[Symbol.asyncDispose]();
      await fabric.stop();
      await cloud[Symbol.asyncDispose]();
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    };
    const tenant = await makeTenant(cloud);
    const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
    const operator = await makePerson(cloud, { system: 'admin' });
    const onHosts = new CloudOnHosts({
      cloud,
      tenant,
      member: clientOf(cloud, person.token),
      operator: clientOf(cloud, operator.token),
      fabric,
      hosts,
      parts: await makeParts(cloud),
      close,
    });
    await eventually(async () => {
      const { items } = granted(await onHosts.operator.GET('/hosts'));
      if (items.filter(({ isUp }) => isUp).length < count) throw new Error('not all hosts are up');
    });
    return onHosts;
  }

  /** The n-th host, from 0. */
  host(index: number): CloudHost {
    const host = this.hosts[index];
    if (host === undefined) throw new Error(`there are ${this.hosts.length} hosts`);
    return host;
  }

  hostOf({ hostName }: Pick<Server, 'hostName'>): CloudHost {
    const host = this.hosts.find(({ name }) => name === hostName);
    if (host === undefined) throw new Error(`there is no host ${hostName}`);
    return host;
  }

  /** Asks for a server, and gives its id. */
  async askForServer(name: string, wish: Partial<ServerWish> = {}, as = this.member): Promise<string> {
    const params = { path: { projectId: this.tenant.id }, header: { 'Idempotency-Key': randomUUID() } };
    const body = { name, ...this.#parts, ...wish };
    return granted(await as.POST('/projects/{projectId}/servers', { params, body })).id;
  }

  /** A server that runs. With a host, as an operator chooses it. */
  async createServer(name: string, wish: Partial<ServerWish> = {}): Promise<Server> {
    const id = await this.askForServer(name, wish, wish.hostName === undefined ? this.member : this.operator);
    return this.untilSettled(id, 'running');
  }

  /** With its host, which only operators are told. */
  async server(id: string): Promise<Server> {
    return granted(await this.operator.GET('/servers/{id}', { params: { path: { id } } }));
  }

  /** Waits until nothing is under way with a server, and gives it. Throws when it is then in another state. */
  async untilSettled(id: string, state: Server['state']): Promise<Server> {
    await this.untilQuiet(id);
    const found = await this.server(id);
    if (found.state !== state) throw new Error(`it is ${found.state}: ${JSON.stringify(found.failure)}`);
    return found;
  }

  /** Waits until no operation is under way with a thing: after several failures a host tries again half a minute later. */
  async untilQuiet(resourceId: string): Promise<void> {
    const { prisma } = this.cloud.core.database;
    await eventually(async () => {
      const under = await prisma.workflowRun.findFirst({ where: { resourceId, endedAt: null } });
      if (under !== null) throw new Error(`${under.name} is still under way`);
    }, 180_000);
  }

  /** Gives a guest the first address of its server by hand, for tests that are not about DHCP. */
  async address(server: Server): Promise<void> {
    const argv = ['ip', 'address', 'replace', `${addressOf(server)}/24`, 'dev', 'eth0'] as const;
    const { code, stderr } = await this.hostOf(server).inGuest(server.id, argv);
    if (code !== 0) throw new Error(stderr);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** For what is answered with nothing: throws, with what the API says of it, when it refused. */
export async function done(answer: Promise<{ error?: unknown; response: Response }>): Promise<void> {
  const { error, response } = await answer;
  if (!response.ok) throw new Error(`${response.status}: ${JSON.stringify(error)}`);
}

export function addressOf({ name, addresses }: Server): string {
  const [first] = addresses;
  if (first === undefined) throw new Error(`${name} has no address`);
  return first.address;
}

function workersOf({ core, options, services: { redisUrl } }: Cloud): Workers {
  const registry = new Registry();
  const workflows = allWorkflows(options.images, options.disks);
  return startWorkers(core, {
    workflows,
    disks: options.disks,
    redisUrl,
    concurrency: 8,
    registry,
    mailer: null,
  });
}

async function startHosts(cloud: Cloud, fabric: TestFabric, given: { count: number; apiUrl: string }) {
  const starts = Array.from({ length: given.count }, async (_, index) => {
    const joinToken = await makeJoinToken(cloud.core);
    const plugUnderlay = (namespace: string) => fabric.plugUnderlay(namespace, index);
    return CloudHost.start({ name: `host-${index + 1}`, apiUrl: given.apiUrl, joinToken, plugUnderlay });
  });
  return Promise.all(starts);
}

async function makeParts(cloud: Cloud) {
  const { prisma } = cloud.core.database;
  const flavor = await prisma.flavor.create({ data: { name: 'm1.light', vcpus: 1, memoryMib: 64, diskGib: 1 } });
  return { flavorId: flavor.id, imageId: await makeImage(cloud, 'empty') };
}

/** An image that everybody may use: a disk with its name and nothing else, as no guest looks at it. Gives its id. */
export async function makeImage({ core, options }: Pick<Cloud, 'core' | 'options'>, name: string): Promise<string> {
  const { prisma } = core.database;
  const image = await prisma.image.create({
    data: { name, state: 'importing', visibility: 'public', diskFormat: 'raw' },
  });
  async function* bytes() {
    yield Buffer.concat([Buffer.from(name)], imageSizeBytes);
  }
  const written = await options.images.write(image.id, bytes(), { limitBytes: imageSizeBytes });
  const { sha256, sizeBytes } = written;
  const data = { state: 'active', sha256, sizeBytes, virtualSizeBytes: imageSizeBytes };
  await prisma.image.update({ where: { id: image.id }, data });
  return image.id;
}
