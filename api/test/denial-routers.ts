import { randomUUID } from 'node:crypto';
import type { Cloud, Tenant } from './cloud.ts';
import type { Things } from './denial-verdicts.ts';
import { makeExternal } from './router-cloud.ts';

/** The address of the floating IP under attack. */
const attacked = '203.0.113.200';

/** Ids are chosen here, so that what a permitted delete took can be put back. */
export async function makeRouterThings(cloud: Cloud, tenant: Tenant) {
  const made = { router: randomUUID(), floatingIp: randomUUID(), forwarding: randomUUID() };
  const { network, subnet } = await makeExternal(cloud);
  const things = { ...made, project: tenant.id, outside: network.id };
  await putRouter(cloud, things);
  await putFloatingIp(cloud, things);
  // A way from the project's network to the one of the floating IP.
  const { prisma } = cloud.core.database;
  const { id: routerId } = await prisma.router.create({ data: { projectId: tenant.id, name: 'way' } });
  const ways = [
    { on: tenant.network, subnetId: tenant.subnet.id, address: '10.0.0.250', deviceOwner: 'network:router_interface' },
    { on: network, subnetId: subnet.id, address: '203.0.113.250', deviceOwner: 'network:router_gateway' },
  ];
  for (const [index, { on, subnetId, address, deviceOwner }] of ways.entries()) {
    const port = {
      networkId: on.id,
      projectId: on.projectId,
      routerId,
      deviceOwner,
      macAddress: `fa:00:00:00:01:0${index}`,
    };
    const addresses = { create: { subnetId, networkId: on.id, address } };
    await prisma.port.create({ data: { ...port, addresses } });
  }
  return { ...made, outside: network.id };
}

/** Puts back what a permitted question before this one removed. */
export async function putRoutersBack(cloud: Cloud, things: Things, name: string): Promise<void> {
  const { prisma } = cloud.core.database;
  if (name === 'router.delete') await putRouter(cloud, things);
  // A subnet that it has is refused a second time.
  if (name === 'router.addInterface') await prisma.port.deleteMany({ where: { routerId: things.router } });
  if (name === 'floatingIp.delete') await putFloatingIp(cloud, things);
  if (name.endsWith('Forwarding')) await putForwarding(cloud, things);
}

async function putRouter({ core }: Cloud, { router: id, project }: Pick<Things, 'router' | 'project'>): Promise<void> {
  const create = { id, projectId: project, name: 'attacked' };
  await core.database.prisma.router.upsert({ where: { id }, create, update: {} });
}

type Place = Pick<Things, 'project' | 'outside' | 'floatingIp'>;

async function putFloatingIp({ core }: Cloud, { project, outside: networkId, floatingIp: id }: Place): Promise<void> {
  const { prisma } = core.database;
  const network = await prisma.network.findUniqueOrThrow({ where: { id: networkId }, include: { subnets: true } });
  const port = { id, networkId, projectId: network.projectId, deviceOwner: 'network:floatingip' };
  const create = { ...port, macAddress: 'fa:00:00:00:00:09', isKept: true };
  await prisma.port.upsert({ where: { id }, create, update: {} });
  const data = { networkId, portId: id, subnetId: network.subnets[0]?.id ?? '', address: attacked };
  await prisma.portAddress.createMany({ data, skipDuplicates: true });
  const kept = { id, projectId: project, networkId, externalPortId: id, address: attacked };
  await prisma.floatingIp.upsert({ where: { id }, create: kept, update: {} });
}

/** One alone: another of the same port is refused. */
async function putForwarding({ core }: Cloud, { forwarding: id, floatingIp, port }: Things): Promise<void> {
  const { portForwarding } = core.database.prisma;
  const ports = { externalPortMin: 80, externalPortMax: 80, internalPortMin: 80, internalPortMax: 80 };
  const create = { id, floatingIpId: floatingIp, portId: port, fixedAddress: '10.0.0.9', protocol: 'tcp', ...ports };
  await portForwarding.deleteMany({ where: { id: { not: id } } });
  await portForwarding.upsert({ where: { id }, create, update: {} });
  // As it is kept with its first forwarding.
  const way = await core.database.prisma.router.findFirstOrThrow({ where: { name: 'way' } });
  await core.database.prisma.floatingIp.update({ where: { id: floatingIp }, data: { routerId: way.id } });
}
