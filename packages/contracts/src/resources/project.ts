import { z } from 'zod';
import { roleName } from '../permissions.ts';
import {
  description,
  displayName,
  flag,
  id,
  isoTime,
  namePart,
  options,
  pageQuery,
  tag,
  tagList,
} from '../primitives.ts';

/** How many projects deep a tree may be, the topmost counted. */
export const deepestProject = 5;

const tags = z.array(tag).max(80);

export const projectCreate = z.strictObject({
  domainId: id,
  /** The project above it, in the same domain; without it the project is directly in the domain. */
  parentId: id.optional(),
  name: displayName,
  description: description.default(''),
  isEnabled: z.boolean().default(true),
  tags: tags.default([]),
  options: options.default({}),
});
export const projectUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  isEnabled: z.boolean().optional(),
  /** All tags it shall have. */
  tags: tags.optional(),
  options: options.optional(),
});
export const projectQuery = pageQuery.extend({
  name: displayName.optional(),
  nameContains: namePart.optional(),
  domainId: id.optional(),
  parentId: id.optional(),
  isEnabled: flag.optional(),
  /** Those that have all of these tags, one of them, not all of them, none of them. */
  tags: tagList.optional(),
  tagsAny: tagList.optional(),
  notTags: tagList.optional(),
  notTagsAny: tagList.optional(),
});

export const project = z.object({
  id,
  domainId: id,
  domainName: z.string(),
  parentId: id.nullable(),
  name: z.string(),
  description: z.string(),
  isEnabled: z.boolean(),
  tags: z.array(z.string()),
  options,
  /** The caller's role on it. */
  role: roleName,
  createdAt: isoTime,
});
export type Project = z.infer<typeof project>;
