import { randomUUID } from 'node:crypto';
import type { Cloud } from './cloud.ts';
import type { Things } from './denial-verdicts.ts';

/** Ids are chosen here, so that what a permitted delete took can be put back. */
export function makeSharingThings() {
  return { qosPolicy: randomUUID(), qosRule: randomUUID() };
}

/** Puts back what a permitted question before this one removed. */
export async function putSharingBack(cloud: Cloud, things: Things, name: string): Promise<void> {
  if (name.startsWith('qosPolicy.')) await putQosPolicy(cloud, things);
}

/** With one rule: another of its kind is refused. */
async function putQosPolicy({ core }: Cloud, { project, qosPolicy: id, qosRule }: Things): Promise<void> {
  const { prisma } = core.database;
  await prisma.qosPolicy.upsert({ where: { id }, create: { id, projectId: project, name: 'attacked' }, update: {} });
  await prisma.qosRule.deleteMany({ where: { qosPolicyId: id } });
  const limit = { kind: 'bandwidth-limit', direction: 'egress', kilobitsPerSecond: 1000, burstKilobits: 0 };
  await prisma.qosRule.create({ data: { id: qosRule, qosPolicyId: id, ...limit } });
}
