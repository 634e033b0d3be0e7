import { z } from 'zod';
import { refusing } from './field-rule.ts';
import { id } from './primitives.ts';

interface Quota {
  readonly label: string;
  readonly unit: '' | 'MiB' | 'GiB' | 'B';
  /** The limit where no operator says otherwise. */
  readonly initial: number;
  /** The largest number that is taken for a limit; anything above it is a slip of the keyboard. */
  readonly most: number;
  /** Whose rows are counted: those in the project, or those of each user, whichever project they work in. */
  readonly of: 'project' | 'user';
  /** Whether this version makes such things at all. Where it does not, none are in use, and a limit waits for them. */
  readonly isOffered: boolean;
}

/** As many as the OpenStack APIs can say, which is more than any cloud has. */
const mostThings = 2_147_483_647;
/** A pebibyte. */
const mostBytes = 1024 ** 5;

const things = (label: string, initial: number) =>
  ({ label, unit: '', initial, most: mostThings, of: 'project', isOffered: true }) as const satisfies Quota;
const amount = <const Unit extends 'MiB' | 'GiB' | 'B'>(label: string, unit: Unit, initial: number) => {
  const most = unit === 'B' ? mostBytes : mostThings;
  return { label, unit, initial, most, of: 'project', isOffered: true } as const satisfies Quota;
};
const ofUser = (label: string, initial: number) => ({ ...things(label, initial), of: 'user' }) as const;
const later = (quota: Quota) => ({ ...quota, isOffered: false }) as const;

/** What a project can be limited in. Counted from the rows themselves in the transaction that spends (H8). */
export const quotaCatalog = {
  servers: things('Servers', 20),
  vcpus: things('vCPU', 40),
  memoryMib: amount('Memory', 'MiB', 81_920),
  serverGroups: things('Server groups', 10),
  serverGroupMembers: things('Members of a server group', 10),
  keyPairs: ofUser('Key pairs of each user', 100),
  images: things('Images', 20),
  imageBytes: amount('Image bytes', 'B', 107_374_182_400),
  volumes: later(things('Volumes', 20)),
  volumeGib: later(amount('Volume storage', 'GiB', 1000)),
  volumeSnapshots: later(things('Volume snapshots', 20)),
  volumeBackups: later(things('Volume backups', 20)),
  volumeBackupGib: later(amount('Backup storage', 'GiB', 1000)),
  networks: things('Networks', 10),
  subnets: things('Subnets', 20),
  ports: things('Ports', 100),
  routers: things('Routers', 10),
  floatingIps: things('Floating IPs', 10),
  securityGroups: things('Security groups', 20),
  securityGroupRules: things('Security group rules', 200),
  qosPolicies: things('QoS policies', 20),
  subnetPools: things('Subnet pools', 10),
  addressScopes: things('Address scopes', 10),
  rbacPolicies: things('Sharing policies', 50),
  webhooks: things('Webhooks', 10),
  objectContainers: later(things('Object containers', 1000)),
  objectBytes: later(amount('Object storage', 'B', 107_374_182_400)),
  stacks: later(things('Stacks', 50)),
  apiTokens: ofUser('API tokens of each user', 100),
  openInvites: things('Open invites', 50),
} as const satisfies Record<string, Quota>;

export type QuotaName = keyof typeof quotaCatalog;
/** A quota of things that this version makes, and so counts. */
export type OfferedQuota = {
  [Name in QuotaName]: (typeof quotaCatalog)[Name]['isOffered'] extends true ? Name : never;
}[QuotaName];

const names = Object.keys(quotaCatalog).filter((key): key is QuotaName => key in quotaCatalog);
export const quotaNames: readonly QuotaName[] = names;
export const quotaName = z.enum(names);

/** Whether this version makes what the quota limits. */
export function isOffered(name: QuotaName): name is OfferedQuota {
  return quotaCatalog[name].isOffered;
}

/** As good as no limit: what a number in JSON can hold. */
export const unlimited = Number.MAX_SAFE_INTEGER;

const amountLimit = z.number().int().min(0).max(unlimited).nullable();

/** Limits by name: from 0 to the most that makes sense of each, or `unlimited`. Null takes a limit back. */
const limits = z.partialRecord(quotaName, amountLimit).superRefine(refuseAbsurd);

/** What is limited of each volume type too, besides what a project may have of all. */
export const volumeTypeQuotaNames = ['volumes', 'volumeGib', 'volumeSnapshots'] as const;
export const volumeTypeQuotaName = z.enum(volumeTypeQuotaNames);
export type VolumeTypeQuotaName = z.infer<typeof volumeTypeQuotaName>;

/** Limits of volume types, by the id of the type and the name of the quota. Nothing said: no limit besides that of all. */
const volumeTypes = z.record(id, z.partialRecord(volumeTypeQuotaName, amountLimit).superRefine(refuseAbsurd));
export type VolumeTypeLimitsGiven = z.infer<typeof volumeTypes>;

function refuseAbsurd(given: Partial<Record<QuotaName, number | null>>, context: z.RefinementCtx): void {
  const refuse = refusing(context);
  for (const name of names) {
    const { most } = quotaCatalog[name];
    const limit = given[name] ?? 0;
    if (limit <= most || limit === unlimited) continue;
    refuse(
      name,
      `must be at most ${most}, or ${unlimited} for any number`,
      `Send at most ${most}, or ${unlimited} for any number.`,
    );
  }
}

const limitsGiven = { limits: limits.default({}), volumeTypes: volumeTypes.default({}) };

/** Null puts a limit back to what the project's domain or the installation says. */
export const limitsUpdate = z.strictObject(limitsGiven);

/** The project may be left out where the credential is for one project, or its user has a role on only one. */
export const limitsQuery = z.strictObject({ projectId: id.optional() });

/** Who said what the limit is; `initial` is Unkai itself. */
export const limitSource = z.enum(['project', 'domain', 'installation', 'initial']);
export type LimitSource = z.infer<typeof limitSource>;

const amountOf = { name: quotaName, label: z.string(), unit: z.string(), limit: z.number() };

export const limit = z.object({
  ...amountOf,
  used: z.number(),
  /** What the limit is where the project has none of its own. */
  default: z.number(),
  source: limitSource,
  /** Of a quota of each user, what is used is the caller's own. */
  of: z.enum(['project', 'user']),
  isOffered: z.boolean(),
});
export type Limit = z.infer<typeof limit>;
/** What a project may have of one volume type. */
export const volumeTypeLimits = z.object({ id, name: z.string(), items: z.array(limit) });
export type VolumeTypeLimits = z.infer<typeof volumeTypeLimits>;
/** As much of a limit as tells what is left. */
export const allowance = limit.pick({ name: true, label: true, unit: true, used: true, limit: true });
export type Allowance = z.infer<typeof allowance>;

/** Of the installation, or with a domain of that domain's projects. */
export const quotaDefaultQuery = z.strictObject({ domainId: id.optional() });
/** Null puts a default back to what the installation, or Unkai itself, says. */
export const quotaDefaultUpdate = quotaDefaultQuery.extend(limitsGiven);
export const quotaDefault = z.object({ ...amountOf, source: limitSource, isOffered: z.boolean() });
export type QuotaDefault = z.infer<typeof quotaDefault>;
export const volumeTypeDefaults = z.object({ id, name: z.string(), items: z.array(quotaDefault) });
export type VolumeTypeDefaults = z.infer<typeof volumeTypeDefaults>;
