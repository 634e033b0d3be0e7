import { familyOf } from '@unkai/contracts/address-form';
import type { SubnetPool, SubnetPoolCreate, SubnetPoolUpdate } from '@unkai/contracts/resources/subnet-pool';

/** What a person wrote in the form of a subnet pool; lengths and quota as text, empty where nothing was. */
export type SubnetPoolDraft = {
  name: string;
  description: string;
  /** One a line. */
  prefixes: string;
  minPrefixLength: string;
  defaultPrefixLength: string;
  maxPrefixLength: string;
  quota: string;
  addressScopeId: string;
  isDefault: boolean;
  isShared: boolean;
};

export const emptyPool: SubnetPoolDraft = {
  name: '',
  description: '',
  prefixes: '',
  quota: '',
  addressScopeId: '',
  isDefault: false,
  isShared: false,
  minPrefixLength: '',
  defaultPrefixLength: '',
  maxPrefixLength: '',
};

/** The draft of a pool that is there. */
export function poolDraftOf(pool: SubnetPool): SubnetPoolDraft {
  const { name, description, prefixes, quota, addressScopeId, isDefault, isShared } = pool;
  return {
    name,
    description,
    isDefault,
    isShared,
    prefixes: prefixes.join('\n'),
    minPrefixLength: String(pool.minPrefixLength),
    defaultPrefixLength: String(pool.defaultPrefixLength),
    maxPrefixLength: String(pool.maxPrefixLength),
    quota: quota === null ? '' : String(quota),
    addressScopeId: addressScopeId ?? '',
  };
}

const words = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** The family of what is being written; undefined while nothing is. */
export function familyIn(prefixes: string): 4 | 6 | undefined {
  const [first] = words(prefixes);
  if (first === undefined) return undefined;
  return familyOf(first) === 6 ? 6 : 4;
}

type Request = Omit<SubnetPoolCreate, 'isDefault' | 'isShared'> & Pick<SubnetPoolUpdate, 'isDefault' | 'isShared'>;

/**
 * What a draft asks for, or what is missing in it; its values are judged by the API. `was` is the draft before it was
 * changed: what operators alone say, and prefixes that subnets may be from, are sent where they are not as they were.
 */
export function poolOf(draft: SubnetPoolDraft, was?: SubnetPoolDraft): { request: Request } | { missing: string } {
  const { name, description, isDefault, isShared, addressScopeId, quota } = draft;
  const prefixes = words(draft.prefixes);
  if (name.trim() === '') return { missing: 'Give it a name.' };
  if (prefixes.length === 0) return { missing: 'Write the ranges that subnets are cut out of.' };
  const lengths = lengthsOf(draft);
  if (lengths === undefined) return { missing: 'Write each size as the length of a prefix, such as 24.' };
  if (!isWhole(quota)) return { missing: 'Write how much each project may have as a whole number, or nothing.' };
  return {
    request: {
      name: name.trim(),
      description,
      prefixes,
      ...lengths,
      quota: quota.trim() === '' ? null : Number(quota),
      addressScopeId: addressScopeId === '' ? null : addressScopeId,
      ...(isDefault !== (was?.isDefault ?? false) && { isDefault }),
      ...(isShared !== (was?.isShared ?? false) && { isShared }),
    },
  };
}

const isWhole = (text: string) => /^\s*\d*\s*$/.test(text);

type Lengths = Pick<SubnetPoolUpdate, 'minPrefixLength' | 'defaultPrefixLength' | 'maxPrefixLength'>;

/** The sizes that somebody wrote, with or without a slash; undefined where one is no number. */
function lengthsOf({ minPrefixLength: min, defaultPrefixLength: usual, maxPrefixLength: max }: SubnetPoolDraft) {
  const bare = (text: string) => text.trim().replace(/^\//, '');
  const said: Array<[keyof Lengths, string]> = [
    ['minPrefixLength', bare(min)],
    ['defaultPrefixLength', bare(usual)],
    ['maxPrefixLength', bare(max)],
  ];
  if (said.some(([, text]) => !isWhole(text))) return undefined;
  const chosen: Lengths = {};
  for (const [field, text] of said) if (text !== '') chosen[field] = Number(text);
  return chosen;
}

/** The length of the largest subnet that a pool can give: none is larger than what it is made of. */
export function largestLength({ minPrefixLength, prefixes }: Pick<SubnetPool, 'minPrefixLength' | 'prefixes'>): number {
  return Math.max(minPrefixLength, Math.min(...prefixes.map((prefix) => Number(prefix.split('/')[1]))));
}

/** How large its subnets may be, in words: `/16 to /28, else /24`. */
export function sizeWords(pool: SubnetPool) {
  const { maxPrefixLength: max, defaultPrefixLength: usual } = pool;
  const min = largestLength(pool);
  return min === max ? `/${min}` : `/${min} to /${max}, else /${usual}`;
}

/** What a project may have of it, in words. */
export function poolQuotaWords({ quota, family }: Pick<SubnetPool, 'quota' | 'family'>): string {
  if (quota === null) return 'any amount';
  return family === 4 ? `${quota.toLocaleString('en')} addresses` : `${quota.toLocaleString('en')} networks of /64`;
}
