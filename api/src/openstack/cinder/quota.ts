import type { UnkaiError } from '@unkai/contracts/errors';
import type { QuotaName } from '@unkai/contracts/quota';
import { notFound } from '@unkai/core/access';
import { refuseField } from '@unkai/core/store/refusal';
import { z } from 'zod';
import { asOurs, type Counted, classLimits, type Limits, limitAsk, limitsOf, unlimited } from '../quota.ts';
import type { Answer, Asked, Route } from '../service.ts';

/** Quotas of volumes. There are no volume types yet, and so no quotas of each. */
const ours = {
  volumes: 'volumes',
  gigabytes: 'volumeGib',
  snapshots: 'volumeSnapshots',
  backups: 'volumeBackups',
  backup_gigabytes: 'volumeBackupGib',
} as const satisfies Record<string, QuotaName>;

/** A quota set, each quota shown by `value`. How large one volume is has no limit; groups of volumes there are none. */
function quotaSet<Value>(of: Limits, value: (counted: Counted) => Value) {
  return {
    ...Object.fromEntries(Object.entries(ours).map(([name, quota]) => [name, value(of(quota))])),
    per_volume_gigabytes: value({ used: 0, limit: unlimited }),
    groups: value({ used: 0, limit: 0 }),
  };
}

const plain = ({ limit }: Counted) => limit;
const counted = ({ used, limit }: Counted) => ({ in_use: used, limit, reserved: 0 });

async function show(asked: Asked): Promise<Answer> {
  const id = asked.id('project', 'project');
  const of = await limitsOf(asked, id);
  const isCounted = asked.query.get('usage')?.toLowerCase() === 'true';
  const quotas = isCounted ? quotaSet(of, counted) : quotaSet(of, plain);
  return { status: 200, body: { quota_set: { id, ...quotas } } };
}

async function showDefaults(asked: Asked): Promise<Answer> {
  const id = asked.id('project', 'project');
  return { status: 200, body: { quota_set: { id, ...quotaSet(await limitsOf(asked, id, 'default'), plain) } } };
}

const limits = z.strictObject({
  volumes: limitAsk.optional(),
  gigabytes: limitAsk.optional(),
  snapshots: limitAsk.optional(),
  backups: limitAsk.optional(),
  backup_gigabytes: limitAsk.optional(),
  // What cannot be limited can be left without a limit.
  per_volume_gigabytes: z.literal([unlimited, String(unlimited)]).optional(),
});
const quotaChange = z.strictObject({ quota_set: limits.extend({ tenant_id: z.string().optional() }) });
const classChange = z.strictObject({ quota_class_set: limits.extend({ class_name: z.string().optional() }) });

function wantedLimits(wanted: z.infer<typeof limits>): Partial<Record<QuotaName, number>> {
  const given = Object.entries(ours).flatMap(([field, name]) => {
    const limit = z.number().optional().parse(Reflect.get(wanted, field));
    return limit === undefined ? [] : [[name, asOurs(limit)] as const];
  });
  return Object.fromEntries(given);
}

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('project', 'project');
  const { quota_set: wanted } = await asked.body(quotaChange);
  if (wanted.tenant_id !== undefined && wanted.tenant_id !== id) throw anotherProject();
  await asked.operations.limits.update({ projectId: id, limits: wantedLimits(wanted) });
  return { status: 200, body: { quota_set: quotaSet(await limitsOf(asked, id), plain) } };
}

function anotherProject(): UnkaiError {
  return refuseField('tenant_id', 'is another project than the path names', 'Leave it out.');
}

async function reset(asked: Asked): Promise<Answer> {
  const none = Object.fromEntries(Object.values(ours).map((name) => [name, null]));
  await asked.operations.limits.update({ projectId: asked.id('project', 'project'), limits: none });
  return { status: 200 };
}

async function showClass(asked: Asked): Promise<Answer> {
  const quotas = quotaSet(await classLimits(asked), plain);
  return { status: 200, body: { quota_class_set: { id: 'default', ...quotas } } };
}

async function updateClass(asked: Asked): Promise<Answer> {
  const { quota_class_set: wanted } = await asked.body(classChange);
  if ((wanted.class_name ?? 'default') !== 'default') throw notFound('quota class', 'class_name');
  await asked.operations.quotaDefault.update({ limits: wantedLimits(wanted) });
  return { status: 200, body: { quota_class_set: quotaSet(await classLimits(asked), plain) } };
}

/** What is used of what, in one answer; of the project in the path, or for operators of the one they ask for. */
async function absolute(asked: Asked): Promise<Answer> {
  const another = asked.query.get('tenant_id') ?? asked.query.get('project_id');
  const parsed = z.uuid().toLowerCase().safeParse(another);
  if (another !== null && !parsed.success) throw notFound('project', another);
  const of = await limitsOf(asked, parsed.data ?? asked.id('place', 'project'));
  const body = {
    maxTotalVolumes: of('volumes').limit,
    totalVolumesUsed: of('volumes').used,
    maxTotalVolumeGigabytes: of('volumeGib').limit,
    totalGigabytesUsed: of('volumeGib').used,
    maxTotalSnapshots: of('volumeSnapshots').limit,
    totalSnapshotsUsed: of('volumeSnapshots').used,
    maxTotalBackups: of('volumeBackups').limit,
    totalBackupsUsed: of('volumeBackups').used,
    maxTotalBackupGigabytes: of('volumeBackupGib').limit,
    totalBackupGigabytesUsed: of('volumeBackupGib').used,
  };
  return { status: 200, body: { limits: { rate: [], absolute: body } } };
}

/** Below the project that the token is of, as catalogs say it; the one that it is about comes after. */
export const quotaRoutes: readonly Route[] = [
  { method: 'GET', path: '/v3/:place/os-quota-class-sets/default', answer: showClass },
  { method: 'PUT', path: '/v3/:place/os-quota-class-sets/default', answer: updateClass },
  { method: 'GET', path: '/v3/:place/limits', answer: absolute },
  { method: 'GET', path: '/v3/:place/os-quota-sets/:project', answer: show },
  { method: 'PUT', path: '/v3/:place/os-quota-sets/:project', answer: update },
  { method: 'DELETE', path: '/v3/:place/os-quota-sets/:project', answer: reset },
  { method: 'GET', path: '/v3/:place/os-quota-sets/:project/defaults', answer: showDefaults },
];
