import { unlimited as mostOfAll, type QuotaName } from '@unkai/contracts/quota';
import { z } from 'zod';
import type { Asked } from './service.ts';

export interface Counted {
  readonly used: number;
  readonly limit: number;
}
export type Limits = (name: QuotaName) => Counted;

/** Nothing is counted: there is no limit. */
export const unlimited = -1;

/** A limit as Nova and Cinder take it. */
export const limitAsk = z.coerce.number().int().min(unlimited).max(2_147_483_647);

/** A limit of ours as they say it, and the other way round. */
const asTheirs = (limit: number) => (limit === mostOfAll ? unlimited : limit);
export const asOurs = (limit: number) => (limit === unlimited ? mostOfAll : limit);

type Shown = Awaited<ReturnType<Asked['operations']['limits']['get']>>['items'];

/** What counts of each quota, or what would count if nothing were said of the project itself. */
export async function limitsOf(
  { operations }: Asked,
  projectId: string,
  which: 'limit' | 'default' = 'limit',
): Promise<Limits> {
  return countedOf((await operations.limits.get({ projectId })).items, which);
}

/** The same, of limits that were read. */
export function countedOf(items: Shown, which: 'limit' | 'default' = 'limit'): Limits {
  const byName = new Map(items.map((item) => [item.name, item]));
  return (name) => {
    const item = byName.get(name);
    // As there, what users have of their own is not told of a project.
    return { used: item?.of === 'project' ? item.used : 0, limit: asTheirs(item?.[which] ?? 0) };
  };
}

/** What all projects get that have no limits of their own: the quota class `default`, the only one there is. */
export async function classLimits({ operations }: Asked): Promise<Limits> {
  return defaultsOf((await operations.quotaDefault.get({})).items);
}

type ShownDefaults = Awaited<ReturnType<Asked['operations']['quotaDefault']['get']>>['items'];

/** The same, of defaults that were read. */
export function defaultsOf(items: ShownDefaults): Limits {
  const byName = new Map(items.map((item) => [item.name, item.limit]));
  return (name) => ({ used: 0, limit: asTheirs(byName.get(name) ?? 0) });
}
