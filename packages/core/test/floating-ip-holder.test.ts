import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaseSeconds } from '../src/host/lease.ts';
import { floatingIpHolders, floatingIpWays } from '../src/reconcile/floating-ip-holders.ts';
import { routerHosts } from '../src/reconcile/router-hosts.ts';
import { findFloatingIp } from '../src/store/floating-ip.ts';
import { deleteFloatingIp } from '../src/store/floating-ip-change.ts';
import { releasePorts, retractNetworks } from '../src/store/host-network.ts';
import { createPortForwarding } from '../src/store/port-forwarding.ts';
import { FloatingCase } from './floating-case.ts';
import { inwardFacts, outwardFacts } from './floating-world.ts';

let c: FloatingCase;
beforeEach(async () => {
  c = await FloatingCase.open();
});
afterEach(() => c.close());

describe('a floating IP is another host’s when the one before has let go of it', () => {
  test('a first boot: from the router to the host of the guest', async () => {
    await c.associate(c.guest);
    await c.syncAll();
    expect([await c.who(), c.serving()]).toEqual(['edge router', ['edge']]);
    await c.reserve(c.guest, c.near.id);
    // Nobody was told yet: it passes where it did.
    await c.syncAll();
    expect([await c.who(), c.serving()]).toEqual(['edge router', ['edge']]);
    await c.announce(c.guest, c.near.id);
    await c.near.sync();
    expect([await c.who(), c.serving()]).toEqual(['edge router, leaving', ['edge']]);
    await c.edge.sync();
    expect([await c.who(), c.serving()]).toEqual(['near router-branch', []]);
    await c.near.sync();
    expect(c.serving()).toEqual(['near']);
  });

  test('a server that is started elsewhere, and one that leaves its host', async () => {
    await c.nearHasIt();
    await c.move(c.guest, c.other);
    await c.other.sync();
    expect([await c.who(), c.serving()]).toEqual(['near router-branch, leaving', ['near']]);
    await c.near.sync();
    await c.other.sync();
    expect([await c.who(), c.serving()]).toEqual(['other router-branch', ['other']]);
    await c.world.commit((unit) => retractNetworks(unit, c.world.core, c.where(c.guest, c.other.id)));
    await c.reserve(c.guest, null);
    await floatingIpWays.run(c.world.core);
    await c.edge.sync();
    expect([await c.who(), c.serving()]).toEqual(['other router-branch, leaving', ['other']]);
    await c.other.sync();
    await c.edge.sync();
    expect([await c.who(), c.serving()]).toEqual(['edge router', ['edge']]);
  });

  test('an evacuation: when the lease of the dead host is over, and not before', async () => {
    await c.nearHasIt();
    await c.fallSilent(c.near, leaseSeconds - 10);
    await c.move(c.guest, c.other);
    await floatingIpHolders.run(c.world.core);
    expect(await c.who()).toBe('near router-branch, leaving');
    await c.fallSilent(c.near, leaseSeconds + 1);
    await floatingIpHolders.run(c.world.core);
    expect(await c.who()).toBe('other router-branch');
    // An operator who says that the machine is off need not wait, nor need a move that comes later.
    await c.other.sync();
    await c.world.core.database.prisma.host.update({
      where: { id: c.other.id },
      data: { isForcedDown: true, isUp: false },
    });
    await c.comeBack(c.near);
    await c.move(c.guest, c.near);
    expect(await c.who()).toBe('near router-branch');
  });

  test('the router leaves a dead host, which finds at its return that it has nothing any more', async () => {
    await c.setFacts(c.other, inwardFacts);
    await c.associate(c.guest);
    await c.syncAll();
    await c.fallSilent(c.edge, 20);
    await routerHosts.run(c.world.core);
    await c.near.sync();
    // It may be there all the same, with the router and all.
    expect([await c.who(), c.serving()]).toEqual(['edge router', ['edge']]);
    expect(c.near.serves(c.floating.address)).toBe(false);
    await c.fallSilent(c.edge, leaseSeconds + 1);
    await routerHosts.run(c.world.core);
    await floatingIpHolders.run(c.world.core);
    expect(await c.who()).toBe('near router');
    await c.near.sync();
    // Back with a document of an old generation, whose word on it counts for nothing.
    await c.comeBack(c.edge);
    await c.edge.ask('router', c.routerId);
    c.edge.outbox.push({ noun: 'router', id: c.routerId, generation: 1, state: 'present' });
    await c.edge.deliver();
    c.edge.make('router', c.routerId);
    await c.edge.deliver();
    expect([await c.who(), c.serving()]).toEqual(['near router', ['near']]);
  });

  test('it is lent to another server', async () => {
    await c.nearHasIt();
    const elsewhere = await c.second(c.other.id);
    await c.announce(elsewhere, c.other.id);
    expect((await c.associate(elsewhere)).state).toBe('waiting');
    await c.other.sync();
    expect([await c.who(), c.serving()]).toEqual(['near router-branch, leaving', ['near']]);
    await c.near.sync();
    await c.other.sync();
    expect([await c.who(), c.serving()]).toEqual(['other router-branch', ['other']]);
    // To one on the same host behind the same router it is not given up for.
    const beside = await c.second(c.other.id);
    await c.associate(beside);
    expect(await c.who()).toBe('other router-branch');
  });

  test('a host loses its way outside, and has it again before it has let go', async () => {
    await c.nearHasIt();
    await c.setFacts(c.near, inwardFacts);
    await c.edge.sync();
    expect([await c.who(), c.serving()]).toEqual(['near router-branch, leaving', ['near']]);
    await c.near.ask('router-branch', c.routerId);
    await c.setFacts(c.near, outwardFacts);
    expect(await c.who()).toBe('near router-branch');
    // What it does by the answer in between is no word on the one of now.
    c.near.make('router-branch', c.routerId);
    await c.near.deliver();
    expect(await c.who()).toBe('near router-branch');
    await c.setFacts(c.near, inwardFacts);
    await c.near.sync();
    await c.edge.sync();
    expect([await c.who(), c.serving()]).toEqual(['edge router', ['edge']]);
    await c.setFacts(c.near, outwardFacts);
    await c.syncAll();
    await c.syncAll();
    expect([await c.who(), c.serving()]).toEqual(['near router-branch', ['near']]);
  });

  test('it leads ports of its own to guests: by the router, once the host of the guest has let go', async () => {
    await c.nearHasIt();
    expect((await c.update({ portId: null })).state).toBe('down');
    const found = await findFloatingIp(c.world.call, 'floating-ip:update', c.floating.id);
    const ports = { protocol: 'tcp', externalPortMin: 22, portId: c.guest.portId, internalPortMin: 22 } as const;
    await c.world.commit((unit) => createPortForwarding(unit, c.world.call, found, { description: '', ...ports }));
    await c.edge.sync();
    expect([await c.who(), c.serving()]).toEqual(['near router-branch, leaving', ['near']]);
    await c.near.sync();
    await c.edge.sync();
    expect([await c.who(), c.serving()]).toEqual(['edge router', ['edge']]);
  });

  test('it is given back while it leaves, and its address is somebody else’s at once', async () => {
    await c.nearHasIt();
    await c.move(c.guest, c.other);
    const found = await findFloatingIp(c.world.call, 'floating-ip:delete', c.floating.id);
    await c.world.commit((unit) => deleteFloatingIp(unit, c.world.call, found));
    await floatingIpWays.run(c.world.core);
    expect(await c.who()).toBe('near router-branch, leaving');
    const { prisma } = c.world.core.database;
    const network = await prisma.subnet.findFirstOrThrow({ where: { networkId: c.world.outsideId } });
    const external = { projectId: network.projectId, networkId: c.world.outsideId };
    const port = { ...external, macAddress: 'fa:00:00:00:00:01', deviceOwner: 'network:floatingip' };
    const { id: externalPortId } = await prisma.port.create({ data: port });
    const again = { ...external, externalPortId, address: c.floating.address };
    c.floating = await prisma.floatingIp.create({ data: again });
    expect((await c.associate(c.guest)).state).toBe('waiting');
    await c.other.sync();
    expect([await c.who(), c.serving()]).toEqual(['near router-branch, leaving', ['near']]);
    await c.near.sync();
    await c.other.sync();
    expect([await c.who(), c.serving()]).toEqual(['other router-branch', ['other']]);
    const later = await findFloatingIp(c.world.call, 'floating-ip:delete', c.floating.id);
    await c.world.commit((unit) => deleteFloatingIp(unit, c.world.call, later));
    await c.other.sync();
    expect([await c.who(), c.serving()]).toEqual([null, []]);
  });

  test('a server goes with its ports', async () => {
    await c.nearHasIt();
    await c.world.commit((unit) => retractNetworks(unit, c.world.core, c.where(c.guest, c.near.id)));
    await c.world.commit((unit) => releasePorts(unit, c.world.core, c.guest.serverId, 'r'));
    expect(await c.who()).toBe('near router-branch, leaving');
    await c.near.sync();
    expect([await c.who(), c.serving()]).toEqual([null, []]);
  });
});
