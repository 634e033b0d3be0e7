// A router on the host `edge`, and a guest with a floating IP, which has not been placed yet; `near` and `other` reach the
// external network too. What moves it, as placement, operators and users do.

import { hostLiveness } from '../src/reconcile/host-liveness.ts';
import { findFloatingIp, viewFloatingIp } from '../src/store/floating-ip.ts';
import { updateFloatingIp } from '../src/store/floating-ip-change.ts';
import { reconsiderFloatingIps } from '../src/store/floating-ip-way.ts';
import { announceNetworks } from '../src/store/host-network.ts';
import { type FloatingWorld, type Guest, type ModelHost, openFloatingWorld, settleRouters } from './floating-world.ts';

export class FloatingCase {
  readonly world: FloatingWorld;
  readonly edge: ModelHost;
  readonly near: ModelHost;
  readonly other: ModelHost;
  readonly routerId: string;
  readonly guest: Guest;
  floating: { id: string; address: string };

  private constructor(
    parts: Pick<FloatingCase, 'world' | 'edge' | 'near' | 'other' | 'routerId' | 'guest' | 'floating'>,
  ) {
    this.world = parts.world;
    this.edge = parts.edge;
    this.near = parts.near;
    this.other = parts.other;
    this.routerId = parts.routerId;
    this.guest = parts.guest;
    this.floating = parts.floating;
  }

  static async open(): Promise<FloatingCase> {
    const world = await openFloatingWorld();
    const edge = await world.addHost('a-edge');
    await settleRouters(world);
    const [near, other] = [await world.addHost('b-near'), await world.addHost('c-other')];
    const [router] = world.routers;
    if (router === undefined) throw new Error('there are two');
    const guest = await world.addGuest(router, null);
    return new FloatingCase({
      world,
      edge,
      near,
      other,
      routerId: router.id,
      guest,
      floating: await world.addFloatingIp(),
    });
  }

  close(): PromiseLike<void> {
    return this.world[Symbol.asyncDispose]();
  }

  /** A guest behind the other router. */
  async second(hostId: string | null): Promise<Guest> {
    const [, router] = this.world.routers;
    if (router === undefined) throw new Error('there are two');
    return this.world.addGuest(router, hostId);
  }

  async syncAll(): Promise<void> {
    for (const host of this.#hosts.values()) await host.sync();
  }

  get #hosts(): ReadonlyMap<string, ModelHost> {
    return new Map(Object.entries({ edge: this.edge, near: this.near, other: this.other }));
  }

  /** Who holds it, in words. */
  async who(): Promise<string | null> {
    const held = await this.world.holder(this.floating.address);
    const name = [...this.#hosts].find(([, { id }]) => id === held?.hostId)?.[0];
    return held && `${name} ${held.noun}${held.isLeaving ? ', leaving' : ''}`;
  }

  /** Those who may answer for it at this moment. */
  serving(): string[] {
    return [...this.#hosts].flatMap(([name, host]) => (host.serves(this.floating.address) ? [name] : []));
  }

  async update(change: { portId: string | null }) {
    const { world } = this;
    const found = await findFloatingIp(world.call, 'floating-ip:update', this.floating.id);
    return world.commit((unit) => updateFloatingIp(unit, world.call, found, change));
  }

  associate({ portId }: Guest) {
    return this.update({ portId });
  }

  async seen() {
    return viewFloatingIp(await findFloatingIp(this.world.call, 'floating-ip:read', this.floating.id));
  }

  /** What placement does: the host first, and much later all others are told. */
  async reserve({ serverId }: Guest, hostId: string | null): Promise<void> {
    await this.world.core.database.prisma.server.update({ where: { id: serverId }, data: { hostId } });
  }

  where({ serverId }: Guest, hostId: string) {
    return { serverId, hostId, requestId: 'r' };
  }

  async announce(guest: Guest, hostId: string): Promise<void> {
    await this.world.commit((unit) => announceNetworks(unit, this.world.core, this.where(guest, hostId)));
  }

  async move(guest: Guest, to: ModelHost): Promise<void> {
    await this.reserve(guest, to.id);
    await this.announce(guest, to.id);
  }

  async setFacts(host: ModelHost, facts: object): Promise<void> {
    const { core, commit } = this.world;
    await core.database.prisma.host.update({ where: { id: host.id }, data: { facts } });
    await commit((unit) => reconsiderFloatingIps(unit, core, host.id, 'r'));
  }

  async fallSilent(host: ModelHost, seconds: number): Promise<void> {
    const { core } = this.world;
    const data = { lastHeartbeatAt: new Date(Date.now() - seconds * 1000) };
    await core.database.prisma.host.update({ where: { id: host.id }, data });
    await hostLiveness.run(core);
  }

  async comeBack(host: ModelHost): Promise<void> {
    const data = { isUp: true, lastHeartbeatAt: new Date() };
    await this.world.core.database.prisma.host.update({ where: { id: host.id }, data });
  }

  /** The guest is on `near`, and so is its floating IP. */
  async nearHasIt(): Promise<void> {
    await this.move(this.guest, this.near);
    await this.associate(this.guest);
    await this.syncAll();
    const at = [await this.who(), ...this.serving()].join(', ');
    if (at !== 'near router-branch, near') throw new Error(`it is at ${at}`);
  }
}
