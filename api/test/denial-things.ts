import { randomBytes, randomUUID } from 'node:crypto';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { keysOf } from '@unkai/core/call';
import { seal } from '@unkai/core/sealed';
import type { Cloud } from './cloud.ts';
import type { Things } from './denial-verdicts.ts';
import { factsOf } from './installation.ts';

export interface DomainRoles {
  readonly domain?: 'reader' | 'manager' | 'admin';
  readonly otherDomain?: 'manager';
}

/** Roles on the domain of the things under attack, or on another. */
export async function giveDomainRoles(cloud: Cloud, userId: string, roles: DomainRoles): Promise<void> {
  const { prisma } = cloud.core.database;
  if (roles.domain) {
    await prisma.roleAssignment.create({
      data: { userId, domainId: cloud.domainId, roleId: builtInRoleIds[roles.domain] },
    });
  }
  if (roles.otherDomain) {
    const elsewhere = await prisma.domain.create({ data: { name: `domain-${randomUUID()}` } });
    await prisma.roleAssignment.create({
      data: { userId, domainId: elsewhere.id, roleId: builtInRoleIds[roles.otherDomain] },
    });
  }
}

/** Ids are chosen here, so that what a permitted delete took can be put back. */
export async function makeIdentityThings(cloud: Cloud) {
  const { prisma } = cloud.core.database;
  const implied = await prisma.role.create({ data: { name: 'implied' } });
  const region = 'region-1';
  return {
    userGroup: randomUUID(),
    role: randomUUID(),
    impliedRole: implied.id,
    region,
    mail: randomUUID(),
    service: randomUUID(),
    endpoint: randomUUID(),
    identityLink: randomUUID(),
    registeredLimit: randomUUID(),
    serviceLimit: randomUUID(),
    priceList: randomUUID(),
    invite: randomUUID(),
    quotaRequest: randomUUID(),
    budget: randomUUID(),
    volumeType: randomUUID(),
  };
}

/** Puts back what a permitted question before this one removed. */
export async function putIdentityBack(cloud: Cloud, things: Things, name: string): Promise<void> {
  const { prisma } = cloud.core.database;
  const { user, userGroup, role, impliedRole, region, service, endpoint, identityLink } = things;
  const noun = name.slice(0, name.indexOf('.'));
  if (noun === 'group') {
    const create = { id: userGroup, domainId: cloud.domainId, name: 'attacked' };
    await prisma.group.upsert({ where: { id: userGroup }, create, update: {} });
    await prisma.groupMember.createMany({ data: { groupId: userGroup, userId: user }, skipDuplicates: true });
  }
  if (noun === 'budget') await putBudgetBack(cloud, things, name);
  if (noun === 'invite') await putInviteBack(cloud, things);
  if (noun === 'member') {
    const data = { userId: user, projectId: things.project, roleId: builtInRoleIds.member };
    await prisma.roleAssignment.createMany({ data, skipDuplicates: true });
  }
  if (noun === 'identityLink') {
    const create = { id: identityLink, userId: user, issuer: 'https://sso.example.org', subject: 'attacked' };
    await prisma.identityLink.upsert({ where: { id: identityLink }, create, update: {} });
  }
  if (noun === 'mail') await holdMail(cloud, things.mail);
  if (noun === 'role') {
    await prisma.role.upsert({ where: { id: role }, create: { id: role, name: 'attacked' }, update: {} });
    if (name === 'role.unimply') {
      const data = { priorRoleId: role, impliedRoleId: impliedRole };
      await prisma.impliedRole.createMany({ data, skipDuplicates: true });
    }
  }
  if (noun === 'priceList') {
    const create = { id: things.priceList, name: 'attacked', currency: 'EUR', startsAt: new Date('2100-01-01') };
    await prisma.priceList.upsert({ where: { id: things.priceList }, create, update: {} });
  }
  if (noun === 'volumeType') {
    const create = { id: things.volumeType, name: 'attacked', isPublic: false, extraSpecs: { key: 'value' } };
    await prisma.volumeType.upsert({ where: { id: things.volumeType }, create, update: create });
  }
  if (!catalogNouns.includes(noun)) return;
  await prisma.region.upsert({ where: { id: region }, create: { id: region }, update: {} });
  const made = { id: service, type: 'attacked', name: 'attacked' };
  await prisma.service.upsert({ where: { id: service }, create: made, update: {} });
  await putLimitsBack(cloud, things);
  const place = { id: endpoint, serviceId: service, interface: 'public', url: 'http://127.0.0.1' };
  await prisma.endpoint.upsert({ where: { id: endpoint }, create: place, update: {} });
}

