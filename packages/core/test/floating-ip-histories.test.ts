import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaseSeconds } from '../src/host/lease.ts';
import { floatingIpHolders, floatingIpWays } from '../src/reconcile/floating-ip-holders.ts';
import { routerHosts } from '../src/reconcile/router-hosts.ts';
import { findFloatingIp } from '../src/store/floating-ip.ts';
import { updateFloatingIp } from '../src/store/floating-ip-change.ts';
import { reconsiderFloatingIps } from '../src/store/floating-ip-way.ts';
import { announceNetworks } from '../src/store/host-network.ts';
import {
  type FloatingWorld,
  type Guest,
  inwardFacts,
  type ModelHost,
  openFloatingWorld,
  outwardFacts,
  settleRouters,
} from './floating-world.ts';

let world: FloatingWorld;
let hosts: ModelHost[];
let guests: Guest[];
let floating: { id: string; address: string };
/** Whose lease is over: they may act on what they were told, and nobody waits for them. */
const dead = new Set<ModelHost>();

beforeAll(async () => {
  world = await openFloatingWorld();
  hosts = [await world.addHost('a'), await world.addHost('b'), await world.addHost('c')];
  await settleRouters(world);
  guests = [];
  for (const router of world.routers) guests.push(await world.addGuest(router, null));
  floating = await world.addFloatingIp();
});
afterAll(() => world[Symbol.asyncDispose]());

const nouns = ['router', 'router-branch'] as const;

/** Of what happens: which host, which of the two routers and guests, and how. */
const step = fc.record({
  what: fc.constantFrom(
    ...(['hint', 'hint', 'hint', 'hint', 'hint', 'hint', 'hint', 'work', 'work', 'work'] as const),
    ...(['ask', 'make', 'deliver', 'reserve', 'announce', 'announce'] as const),
    ...([
      'go',
      'go',
      'go',
      'go',
      'lend',
      'lend',
      'take back',
      'lose its way',
      'find its way',
      'die',
      'return',
      'return',
    ] as const),
    ...(['drain', 'take', 'reconcile', 'reconcile'] as const),
  ),
  host: fc.nat(2),
  which: fc.nat(1),
  how: fc.constantFrom('wholly' as const, 'wholly' as const, 'letting go' as const, 'failing' as const),
  chance: fc.nat(5),
});
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

async function happen({ what, which, how, chance, host: index }: Step): Promise<void> {
  const [host, guest, router] = [hosts[index], guests[which], world.routers[which]];
  if (host === undefined || guest === undefined || router === undefined) throw new Error('there are such');
  const { prisma } = world.core.database;
  const isAway = dead.has(host);
  const set = (data: object) => prisma.host.update({ where: { id: host.id }, data });
  switch (what) {
    case 'hint': {
      const held = await world.holder(floating.address);
      const holder = hosts.findIndex(({ id }) => id === held?.hostId);
      return holder < 0 ? undefined : happen({ what: 'work', which, how, chance, host: holder });
    }
    case 'work':
      if (isAway) return;
      for (const { id } of world.routers) {
        for (const noun of nouns) {
          host.make(noun, id, how);
          await host.ask(noun, id);
          host.make(noun, id, how);
        }
      }
      while (host.outbox.length > 0) await host.deliver();
      return;
    case 'go':
      await happen({ what: 'reserve', which, how, chance, host: index });
      return happen({ what: 'announce', which, how, chance, host: index });
    case 'ask':
      if (isAway) return;
      for (const noun of nouns) await host.ask(noun, router.id);
      return;
    case 'make':
      for (const noun of nouns) host.make(noun, router.id, how);
      return;
    case 'deliver':
      return isAway ? undefined : host.deliver(chance % Math.max(1, host.outbox.length), chance > 3);
    case 'reserve':
      await prisma.server.update({ where: { id: guest.serverId }, data: { hostId: host.id } });
      return;
    case 'announce': {
      const { hostId } = await prisma.server.findUniqueOrThrow({ where: { id: guest.serverId } });
      if (hostId === null) return;
      const where = { serverId: guest.serverId, hostId, requestId: 'r' };
      await world.commit((unit) => announceNetworks(unit, world.core, where));
      return;
    }
    case 'lend':
    case 'take back': {
      const found = await findFloatingIp(world.call, 'floating-ip:update', floating.id);
      const portId = what === 'lend' ? guest.portId : null;
      await world.commit((unit) => updateFloatingIp(unit, world.call, found, { portId }));
      return;
    }
    case 'lose its way':
    case 'find its way':
      await set({ facts: what === 'lose its way' ? inwardFacts : outwardFacts });
      return world.commit((unit) => reconsiderFloatingIps(unit, world.core, host.id, 'r'));
    case 'die':
      await set({ isUp: false, lastHeartbeatAt: new Date(Date.now() - (leaseSeconds + 1) * 1000) });
      dead.add(host);
      return;
    case 'return':
      return isAway ? comeBack(host) : undefined;
    case 'drain':
    case 'take':
      await set({ isEnabled: what === 'take' });
      return routerHosts.run(world.core);
    case 'reconcile':
      await routerHosts.run(world.core);
      await floatingIpHolders.run(world.core);
      return floatingIpWays.run(world.core);
    default:
      return what satisfies never;
  }
}

/** What it was told of before it fell silent is no claim that anybody waits for: it counts from its first sync on. */
async function comeBack(host: ModelHost): Promise<void> {
  const data = { isUp: true, lastHeartbeatAt: new Date() };
  await world.core.database.prisma.host.update({ where: { id: host.id }, data });
  await host.sync();
  dead.delete(host);
}

const claimants = () => hosts.filter((host) => !dead.has(host) && host.serves(floating.address));

/** All is heard, made and reported, until nothing changes any more. */
async function calmDown(): Promise<void> {
  for (const host of [...dead]) await comeBack(host);
  await world.core.database.prisma.host.updateMany({ data: { facts: outwardFacts, isEnabled: true } });
  for (let round = 0; round < 4; round += 1) {
    await happen({ what: 'reconcile', host: 0, which: 0, how: 'wholly', chance: 0 });
    for (const host of hosts) await host.sync();
    // Hosts that are to let go are reminded, also of what they have not heard yet.
    for (const host of hosts) {
      for (const router of world.routers) for (const noun of nouns) await host.follow(noun, router.id);
    }
  }
}

test('whatever happens, no two hosts may act on a claim of one floating IP, and in the end one serves it', async () => {
  const histories = fc.array(step, { minLength: 40, maxLength: 80, size: 'max' });
  let handedOver = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      const seen: string[] = [];
      let last = '';
      await happen({ what: 'lend', host: 0, which: 0, how: 'wholly', chance: 0 });
      for (const each of steps) {
        await happen(each);
        seen.push(each.what);
        const names = claimants().map(({ id }) => id);
        expect(names.length, seen.join(', ')).toBeLessThan(2);
        if (names[0] !== undefined && last !== '' && names[0] !== last) handedOver += 1;
        last = names[0] ?? last;
      }
      await calmDown();
      const { portId } = await world.core.database.prisma.floatingIp.findUniqueOrThrow({ where: { id: floating.id } });
      expect(claimants()).toHaveLength(portId === null ? 0 : 1);
      const held = await world.holder(floating.address);
      expect(held?.hostId).toBe(claimants()[0]?.id);
      expect(held?.isLeaving ?? false).toBe(false);
    }),
    { numRuns: 10 },
  );
  // Else it says nothing of what it is about.
  expect(handedOver).toBeGreaterThan(2);
}, 240_000);
