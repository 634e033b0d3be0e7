import { z } from 'zod';
import { sizeRule } from '../field-rule.ts';
import { id } from '../primitives.ts';

/** What can be found by its name, its id or its address. */
export const searchNouns = [
  'server',
  'network',
  'port',
  'router',
  'floating-ip',
  'security-group',
  'image',
  'key-pair',
  'project',
  'domain',
  'user',
  'group',
  'role',
  'host',
] as const;

/** How many of each noun are told at most. */
export const mostOfNoun = 6;

export const searchQuery = z.strictObject({
  /** Part of a name; or all of an id, an IP address, a MAC address, a range or a fingerprint. */
  text: z.string().trim().min(1, sizeRule).max(128, sizeRule),
  /** What is in this project comes first. */
  projectId: id.optional(),
});

export const searchHit = z.object({
  noun: z.enum(searchNouns),
  id,
  name: z.string(),
  /** What tells it from others of its name: an address, a range, an e-mail address. */
  detail: z.string(),
  /** Where it is; null for what is in no project, or in no domain. */
  projectId: id.nullable(),
  projectName: z.string().nullable(),
  domainId: id.nullable(),
  domainName: z.string().nullable(),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchResult = z.object({ items: z.array(searchHit) });
