// Hosts, routers and guests with floating IPs in a real database, and hosts that follow what they are told as agents do: one
// answer at a time for each thing, kept until the next one is made so, and a report of each.
import { randomUUID } from 'node:crypto';
import { type HostNoun, hostNoun } from '@unkai/contracts/host/job';
import { type HostReport, hostReports } from '@unkai/contracts/host/report';
import type { Call, Core } from '../src/call.ts';
import { commit, type Unit } from '../src/database/database.ts';
import { readDesired, readDesiredIndex } from '../src/host/desired.ts';
import { takeReports } from '../src/host/reports.ts';
import { systemActor } from '../src/identity/actor.ts';
import { settleRouter } from '../src/store/router-host.ts';
import { listenFor, openTestCore } from './workflow-core.ts';

/** What a host says of itself that reaches the external network and knows all nouns. */
export const outwardFacts = {
  nouns: [...hostNoun.options],
  physicalNetworks: [{ name: 'provider', bridge: 'br-ex', mtu: 1500 }],
};
export const inwardFacts = { ...outwardFacts, physicalNetworks: [] };

type Noun = 'router' | 'router-branch';
interface Answer {
  readonly generation: number;
  readonly addresses: readonly string[];
  readonly isPresent: boolean;
}

export interface FloatingWorld extends AsyncDisposable {
  readonly core: Core;
  readonly call: Call;
  readonly outsideId: string;
  readonly routers: readonly Joined[];
  addHost(name: string, facts?: object): Promise<ModelHost>;
  commit<Made>(work: (unit: Unit) => Promise<Made>): Promise<Made>;
  /** A server behind the router, on that host or none yet, and its port. */
  addGuest(router: Joined, hostId: string | null): Promise<Guest>;
  /** A floating IP that reaches nobody. */
  addFloatingIp(): Promise<{ id: string; address: string }>;
  holder(address: string): Promise<{ hostId: string; noun: string; isLeaving: boolean } | null>;
}

export interface Joined {
  readonly id: string;
  readonly network: { readonly id: string; readonly subnetId: string };
}

export interface Guest {
  readonly serverId: string;
  readonly portId: string;
  readonly fixedAddress: string;
}

/** Two routers of one project, each with a network of its own, out of which they lead into one external network. */
export async function openFloatingWorld(): Promise<FloatingWorld> {
  const opened = await openTestCore();
  const { core } = opened;
  await listenFor(core, 3_600);
  const { prisma } = core.database;
  const domain = await prisma.domain.create({ data: { name: randomUUID() } });
  const { id: projectId } = await prisma.project.create({ data: { domainId: domain.id, name: 'p' } });
  let count = 10;
  const next = () => (count += 1);
  const addNetwork = async (over: object, cidr: string) => {
    const { id } = await prisma.network.create({
      data: { projectId, name: 'n', tunnelKey: next(), mtu: 1450, ...over },
    });
    const at = (last: number) => cidr.replace(/0\/24$/, String(last));
    const own = {
      networkId: id,
      projectId,
      name: 's',
      cidr,
      gatewayAddress: at(1),
      dhcpAddress: at(2),
      dnsServers: [],
    };
    return { id, subnetId: (await prisma.subnet.create({ data: own })).id, at };
  };
  const addPort = async (on: { id: string; subnetId: string }, address: string, over: object) => {
    const macAddress = `fa:${randomUUID().replaceAll('-', '').slice(0, 10).match(/../g)?.join(':')}`;
    const { id } = await prisma.port.create({ data: { projectId, networkId: on.id, macAddress, ...over } });
    await prisma.portAddress.create({ data: { portId: id, networkId: on.id, subnetId: on.subnetId, address } });
    return id;
  };
  const isOutside = { isExternal: true, networkType: 'flat', physicalNetwork: 'provider', mtu: 1500 };
  const outside = await addNetwork(isOutside, '203.0.113.0/24');
  const addRouter = async (cidr: string) => {
    const network = await addNetwork({}, cidr);
    const { id: routerId } = await prisma.router.create({ data: { projectId, name: 'r' } });
    await addPort(network, network.at(1), { routerId, deviceOwner: 'network:router_interface' });
    await addPort(outside, outside.at(next()), { routerId, deviceOwner: 'network:router_gateway' });
    return { id: routerId, network };
  };
  const routers = [await addRouter('10.1.0.0/24'), await addRouter('10.2.0.0/24')];
  const settled = <Made>(work: (unit: Unit) => Promise<Made>) => commit(core.database, work);
  return {
    core,
    call: { core, actor: systemActor, requestId: 'test', address: null, log: core.log },
    outsideId: outside.id,
    routers,
    commit: settled,
    async addHost(name, facts = outwardFacts) {
      const size = { facts, vcpus: 4, memoryMib: 8192, diskGib: 100, underlayAddress: '192.0.2.1' };
      const secrets = { credentialHash: Buffer.from(randomUUID()), redisPasswordHash: 'a'.repeat(64) };
      const data = { name, lastHeartbeatAt: new Date(), ...size, ...secrets };
      return new ModelHost(core, (await prisma.host.create({ data })).id);
    },
    async addGuest({ network }, hostId) {
      const flavor = { flavorId: randomUUID(), flavorName: 'm', vcpus: 1, memoryMib: 512, diskGib: 1 };
      const server = { projectId, name: 'web', state: 'running', reservationId: 'r', hostId, ...flavor };
      const { id: serverId } = await prisma.server.create({ data: server });
      const address = network.id === routers[0]?.network.id ? `10.1.0.${next()}` : `10.2.0.${next()}`;
      return { serverId, portId: await addPort(network, address, { serverId }), fixedAddress: address };
    },
    async addFloatingIp() {
      const address = outside.at(100 + next());
      const externalPortId = await addPort(outside, address, { deviceOwner: 'network:floatingip' });
      const { id } = await prisma.floatingIp.create({
        data: { projectId, networkId: outside.id, externalPortId, address },
      });
      return { id, address };
    },
    async holder(address) {
      const row = await prisma.floatingIpHolder.findUnique({
        where: { networkId_address: { networkId: outside.id, address } },
      });
      return row && { hostId: row.hostId, noun: row.noun, isLeaving: row.leavingSince !== null };
    },
    [Symbol.asyncDispose]: () => opened.close(),
  };
}

