import { invalidInput, type UnkaiError } from '@unkai/contracts/errors';
import type { QuotaName, VolumeTypeLimitsGiven, VolumeTypeQuotaName } from '@unkai/contracts/quota';
import { notFound } from '@unkai/core/access';
import { refuseField } from '@unkai/core/store/refusal';
import { z } from 'zod';
import { asOurs, type Counted, countedOf, defaultsOf, type Limits, limitAsk, limitsOf, unlimited } from '../quota.ts';
import type { Answer, Asked, Route } from '../service.ts';

/** Quotas of volumes, of all types together. */
const ours = {
  volumes: 'volumes',
  gigabytes: 'volumeGib',
  snapshots: 'volumeSnapshots',
  backups: 'volumeBackups',
  backup_gigabytes: 'volumeBackupGib',
} as const satisfies Record<string, QuotaName>;

/** Those of one type: `gigabytes_fast`. */
const ofTypes = {
  volumes: 'volumes',
  gigabytes: 'volumeGib',
  snapshots: 'volumeSnapshots',
} as const satisfies Record<string, VolumeTypeQuotaName>;

/** The quotas of a project, or of all, as they were read. */
interface Quotas {
  readonly of: Limits;
  readonly types: readonly { readonly id: string; readonly name: string; readonly of: Limits }[];
}

/** The fields of a type's quotas, each with the type and the name that it has here. */
function typeFields(types: readonly { readonly id: string; readonly name: string }[]) {
  return types.flatMap(({ id, name }) =>
    Object.entries(ofTypes).map(([part, quota]) => ({ field: `${part}_${name}`, id, quota })),
  );
}

/** A quota set, each quota shown by `value`. How large one volume is has no limit; groups of volumes there are none. */
function quotaSet<Value>({ of, types }: Quotas, value: (counted: Counted) => Value): Record<string, Value> {
  const byId = new Map(types.map((type) => [type.id, type.of]));
  const none = { used: 0, limit: unlimited };
  return {
    ...Object.fromEntries(Object.entries(ours).map(([name, quota]) => [name, value(of(quota))])),
    per_volume_gigabytes: value(none),
    groups: value({ used: 0, limit: 0 }),
    ...Object.fromEntries(
      typeFields(types).map(({ field, id, quota }) => [field, value(byId.get(id)?.(quota) ?? none)]),
    ),
  };
}

const plain = ({ limit }: Counted) => limit;
const counted = ({ used, limit }: Counted) => ({ in_use: used, limit, reserved: 0 });

async function projectQuotas(
  { operations }: Asked,
  projectId: string,
  which: 'limit' | 'default' = 'limit',
): Promise<Quotas> {
  const { items, volumeTypes } = await operations.limits.get({ projectId });
  const types = volumeTypes.map(({ id, name, items: ofType }) => ({ id, name, of: countedOf(ofType, which) }));
  return { of: countedOf(items, which), types };
}

async function classQuotas({ operations }: Asked): Promise<Quotas> {
  const { items, volumeTypes } = await operations.quotaDefault.get({});
  const types = volumeTypes.map(({ id, name, items: ofType }) => ({ id, name, of: defaultsOf(ofType) }));
  return { of: defaultsOf(items), types };
}

async function show(asked: Asked): Promise<Answer> {
  const id = asked.id('project', 'project');
  const quotas = await projectQuotas(asked, id);
  const isCounted = asked.query.get('usage')?.toLowerCase() === 'true';
  const shown = isCounted ? quotaSet(quotas, counted) : quotaSet(quotas, plain);
  return { status: 200, body: { quota_set: { id, ...shown } } };
}

async function showDefaults(asked: Asked): Promise<Answer> {
  const id = asked.id('project', 'project');
  const quotas = await projectQuotas(asked, id, 'default');
  return { status: 200, body: { quota_set: { id, ...quotaSet(quotas, plain) } } };
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
const anyLimits = z.looseObject({ tenant_id: z.string().optional(), class_name: z.string().optional() });
const quotaChange = z.strictObject({ quota_set: anyLimits });
const classChange = z.strictObject({ quota_class_set: anyLimits });
const ofOneType = /^(volumes|gigabytes|snapshots)_/;

interface Wanted {
  readonly limits: Partial<Record<QuotaName, number>>;
  readonly volumeTypes: VolumeTypeLimitsGiven;
}

/**
 * The limits of a body. Types are looked for only where it names one. Throws `invalid_input` that names each field that is
 * of no quota, or no limit.
 */
async function wantedLimits(
  given: Readonly<Record<string, unknown>>,
  at: string,
  typesOf: () => Promise<Quotas>,
): Promise<Wanted> {
  const types = Object.keys(given).some((field) => ofOneType.test(field)) ? (await typesOf()).types : [];
  const fields = typeFields(types);
  const schema = limits.extend(Object.fromEntries(fields.map(({ field }) => [field, limitAsk.optional()])));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw invalidInput(parsed.error, at);
  const limitOf = (field: string) => z.number().optional().parse(Reflect.get(parsed.data, field));
  const volumeTypes: VolumeTypeLimitsGiven = {};
  for (const { field, id, quota } of fields) {
    const limit = limitOf(field);
    if (limit !== undefined) volumeTypes[id] = { ...volumeTypes[id], [quota]: asOurs(limit) };
  }
  const ofAll = Object.entries(ours).flatMap(([field, name]) => {
    const limit = limitOf(field);
    return limit === undefined ? [] : [[name, asOurs(limit)] as const];
  });
  return { limits: Object.fromEntries(ofAll), volumeTypes };
}

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('project', 'project');
  const { quota_set: set } = await asked.body(quotaChange);
  const { tenant_id: tenant, ...given } = set;
  if (tenant !== undefined && tenant !== id) throw anotherProject();
  const wanted = await wantedLimits(given, 'quota_set', () => projectQuotas(asked, id));
  await asked.operations.limits.update({ projectId: id, ...wanted });
  return { status: 200, body: { quota_set: quotaSet(await projectQuotas(asked, id), plain) } };
}

function anotherProject(): UnkaiError {
  return refuseField('tenant_id', 'is another project than the path names', 'Leave it out.');
}

/** Whatever was said of the project itself is taken back, of each type too. */
async function reset(asked: Asked): Promise<Answer> {
  const id = asked.id('project', 'project');
  const { types } = await projectQuotas(asked, id);
  const none = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, null]));
  const volumeTypes = Object.fromEntries(types.map((type) => [type.id, none(Object.values(ofTypes))]));
  await asked.operations.limits.update({ projectId: id, limits: none(Object.values(ours)), volumeTypes });
  return { status: 200 };
}

async function showClass(asked: Asked): Promise<Answer> {
  const quotas = quotaSet(await classQuotas(asked), plain);
  return { status: 200, body: { quota_class_set: { id: 'default', ...quotas } } };
}

async function updateClass(asked: Asked): Promise<Answer> {
  const { quota_class_set: set } = await asked.body(classChange);
  const { class_name: name = 'default', ...given } = set;
  if (name !== 'default') throw notFound('quota class', 'class_name');
  const wanted = await wantedLimits(given, 'quota_class_set', () => classQuotas(asked));
  await asked.operations.quotaDefault.update(wanted);
  return { status: 200, body: { quota_class_set: quotaSet(await classQuotas(asked), plain) } };
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
