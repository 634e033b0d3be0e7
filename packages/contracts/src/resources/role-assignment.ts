import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { roleName } from '../permissions.ts';
import { flag, id, pageQuery } from '../primitives.ts';

/** One holder, one place: a project, a domain, or the system when neither is named. */
export const roleAssignmentCreate = z
  .strictObject({
    /** The name of a built-in role, or the id of any. */
    role: z.union(
      [roleName, id],
      fieldRule(
        'must be reader, member, manager, admin, or the id of a role',
        'Send "reader", "member", "manager", "admin", or the id of a role.',
      ),
    ),
    userId: id.optional(),
    groupId: id.optional(),
    domainId: id.optional(),
    projectId: id.optional(),
    /** It counts on the projects below the domain or the project, and not on that itself. */
    isInherited: z.boolean().default(false),
  })
  .refine((given) => (given.userId === undefined) !== (given.groupId === undefined), {
    ...fieldRule('either a user or a group must be named', 'Send userId or groupId, and not both.'),
    path: ['userId'],
  })
  .refine((given) => given.domainId === undefined || given.projectId === undefined, {
    ...fieldRule(
      'a domain and a project cannot both be named',
      'Send domainId or projectId, or neither for the whole installation.',
    ),
    path: ['projectId'],
  })
  .refine((given) => !given.isInherited || given.domainId !== undefined || given.projectId !== undefined, {
    ...fieldRule(
      'only a role on a domain or a project can be inherited',
      'Leave it out, or send domainId or projectId.',
    ),
    path: ['isInherited'],
  });

export const roleAssignmentQuery = pageQuery.extend({
  userId: id.optional(),
  groupId: id.optional(),
  roleId: id.optional(),
  domainId: id.optional(),
  /** On this domain or on any of its projects. */
  withinDomainId: id.optional(),
  projectId: id.optional(),
  isSystem: flag.optional(),
  isInherited: flag.optional(),
  /** With `projectId`: on the projects below it as well. */
  includeSubtree: flag.default(false),
});
/** As `roleAssignmentQuery`; groups are told as their members, inherited and implied roles where they count. */
export const effectiveRoleQuery = roleAssignmentQuery.omit({ groupId: true, isInherited: true });

export const roleAssignment = z.object({
  id,
  roleId: id,
  role: z.string(),
  userId: id.nullable(),
  userName: z.string().nullable(),
  /** The domain of the user or the group. */
  holderDomainId: id,
  holderDomainName: z.string(),
  groupId: id.nullable(),
  groupName: z.string().nullable(),
  isSystem: z.boolean(),
  domainId: id.nullable(),
  domainName: z.string().nullable(),
  projectId: id.nullable(),
  projectName: z.string().nullable(),
  projectDomainId: id.nullable(),
  projectDomainName: z.string().nullable(),
  isInherited: z.boolean(),
});
export type RoleAssignment = z.infer<typeof roleAssignment>;

/** An assignment that makes a role count: the role that it gives, to whom, and where it was made. */
const roleSource = z.object({
  assignmentId: id,
  role: z.string(),
  /** Null where the user has it and not one of their groups. */
  groupName: z.string().nullable(),
  domainName: z.string().nullable(),
  projectName: z.string().nullable(),
  isInherited: z.boolean(),
});
export type RoleSource = z.infer<typeof roleSource>;

/** A role that counts for a user, and where; it has no id, since no row says so by itself. */
export const effectiveRole = roleAssignment
  .omit({ id: true, groupId: true, groupName: true, isInherited: true })
  .extend({ sources: z.array(roleSource) });
export type EffectiveRole = z.infer<typeof effectiveRole>;
