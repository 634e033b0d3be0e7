import { sizeRule } from '@unkai/contracts/field-rule';
import type { User } from '@unkai/contracts/resources/user';
import { issueToken } from '@unkai/core/identity/issue-token';
import { listScopes } from '@unkai/core/store/token-description';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { type Collection, collectionRoutes, listAnswer } from './collection.ts';
import { description, domainId, domainIdOf, flag, flagOf, name, options, someId, textOf } from './fields.ts';
import { groups } from './group.ts';
import { homeDomainId, shownDomainId, shownTime } from './ids.ts';
import { projects } from './project.ts';

const changes = {
  description,
  enabled: flag.optional(),
  options,
  password: z.string().max(512, sizeRule).nullable().optional(),
  email: z.string().nullable().optional(),
  default_project_id: someId.nullable().optional(),
};
const newUser = z.object({ user: z.object({ name, domain_id: domainId.nullable().optional(), ...changes }) });
const changedUser = z.object({ user: z.object({ name: name.optional(), ...changes }) });

export const users: Collection<User> = {
  plural: 'users',
  singular: 'user',
  idOf: ({ id }) => id,
  view: ({ id, name, domainId, isEnabled, description, email, defaultProjectId, passwordExpiresAt, options }) => ({
    id,
    name,
    domain_id: shownDomainId(domainId),
    enabled: isEnabled,
    options,
    password_expires_at: passwordExpiresAt === null ? null : shownTime(passwordExpiresAt),
    // Keystone keeps these as extras: it does not name those that nobody gave.
    ...(description !== '' && { description }),
    ...(email !== null && { email }),
    ...(defaultProjectId !== null && { default_project_id: defaultProjectId }),
  }),
};

async function create(asked: Asked): Promise<User> {
  const { enabled, domain_id, default_project_id, password, email, ...given } = (await asked.body(newUser)).user;
  // A domain that is not there is not found, rather than wrong.
  if (domain_id !== undefined && domain_id !== null) await asked.operations.domain.get({ id: domain_id });
  return asked.operations.user.create({
    ...given,
    isEnabled: enabled,
    domainId: domain_id ?? homeDomainId(asked.call),
    defaultProjectId: default_project_id ?? undefined,
    password: password ?? undefined,
    email: email ?? undefined,
  });
}

async function update(asked: Asked): Promise<User> {
  const { enabled, default_project_id, password, ...given } = (await asked.body(changedUser)).user;
  return asked.operations.user.update({
    ...given,
    id: asked.id('id', 'user'),
    isEnabled: enabled,
    defaultProjectId: default_project_id,
    password: password ?? undefined,
  });
}

const passwordChange = z.object({
  user: z.object({
    password: z.string().max(512, sizeRule),
    original_password: z.string().max(512, sizeRule),
  }),
});

/**
 * Whoever knows a user's password may change it, without a token: it is a sign-in, which is limited and locked as any
 * other, and then a change by that user.
 */
async function changePassword(asked: Asked): Promise<Answer> {
  const id = asked.id('id', 'user');
  const { password, original_password: currentPassword } = (await asked.body(passwordChange)).user;
  const proofs = { password: { user: { id }, password: currentPassword } };
  const { actor } = await issueToken(asked.call, proofs, { kind: 'unscoped' });
  const own = asked.operationsOf({ ...asked.call, actor });
  await own.user.changePassword({ currentPassword, newPassword: password });
  return { status: 204 };
}

async function groupsOf(asked: Asked): Promise<Answer> {
  const userId = asked.id('id', 'user');
  const filter = { userId, name: textOf(asked, 'name') };
  return listAnswer(groups, await everything((page) => asked.operations.group.list({ ...filter, ...page })), asked);
}

/** Where a user has a role: one's own at any time, those of others by who may see assignments. */
async function projectsOf(asked: Asked): Promise<Answer> {
  const userId = asked.id('id', 'user');
  if (userId === asked.call.actor.userId) {
    const own = await listScopes(asked.call);
    return listAnswer(projects, own.projects, asked);
  }
  const items = await everything((page) => asked.operations.roleAssignment.listEffective({ userId, ...page }));
  const ids = new Set(items.map(({ projectId }) => projectId));
  const all = await everything((page) => asked.operations.project.list(page));
  return listAnswer(
    projects,
    all.filter(({ id }) => ids.has(id)),
    asked,
  );
}

export const userRoutes: readonly Route[] = [
  { method: 'POST', path: '/v3/users/:id/password', answer: changePassword, isPublic: true },
  { method: 'GET', path: '/v3/users/:id/groups', answer: groupsOf },
  { method: 'GET', path: '/v3/users/:id/projects', answer: projectsOf },
  ...collectionRoutes(users, {
    list: (asked) => {
      const filter = {
        name: textOf(asked, 'name'),
        domainId: domainIdOf(asked, 'domain_id'),
        isEnabled: flagOf(asked, 'enabled'),
      };
      return everything((page) => asked.operations.user.list({ ...filter, ...page }));
    },
    get: (asked) => asked.operations.user.get({ id: asked.id('id', 'user') }),
    create,
    update,
    remove: (asked) => asked.operations.user.delete({ id: asked.id('id', 'user') }),
  }),
];