/** One that was revoked stays so; another with its id takes its place. */
async function putInviteBack({ core: { database } }: Cloud, { invite, project }: Things): Promise<void> {
  const { prisma } = database;
  await prisma.invite.deleteMany({ where: { id: invite } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  // Letters to one address are few; each time it is another's.
  const email = `${randomUUID()}@example.org`;
  const tokenHash = new Uint8Array(randomBytes(32));
  await prisma.invite.create({ data: { id: invite, projectId: project, email, role: 'reader', tokenHash, expiresAt } });
}

/** A project has one at most: none before it is made. */
async function putBudgetBack({ core }: Cloud, { budget: id, project: projectId }: Things, name: string): Promise<void> {
  const { budget } = core.database.prisma;
  await budget.deleteMany({ where: { projectId } });
  if (name !== 'budget.create')
    await budget.create({ data: { id, projectId, amount: 1_000_000n, alertPercents: [80] } });
}

/** There is one that is open, but before another is made; what was given is taken back. */
export async function putQuotaRequestBack(
  cloud: Cloud,
  { project, quotaRequest }: Things,
  name: string,
): Promise<void> {
  if (!name.startsWith('quotaRequest.')) return;
  const { prisma } = cloud.core.database;
  await prisma.quotaRequest.deleteMany({ where: { projectId: project } });
  await prisma.projectQuota.deleteMany({ where: { projectId: project, name: 'keyPairs' } });
  if (name === 'quotaRequest.create') return;
  const items = { create: { name: 'keyPairs', had: 100, asked: 200 } };
  await prisma.quotaRequest.create({
    data: { id: quotaRequest, projectId: project, requesterName: 'attacked', reason: 'more', items },
  });
}

async function holdMail({ core }: Cloud, id: string): Promise<void> {
  const sealedBody = seal('attacked', `mail ${id}`, keysOf(core).atRest);
  const mail = { recipient: 'a@example.org', subject: 'attacked', template: 'sign-up', state: 'held', sealedBody };
  await core.database.prisma.mail.upsert({ where: { id }, create: { id, ...mail }, update: mail });
}

const catalogNouns = ['region', 'service', 'endpoint', 'registeredLimit', 'serviceLimit'];

/** Of both, what is changed and what is deleted: one that is registered goes only when nothing differs from it. */
async function putLimitsBack(
  {
    core: {
      database: { prisma },
    },
  }: Cloud,
  things: Things,
): Promise<void> {
  const { service, project, domain, registeredLimit, serviceLimit } = things;
  await prisma.serviceLimit.deleteMany({ where: { domainId: domain } });
  const counted = { id: registeredLimit, serviceId: service, resourceName: 'attacked', defaultLimit: 1 };
  await prisma.registeredLimit.upsert({ where: { id: registeredLimit }, create: counted, update: {} });
  const kept = { id: serviceLimit, registeredLimitId: registeredLimit, projectId: project, resourceLimit: 1 };
  await prisma.serviceLimit.upsert({ where: { id: serviceLimit }, create: kept, update: {} });
}

/** The image is shared with its own project: who may share it may answer for that one too. */
export async function putMemberBack({ core }: Cloud, { image, project }: Things): Promise<void> {
  const { imageMember } = core.database.prisma;
  await imageMember.deleteMany({ where: { imageId: image } });
  await imageMember.create({ data: { imageId: image, projectId: project } });
}

/** What a user lends out: a stored secret, an application credential and a trust. */
export async function lendThings(cloud: Cloud, userId: string, projectId: string) {
  const { prisma } = cloud.core.database;
  const credential = await prisma.credential.create({
    data: { userId, type: 'cert', sealedBlob: new Uint8Array(32) },
  });
  const lent = { name: 'lent', projectId, secretHash: new Uint8Array(32) };
  const application = await prisma.applicationCredential.create({ data: { userId, ...lent } });
  const trust = await prisma.trust.create({
    data: { trustorId: userId, trusteeId: userId, projectId, isImpersonating: false },
  });
  const rule = { service: 'compute', method: 'GET', path: '/v2.1/servers' };
  const accessRule = await prisma.accessRule.create({ data: { userId, ...rule } });
  return {
    accessRule: accessRule.id,
    credential: credential.id,
    applicationCredential: application.id,
    trust: trust.id,
  };
}

/** The host is in the aggregate where it is taken out. */
export async function putPlacementBack({ core }: Cloud, things: Things, name: string): Promise<void> {
  const { aggregate, serverGroup, project, host, joinToken } = things;
  const { prisma } = core.database;
  await prisma.aggregateHost.deleteMany({});
  // What another question gave a name that this one gives too.
  await prisma.aggregate.deleteMany({ where: { id: { not: aggregate } } });
  const token = { id: joinToken, tokenHash: new Uint8Array(32), expiresAt: new Date() };
  await prisma.joinToken.upsert({ where: { id: joinToken }, create: token, update: {} });
  const create = { id: aggregate, name: 'attacked' };
  await prisma.aggregate.upsert({ where: { id: aggregate }, create, update: {} });
  const kept = { id: serverGroup, projectId: project, name: 'attacked', policy: 'affinity' };
  await prisma.serverGroup.upsert({ where: { id: serverGroup }, create: kept, update: {} });
  if (name === 'aggregate.removeHost')
    await prisma.aggregateHost.create({ data: { aggregateId: aggregate, hostId: host } });
}

/** A host as the table keeps one. */
export function rack() {
  return {
    name: 'rack-1',
    credentialHash: new Uint8Array(32),
    redisPasswordHash: '',
    facts: factsOf('rack-1'),
    vcpus: 8,
    memoryMib: 1024,
    diskGib: 10,
    underlayAddress: '10.9.0.1',
    lastHeartbeatAt: new Date(),
  };
}

/** A webhook with one delivery, which a permitted delete takes with it. */
export async function putWebhook({ core }: Cloud, { project, webhook, delivery }: WebhookPlace): Promise<void> {
  const { prisma } = core.database;
  const where = { id: webhook };
  const kept = { url: 'https://hook.example.com/', events: ['server.changed'], sealedSecret: new Uint8Array(64) };
  const create = { ...where, projectId: project, name: 'attacked', ...kept };
  await prisma.webhook.upsert({ where, create, update: {} });
  const about = { event: 'server.changed', resourceId: webhook, happenedAt: new Date(), expiresAt: new Date() };
  const sent = { id: delivery, webhookId: webhook, ...about };
  await prisma.webhookDelivery.upsert({ where: { id: delivery }, create: sent, update: {} });
}

type WebhookPlace = Pick<Things, 'project' | 'webhook' | 'delivery'>;
