import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPort } from '../src/store/port.ts';
import { createPort, updatePort } from '../src/store/port-change.ts';
import { type FloatingWorld, openFloatingWorld } from './floating-world.ts';

let world: FloatingWorld;
beforeAll(async () => {
  world = await openFloatingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A port as two requests find it that were sent at the same moment. */
async function foundTwice() {
  const { call, core, commit, routers } = world;
  const network = await core.database.prisma.network.findUniqueOrThrow({
    where: { id: routers[0]?.network.id ?? '' },
    include: { subnets: true },
  });
  const place = { network, projectId: network.projectId };
  const { id } = await commit((unit) => createPort(unit, call, place, { networkId: network.id }));
  const [one, other] = [await findPort(call, 'port:update', id), await findPort(call, 'port:update', id)];
  return { id, one, other, had: one.addresses.map(({ address }) => ({ address })) };
}

test('of two changes of a port’s addresses the later one counts, whole', async () => {
  const { call, commit, core } = world;
  const { id, one, other, had } = await foundTwice();
  await commit((unit) => updatePort(unit, call, one, { addresses: [{ address: '10.1.0.200' }] }));
  const { addresses } = await commit((unit) => updatePort(unit, call, other, { addresses: had }));
  expect(addresses.map(({ address }) => ({ address }))).toEqual(had);
  const rows = await core.database.prisma.portAddress.findMany({ where: { portId: id }, select: { address: true } });
  expect(rows).toEqual(had);
});

test('groups are refused for a port whose security was taken away since it was found', async () => {
  const { call, commit } = world;
  const { one, other } = await foundTwice();
  const group = await world.core.database.prisma.securityGroup.create({
    data: { projectId: one.projectId, name: 'g' },
  });
  await commit((unit) => updatePort(unit, call, one, { hasPortSecurity: false, securityGroupIds: [] }));
  await expect(commit((unit) => updatePort(unit, call, other, { securityGroupIds: [group.id] }))).rejects.toMatchObject(
    { errors: [{ field: 'securityGroupIds' }] },
  );
});