/** Chooses hosts for the routers, as far as there are any. */
export async function settleRouters({ routers, core, commit: settled }: FloatingWorld): Promise<void> {
  for (const { id } of routers) await settled((unit) => settleRouter(unit, core, { routerId: id, requestId: 'r' }));
}

/** A host as its agent makes it: what it was told last, what it has made so, and what it has yet to say of it. */
export class ModelHost {
  readonly id: string;
  /** Reports that are under way, and may come late, twice and in any order. */
  readonly outbox: HostReport[] = [];
  readonly #core: Core;
  /** By noun and id: the answers that it may act by at this moment. Several after one that failed half-way. */
  readonly #made = new Map<string, Answer[]>();
  readonly #asked = new Map<string, Answer>();

  constructor(core: Core, id: string) {
    this.#core = core;
    this.id = id;
  }

  /** Asks what a thing should be, when it is not at work on it already. */
  async ask(noun: Noun, id: string): Promise<void> {
    const key = `${noun}/${id}`;
    if (this.#asked.has(key)) return;
    const desired = await readDesired<HostNoun>(this.#core.database, this.id, noun, id);
    const spec = desired.presence === 'present' ? desired.spec : null;
    const told = spec !== null && 'floatingIps' in spec ? spec.floatingIps : [];
    const led = spec !== null && 'portForwardings' in spec ? spec.portForwardings : [];
    const addresses = [...told, ...led].map(({ address }) => address);
    this.#asked.set(key, { generation: desired.generation, addresses, isPresent: spec !== null });
  }

  /** Makes a thing what it was told, wholly, or half-way: then with all that is to go gone, or not even that. */
  make(noun: Noun, id: string, how: 'wholly' | 'letting go' | 'failing' = 'wholly'): void {
    const key = `${noun}/${id}`;
    const answer = this.#asked.get(key);
    if (answer === undefined) return;
    this.#asked.delete(key);
    const before = how === 'failing' ? (this.#made.get(key) ?? []) : [];
    this.#made.set(key, [...before, answer]);
    const about = { noun, id, generation: answer.generation };
    const failure = { code: 'host_failed', message: 'No.', next: 'Look.' } as const;
    if (how === 'wholly') this.outbox.push({ ...about, state: answer.isPresent ? 'present' : 'absent' });
    else this.outbox.push({ ...about, state: 'failed', failure, ...(how === 'letting go' && { hasLetGo: true }) });
  }

  /** Lets a report arrive; `again` leaves it under way. */
  async deliver(index = 0, again = false): Promise<void> {
    const report = again ? this.outbox[index] : this.outbox.splice(index, 1)[0];
    if (report === undefined) return;
    const identity = { id: this.id, name: 'model', isUp: true, credential: '' };
    await takeReports(this.#core, identity, hostReports.parse({ reports: [report] }), 'r');
  }

  /** All that it may answer for outside at this moment, by the noun and router that tell it so. */
  claims(): Map<string, Set<string>> {
    const claims = new Map<string, Set<string>>();
    for (const [key, answers] of [
      ...this.#made,
      ...[...this.#asked].map(([asked, answer]) => [asked, [answer]] as const),
    ]) {
      for (const address of answers.flatMap(({ addresses }) => addresses)) {
        claims.set(address, (claims.get(address) ?? new Set()).add(key));
      }
    }
    return claims;
  }

  serves(address: string): boolean {
    return this.claims().has(address);
  }

  /** A sync: asks for all that is listed or that it has, makes it so and says so. */
  async sync(): Promise<void> {
    const { items } = await readDesiredIndex(this.#core.database, this.id);
    const listed = items.filter(({ noun }) => noun === 'router' || noun === 'router-branch');
    const keys = new Set([...listed.map(({ noun, id }) => `${noun}/${id}`), ...this.#made.keys()]);
    for (const key of keys) {
      const [noun, id = ''] = key.split('/');
      await this.follow(noun === 'router' ? 'router' : 'router-branch', id);
    }
  }

  /** What follows a hint. */
  async follow(noun: Noun, id: string): Promise<void> {
    this.make(noun, id);
    await this.ask(noun, id);
    this.make(noun, id);
    while (this.outbox.length > 0) await this.deliver();
  }
}
