import type { QuotaName } from '@unkai/contracts/quota';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import type { Microversion } from '../microversion.ts';
import { asOurs, type Counted, classLimits, type Limits, limitAsk, limitsOf, unlimited } from '../quota.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { refuse } from './flavor.ts';
import { since } from './version.ts';

export const mostMetadata = 128;

async function absolute(asked: Asked): Promise<Answer> {
  const wanted = asked.query.get('tenant_id');
  const of = await limitsOf(asked, wanted === null ? projectOf(asked.call) : projectId(wanted));
  const { version } = asked;
  const body = {
    maxTotalInstances: of('servers').limit,
    totalInstancesUsed: of('servers').used,
    maxTotalCores: of('vcpus').limit,
    totalCoresUsed: of('vcpus').used,
    maxTotalRAMSize: of('memoryMib').limit,
    totalRAMUsed: of('memoryMib').used,
    maxTotalKeypairs: of('keyPairs').limit,
    maxServerMeta: mostMetadata,
    maxServerGroups: of('serverGroups').limit,
    totalServerGroupsUsed: of('serverGroups').used,
    maxServerGroupMembers: of('serverGroupMembers').limit,
    ...(version < since.imageMetadataGone && { maxImageMeta: mostMetadata }),
    ...(version < since.personalityGone && { maxPersonality: 0, maxPersonalitySize: 0 }),
    ...(version < since.networkProxiesGone && networkLimits(of)),
  };
  return { status: 200, body: { limits: { rate: [], absolute: body } } };
}

function networkLimits(of: Limits) {
  return {
    maxSecurityGroups: of('securityGroups').limit,
    totalSecurityGroupsUsed: of('securityGroups').used,
    maxSecurityGroupRules: of('securityGroupRules').limit,
    maxTotalFloatingIps: 0,
    totalFloatingIpsUsed: 0,
  };
}

function projectId(text: string): string {
  const parsed = z.uuid().toLowerCase().safeParse(text);
  if (!parsed.success) throw refuse('project', `${text} is not a valid project ID`, 'Send the id of a project.');
  return parsed.data;
}

/** A quota set, each quota shown by `value`. */
function quotaSet<Value>(of: Limits, version: Microversion, value: (counted: Counted) => Value) {
  const none = value({ used: 0, limit: 0 });
  const free = value({ used: 0, limit: unlimited });
  return {
    instances: value(of('servers')),
    cores: value(of('vcpus')),
    ram: value(of('memoryMib')),
    metadata_items: value({ used: 0, limit: mostMetadata }),
    key_pairs: value(of('keyPairs')),
    server_groups: value(of('serverGroups')),
    server_group_members: value(of('serverGroupMembers')),
    ...(version < since.personalityGone && {
      injected_files: none,
      injected_file_content_bytes: none,
      injected_file_path_bytes: none,
    }),
    ...(version < since.networkProxiesGone && {
      floating_ips: none,
      fixed_ips: free,
      security_groups: value(of('securityGroups')),
      security_group_rules: value(of('securityGroupRules')),
    }),
  };
}

const plain = ({ limit }: Counted) => limit;
const counted = ({ used, limit }: Counted) => ({ in_use: used, limit, reserved: 0 });

async function showQuotas(asked: Asked): Promise<Answer> {
  const id = projectId(asked.param('project'));
  const of = await limitsOf(asked, id);
  return { status: 200, body: { quota_set: { id, ...quotaSet(of, asked.version, plain) } } };
}

async function showQuotaDetail(asked: Asked): Promise<Answer> {
  const id = projectId(asked.param('project'));
  const of = await limitsOf(asked, id);
  return { status: 200, body: { quota_set: { id, ...quotaSet(of, asked.version, counted) } } };
}

async function showDefaults(asked: Asked): Promise<Answer> {
  const id = projectId(asked.param('project'));
  const of = await limitsOf(asked, id, 'default');
  return { status: 200, body: { quota_set: { id, ...quotaSet(of, asked.version, plain) } } };
}

const ours = {
  instances: 'servers',
  cores: 'vcpus',
  ram: 'memoryMib',
  key_pairs: 'keyPairs',
  server_groups: 'serverGroups',
  server_group_members: 'serverGroupMembers',
} as const satisfies Record<string, QuotaName>;
const groups = { security_groups: 'securityGroups', security_group_rules: 'securityGroupRules' } as const;

