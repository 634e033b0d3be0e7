import { randomUUID } from 'node:crypto';
import type { Cloud } from './cloud.ts';
import type { Things } from './denial-verdicts.ts';

/** Ids are chosen here, so that what a permitted delete took can be put back. */
export function makeSharingThings() {
  const policies = { qosPolicy: randomUUID(), qosRule: randomUUID(), rbacPolicy: randomUUID() };
  return { ...policies, subnetPool: randomUUID(), addressScope: randomUUID() };
}

/** Puts back what a permitted question before this one removed. */
export async function putSharingBack(cloud: Cloud, things: Things, name: string): Promise<void> {
  if (name.startsWith('qosPolicy.')) await putQosPolicy(cloud, things);
  const { prisma } = cloud.core.database;
  const { project: projectId, subnetPool, addressScope, rbacPolicy, network: networkId } = things;
  if (name.startsWith('subnetPool.')) {
    const lengths = { minPrefixLength: 8, defaultPrefixLength: 24, maxPrefixLength: 30 };
    const pool = { id: subnetPool, projectId, name: 'attacked', family: 4, tags: ['tag'], ...lengths };
    await prisma.subnetPool.upsert({ where: { id: subnetPool }, create: pool, update: { tags: ['tag'] } });
    const data = { subnetPoolId: subnetPool, prefix: '10.64.0.0/16' };
    await prisma.subnetPoolPrefix.createMany({ data, skipDuplicates: true });
  }
  if (name.startsWith('addressScope.')) {
    const scope = { id: addressScope, projectId, name: 'attacked', family: 4 };
    await prisma.addressScope.upsert({ where: { id: addressScope }, create: scope, update: {} });
  }
  if (!name.startsWith('rbacPolicy.')) return;
  // Each is said once.
  await prisma.rbacPolicy.deleteMany({ where: { networkId } });
  if (name === 'rbacPolicy.create') return;
  const policy = { id: rbacPolicy, projectId, networkId, action: 'access_as_shared', targetProjectId: projectId };
  await prisma.rbacPolicy.create({ data: policy });
}

/** With one rule: another of its kind is refused. */
async function putQosPolicy({ core }: Cloud, { project, qosPolicy: id, qosRule }: Things): Promise<void> {
  const { prisma } = core.database;
  const policy = { id, projectId: project, name: 'attacked', tags: ['tag'] };
  await prisma.qosPolicy.upsert({ where: { id }, create: policy, update: { tags: ['tag'] } });
  await prisma.qosRule.deleteMany({ where: { qosPolicyId: id } });
  const limit = { kind: 'bandwidth-limit', direction: 'egress', kilobitsPerSecond: 1000, burstKilobits: 0 };
  await prisma.qosRule.create({ data: { id: qosRule, qosPolicyId: id, ...limit } });
}
