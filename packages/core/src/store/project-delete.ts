import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Transaction, Unit } from '../database/database.ts';
import { qosUsers } from './qos-policy-use.ts';
import { refuseInUse, type Use } from './refusal.ts';

/** How long servers on their way out are waited for; those of a host that is away take longer. */
const leavingLimitMs = 10_000;
const lookAgainMs = 100;

/**
 * Waits while every server that the project still has is being deleted. Whoever had their deletion accepted takes them for
 * gone: clients of OpenStack delete the project next. What is left when the time is up, `removeProject` names.
 */
export async function untilServersLeft({ prisma }: Database, projectId: string): Promise<void> {
  const deadline = Date.now() + leavingLimitMs;
  while (Date.now() < deadline) {
    const states = await prisma.server.groupBy({ by: ['state'], where: { projectId } });
    if (states.length === 0 || states.some(({ state }) => state !== 'deleting')) return;
    await sleep(lookAgainMs);
  }
}

/**
 * Deletes a project's row with its networks, ports and security groups. Throws `in_use` while it has projects below it,
 * servers or images.
 */
export async function removeProject({ tx }: Unit, id: string): Promise<void> {
  const few = { where: { projectId: id }, select: { id: true, name: true }, take: 20 } as const;
  const below = await tx.project.findMany({ ...few, where: { parentId: id } });
  const servers = await tx.server.findMany(few);
  const images = await tx.image.findMany(few);
  refuseInUse('The project', [
    ...below.map((each) => ({ field: each.id, message: `the project ${each.name} is below it` })),
    ...servers.map((each) => ({ field: each.id, message: `it has the server ${each.name}` })),
    ...images.map((each) => ({ field: each.id, message: `it has the image ${each.name}` })),
  ]);
  refuseInUse('The project', [...(await routersOf(tx, id)), ...(await guestsOf(tx, id)), ...(await membersOf(tx, id))]);
  const mine = { where: { projectId: id } };
  // Those of servers are gone with them.
  await tx.port.deleteMany(mine);
  await tx.network.deleteMany(mine);
  await tx.securityGroup.deleteMany(mine);
  await removeShared(tx, id);
  await tx.project.delete({ where: { id } });
}

/** Routers have hosts, and floating IPs others' addresses: both are given back by who has them. */
async function routersOf(tx: Transaction, projectId: string): Promise<Use[]> {
  const routers = await tx.router.findMany({ where: { projectId }, select: { id: true, name: true }, take: 20 });
  const floating = await tx.floatingIp.findMany({
    where: { projectId },
    select: { id: true, address: true },
    take: 20,
  });
  return [
    ...routers.map(({ id, name }) => ({ field: id, message: `it has the router ${name}` })),
    ...floating.map(({ id, address }) => ({ field: id, message: `it has the floating IP ${address}` })),
  ];
}

/** What others have on its networks: ports, ways out of their routers, and floating IPs. */
async function guestsOf(tx: Transaction, projectId: string): Promise<Use[]> {
  const isAnothers = { not: projectId };
  const ofOthers = [
    { projectId: isAnothers },
    { router: { projectId: isAnothers } },
    { keptFor: { projectId: isAnothers } },
  ];
  const guests = await tx.port.findMany({
    where: { network: { projectId }, OR: ofOthers },
    select: {
      id: true,
      projectId: true,
      network: { select: { name: true } },
      router: { select: { projectId: true } },
      keptFor: { select: { projectId: true } },
    },
    take: 20,
  });
  return guests.map(({ id, network, router, keptFor, projectId: own }) => {
    const whose = router?.projectId ?? keptFor?.projectId ?? own;
    return { field: id, message: `its network ${network.name} has a port of the project ${whose}` };
  });
}

/** Ports of others that have its security groups, and rules of others that name them. */
async function membersOf(tx: Transaction, projectId: string): Promise<Use[]> {
  const held = await tx.portSecurityGroup.findMany({
    where: { securityGroup: { projectId }, port: { projectId: { not: projectId } } },
    select: { port: { select: { id: true, projectId: true } }, securityGroup: { select: { name: true } } },
    take: 20,
  });
  const rules = await tx.securityGroupRule.findMany({
    where: { remoteGroup: { projectId }, securityGroup: { projectId: { not: projectId } } },
    select: { id: true, remoteGroup: { select: { name: true } }, securityGroup: { select: { projectId: true } } },
    take: 20,
  });
  return [
    ...held.map(({ port, securityGroup }) => ({
      field: port.id,
      message: `its security group ${securityGroup.name} has a port of the project ${port.projectId}`,
    })),
    ...rules.map(({ id, remoteGroup, securityGroup }) => ({
      field: id,
      message: `its security group ${remoteGroup?.name} is named by a rule of the project ${securityGroup.projectId}`,
    })),
  ];
}

/** What others may have of it is not taken from them. */
async function removeShared(tx: Transaction, projectId: string): Promise<void> {
  const policies = await tx.qosPolicy.findMany({ where: { projectId }, select: { id: true } });
  for (const { id } of policies) refuseInUse('The project', await qosUsers(tx, { qosPolicyId: id }));
  await tx.qosPolicy.deleteMany({ where: { projectId } });
  const mine = { where: { projectId }, take: 20 } as const;
  const pools = await tx.subnetPool.findMany({ ...mine, include: { subnets: { take: 1 } } });
  const scopes = await tx.addressScope.findMany({
    ...mine,
    include: { pools: { where: { projectId: { not: projectId } }, take: 1 } },
  });
  refuseInUse('The project', [
    ...pools.flatMap(({ name, subnets }) =>
      subnets.map(({ id, cidr }) => ({ field: id, message: `its pool ${name} has the subnet ${cidr}` })),
    ),
    ...scopes.flatMap(({ name, pools: others }) =>
      others.map(({ id, name: pool }) => ({ field: id, message: `its address scope ${name} has the pool ${pool}` })),
    ),
  ]);
  await tx.subnetPool.deleteMany({ where: { projectId } });
  await tx.addressScope.deleteMany({ where: { projectId } });
}
