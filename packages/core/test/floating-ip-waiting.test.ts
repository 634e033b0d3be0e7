import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readDesired, readDesiredIndex } from '../src/host/desired.ts';
import { noteSameHeartbeat } from '../src/host/same-heartbeat.ts';
import { credentialHash } from '../src/identity/credentials.ts';
import { expiry } from '../src/reconcile/expiry.ts';
import { floatingIpHolders, floatingIpWays } from '../src/reconcile/floating-ip-holders.ts';
import { laggingHosts } from '../src/reconcile/lagging-hosts.ts';
import { routerHosts } from '../src/reconcile/router-hosts.ts';
import { findFloatingIp } from '../src/store/floating-ip.ts';
import { deleteFloatingIp } from '../src/store/floating-ip-change.ts';
import { FloatingCase } from './floating-case.ts';
import { inwardFacts, type ModelHost } from './floating-world.ts';

let c: FloatingCase;
beforeEach(async () => {
  c = await FloatingCase.open();
});
afterEach(() => c.close());

describe('who waits, and for whom', () => {
  const report = async (state: 'failed' | 'present', over: object = {}) => {
    await c.near.ask('router-branch', c.routerId);
    c.near.make('router-branch', c.routerId);
    const told = c.near.outbox.pop();
    if (told === undefined) throw new Error('it reports what it has done');
    const failure = { code: 'host_failed' as const, message: 'No arping is there.', next: 'Look at the host.' };
    c.near.outbox.push({ ...told, state, ...(state === 'failed' && { failure }), ...over });
    await c.near.deliver();
  };

  test('a host that is heard and fails keeps it, unless it says that it has let go all the same', async () => {
    await c.nearHasIt();
    await c.move(c.guest, c.other);
    await report('failed');
    const past = new Date(Date.now() - 3_600_000);
    await c.world.core.database.prisma.floatingIpHolder.updateMany({ data: { leavingSince: past } });
    await floatingIpHolders.run(c.world.core);
    await floatingIpWays.run(c.world.core);
    expect(await c.who()).toBe('near router-branch, leaving');
    await report('failed', { hasLetGo: true });
    expect(await c.who()).toBe('other router-branch');
  });

  test('the word of another host, of another thing or of the time before counts for nothing', async () => {
    await c.nearHasIt();
    await c.near.ask('router-branch', c.routerId);
    c.near.make('router-branch', c.routerId);
    await c.move(c.guest, c.other);
    await c.near.deliver();
    const generation = 1_000_000;
    for (const host of [c.other, c.edge]) {
      host.outbox.push({ noun: 'router-branch', id: c.routerId, generation, state: 'absent' });
      await host.deliver();
    }
    c.near.outbox.push({ noun: 'router', id: c.routerId, generation, state: 'absent' });
    await c.near.deliver();
    // As a host says that never had anything of it.
    c.near.outbox.push({ noun: 'router-branch', id: c.routerId, generation: 0, state: 'absent' });
    await c.near.deliver();
    c.near.outbox.push({ noun: 'router-branch', id: c.routerId, generation, state: 'working' });
    await c.near.deliver();
    expect(await c.who()).toBe('near router-branch, leaving');
  });

  test('what waits says so in words, and its pages hear when it does no more', async () => {
    expect(await c.seen()).toMatchObject({ state: 'down', failure: null });
    await c.nearHasIt();
    expect(await c.seen()).toMatchObject({ state: 'active', failure: null });
    await c.move(c.guest, c.other);
    expect(await c.seen()).toMatchObject({
      state: 'waiting',
      failure: { message: expect.stringMatching(/not let go/) },
    });
    const about = { noun: 'floating-ip', kind: 'changed', resourceId: c.floating.id };
    const before = await c.world.core.database.prisma.event.count({ where: about });
    await c.near.sync();
    expect(await c.world.core.database.prisma.event.count({ where: about })).toBeGreaterThan(before);
    expect(await c.seen()).toMatchObject({ state: 'active', failure: null });
    await c.other.sync();
    await c.world.core.database.prisma.router.updateMany({ data: { hostId: null } });
    await c.world.core.database.prisma.host.updateMany({ data: { facts: inwardFacts } });
    await floatingIpWays.run(c.world.core);
    await c.syncAll();
    expect(await c.seen()).toMatchObject({ state: 'waiting', failure: { code: 'no_capacity' } });
  });

  test('the next host is told as soon as the one before has let go, and that one is reminded until then', async () => {
    await c.nearHasIt();
    await c.move(c.guest, c.other);
    const hints = vi.spyOn(c.world.core.queues, 'hintHost');
    await laggingHosts.run(c.world.core);
    const about = { noun: 'router-branch', id: c.routerId, requestId: expect.any(String) };
    expect(hints).toHaveBeenCalledWith(c.near.id, about);
    expect(hints).not.toHaveBeenCalledWith(c.other.id, about);
    await c.near.ask('router-branch', c.routerId);
    c.near.make('router-branch', c.routerId);
    await c.near.deliver();
    await vi.waitFor(() => expect(hints).toHaveBeenCalledWith(c.other.id, about));
    hints.mockRestore();
  });

  test('its address rests for as long as a host may answer for it, also when nobody has it any more', async () => {
    await c.nearHasIt();
    const { core, call, outsideId } = c.world;
    const found = await findFloatingIp(call, 'floating-ip:delete', c.floating.id);
    await c.world.commit((unit) => deleteFloatingIp(unit, call, found));
    const at = { networkId: outsideId, address: c.floating.address };
    const { restingAddress } = core.database.prisma;
    await restingAddress.updateMany({ where: at, data: { releasedAt: new Date(Date.now() - 3_600_000) } });
    await expiry.run(core);
    expect(await restingAddress.count({ where: at })).toBe(1);
    await c.near.sync();
    await expiry.run(core);
    expect(await restingAddress.count({ where: at })).toBe(0);
  });

  test('a router that goes lets go too, and a host that is removed is waited for no more', async () => {
    await c.nearHasIt();
    const { prisma } = c.world.core.database;
    await c.update({ portId: null });
    await prisma.port.deleteMany({ where: { routerId: c.routerId } });
    await prisma.router.delete({ where: { id: c.routerId } });
    expect(await c.who()).toBe('near router-branch, leaving');
    expect(await readDesired(c.world.core.database, c.edge.id, 'router', c.routerId)).toEqual({
      presence: 'absent',
      generation: 0,
    });
    await c.near.sync();
    expect([await c.who(), c.serving()]).toEqual([null, []]);
    await c.associate(await c.second(null));
    expect(await c.who()).toBe('edge router');
    await prisma.host.delete({ where: { id: c.edge.id } });
    await routerHosts.run(c.world.core);
    await floatingIpWays.run(c.world.core);
    expect(await c.who()).toMatch(/^(near|other) router$/);
  });

  test('costs a document and a heartbeat that says nothing new no further query, and those who serve no write', async () => {
    await c.nearHasIt();
    const { core } = c.world;
    const queries = async (work: () => Promise<unknown>) => {
      let count = 0;
      const note = () => {
        count += 1;
      };
      core.database.pool.on('acquire', note);
      await work();
      core.database.pool.off('acquire', note);
      return count;
    };
    const ask = (host: ModelHost, noun: 'router' | 'router-branch') =>
      queries(() => readDesired(core.database, host.id, noun, c.routerId));
    expect(await ask(c.edge, 'router')).toBe(1);
    expect(await ask(c.near, 'router-branch')).toBe(1);
    expect(await ask(c.other, 'router-branch')).toBe(1);
    expect(await queries(() => readDesiredIndex(core.database, c.near.id))).toBe(1);
    await c.move(c.guest, c.other);
    // What follows the commit asks too.
    await vi.waitFor(async () => expect(await ask(c.near, 'router-branch')).toBe(1));
    await c.near.sync();
    await c.other.sync();
    const rows = () => core.database.prisma.floatingIpHolder.findMany();
    const generations = () =>
      core.database.prisma.router.findMany({ select: { generation: true }, orderBy: { id: 'asc' } });
    const before = [await rows(), await generations()];
    await c.syncAll();
    await floatingIpHolders.run(core);
    await floatingIpWays.run(core);
    expect([await rows(), await generations()]).toEqual(before);
    const credential = `ukh_${'a'.repeat(43)}`;
    const heartbeatHash = Buffer.from('what it said');
    const data = { credentialHash: Buffer.from(credentialHash(credential)), heartbeatHash };
    await core.database.prisma.host.update({ where: { id: c.other.id }, data });
    const beat = () => noteSameHeartbeat(core, `Bearer ${credential}`, heartbeatHash);
    expect(await queries(async () => expect(await beat()).not.toBeNull())).toBe(1);
  });
});
