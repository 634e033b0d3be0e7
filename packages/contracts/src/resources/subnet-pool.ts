import { z } from 'zod';
import { addressBits, familyOf } from '../address-form.ts';
import { fieldRule, sizeRule } from '../field-rule.ts';
import { cidr, description, displayName, id, ipFamily, isoTime, tags } from '../primitives.ts';

const mostPrefixes = 50;
const prefixes = z
  .array(cidr)
  .min(1, fieldRule('must have a prefix', 'Send at least one prefix such as 10.0.0.0/16.'))
  .max(mostPrefixes, sizeRule)
  .refine(
    (all) => new Set(all.map(familyOf)).size <= 1,
    fieldRule('must be of one family', 'Send prefixes of IPv4 or of IPv6; make a second pool for the others.'),
  );
const prefixLength = z.number().int().min(1).max(126);
/** Of IPv4 in addresses, of IPv6 in networks of /64. */
const quota = z.number().int().min(0).max(2_147_483_647).nullable();

/** Two addresses of a subnet are nobody's, its gateway and DHCP need two: the smallest that is of use. */
export const longestPrefix = (family: 4 | 6) => addressBits[family] - 2;

const changeable = {
  description: description.optional(),
  /** The largest subnet that may be asked for. Default: 8 of IPv4, 64 of IPv6. */
  minPrefixLength: prefixLength.optional(),
  /** The smallest subnet that may be asked for. Default: 30 of IPv4, 126 of IPv6. */
  maxPrefixLength: prefixLength.optional(),
  /** What is given to those who ask for no size. Default: 24 of IPv4, 64 of IPv6, or the nearest that may be asked for. */
  defaultPrefixLength: prefixLength.optional(),
  /** How much of it each project may have: addresses of IPv4, networks of /64 of IPv6; null, the default: any amount. */
  quota: quota.optional(),
  /** The scope in which its prefixes must be there once. */
  addressScopeId: id.nullable().optional(),
};

export const subnetPoolCreate = z.strictObject({
  name: displayName,
  /** What subnets are cut out of, of one family. */
  prefixes,
  ...changeable,
  /** By operators: who asks for a pool and names none gets this one; one for each family. */
  isDefault: z.boolean().default(false),
  /** By operators: every project may take subnets from it. */
  isShared: z.boolean().default(false),
});
export type SubnetPoolCreate = z.infer<typeof subnetPoolCreate>;

export const subnetPoolUpdate = z.strictObject({
  name: displayName.optional(),
  /** Instead of those there are. Subnets that were taken stay within them. */
  prefixes: prefixes.optional(),
  ...changeable,
  /** By operators. */
  isDefault: z.boolean().optional(),
  /** By operators. */
  isShared: z.boolean().optional(),
  tags: tags.optional(),
});
export type SubnetPoolUpdate = z.infer<typeof subnetPoolUpdate>;

export const subnetPool = z.object({
  id,
  projectId: id,
  addressScopeId: id.nullable(),
  name: z.string(),
  description: z.string(),
  family: ipFamily,
  prefixes: z.array(z.string()),
  minPrefixLength: z.number().int(),
  maxPrefixLength: z.number().int(),
  defaultPrefixLength: z.number().int(),
  quota: z.number().int().nullable(),
  isDefault: z.boolean(),
  /** Whether others than its own project may use it: all, or that of the caller. */
  isShared: z.boolean(),
  tags: z.array(z.string()),
  createdAt: isoTime,
  updatedAt: isoTime,
  /** How often it was changed: two answers with the same number are the same. */
  revision: z.number().int(),
});
export type SubnetPool = z.infer<typeof subnetPool>;