const quotaChange = z.strictObject({
  quota_set: z.strictObject({
    instances: limitAsk.optional(),
    cores: limitAsk.optional(),
    ram: limitAsk.optional(),
    key_pairs: limitAsk.optional(),
    server_groups: limitAsk.optional(),
    server_group_members: limitAsk.optional(),
    security_groups: limitAsk.optional(),
    security_group_rules: limitAsk.optional(),
    tenant_id: z.string().optional(),
    force: z.union([z.boolean(), z.enum(['True', 'False', 'true', 'false'])]).optional(),
  }),
});
type QuotaChange = z.infer<typeof quotaChange>['quota_set'];

/** Quotas are of projects, not of users in them. */
function refuseUser({ query }: Asked): void {
  if (query.has('user_id')) throw refuse('user_id', 'quotas are of whole projects', 'Remove it.');
}

async function updateQuotas(asked: Asked): Promise<Answer> {
  refuseUser(asked);
  const id = projectId(asked.param('project'));
  const { quota_set: wanted } = await asked.body(quotaChange);
  const limits = wantedLimits(asked, wanted);
  const of = await limitsOf(asked, id);
  const isForced = String(wanted.force ?? false).toLowerCase() === 'true';
  for (const [name, { field, limit }] of limits) {
    const { used } = of(name);
    if (!isForced && limit < used)
      throw refuse(
        field,
        `${limit} is below the ${used} in use; force it to set it anyway`,
        'Send at least what is in use, or force true.',
      );
  }
  const given = Object.fromEntries([...limits].map(([name, { limit }]) => [name, limit]));
  await asked.operations.limits.update({ projectId: id, limits: given });
  return { status: 200, body: { quota_set: quotaSet(await limitsOf(asked, id), asked.version, plain) } };
}

function wantedLimits({ version }: Asked, wanted: QuotaChange) {
  const limits = new Map<QuotaName, { field: string; limit: number }>();
  for (const [field, name] of Object.entries({ ...ours, ...groups })) {
    const limit = z.number().optional().parse(Reflect.get(wanted, field));
    if (limit === undefined) continue;
    if (field in groups && version >= since.networkProxiesGone)
      throw refuse(field, 'is of the network service', 'Remove it, and set it there.');
    limits.set(name, { field, limit: asOurs(limit) });
  }
  return limits;
}

async function resetQuotas(asked: Asked): Promise<Answer> {
  refuseUser(asked);
  const limits = Object.fromEntries(Object.values(ours).map((name) => [name, null]));
  await asked.operations.limits.update({ projectId: projectId(asked.param('project')), limits });
  return { status: 202 };
}

/** Nova's quota class `default`. */
async function classSet(asked: Asked) {
  return quotaSet(await classLimits(asked), asked.version, plain);
}

async function showClass(asked: Asked): Promise<Answer> {
  return { status: 200, body: { quota_class_set: { id: 'default', ...(await classSet(asked)) } } };
}

const classChange = z.strictObject({
  quota_class_set: quotaChange.shape.quota_set.omit({ tenant_id: true, force: true }),
});

async function updateClass(asked: Asked): Promise<Answer> {
  const { quota_class_set: wanted } = await asked.body(classChange);
  const limits = [...wantedLimits(asked, wanted)].map(([name, { limit }]) => [name, limit]);
  await asked.operations.quotaDefault.update({ limits: Object.fromEntries(limits) });
  return { status: 200, body: { quota_class_set: await classSet(asked) } };
}

export const limitRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/os-quota-class-sets/default', answer: showClass },
  { method: 'PUT', path: '/v2.1/os-quota-class-sets/default', answer: updateClass },
  { method: 'GET', path: '/v2.1/limits', answer: absolute },
  { method: 'GET', path: '/v2.1/os-quota-sets/:project', answer: showQuotas },
  { method: 'PUT', path: '/v2.1/os-quota-sets/:project', answer: updateQuotas },
  { method: 'DELETE', path: '/v2.1/os-quota-sets/:project', answer: resetQuotas },
  { method: 'GET', path: '/v2.1/os-quota-sets/:project/defaults', answer: showDefaults },
  { method: 'GET', path: '/v2.1/os-quota-sets/:project/detail', answer: showQuotaDetail },
];
