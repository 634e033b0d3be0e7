import type { ApplicationCredential } from '@unkai/contracts/resources/application-credential';
import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { description, name, textOf } from './fields.ts';
import { shownTime } from './ids.ts';
import { chosenRoleIds, roleReferences, timeGiven } from './lending.ts';
import { linksOf } from './links.ts';

const created = z.object({
  application_credential: z.object({
    name,
    description,
    unrestricted: z.boolean().optional(),
    expires_at: timeGiven,
    roles: roleReferences.optional(),
    secret: z.undefined('cannot be chosen: it is made here').optional(),
    access_rules: z.array(z.unknown()).max(0, 'there are none here').optional(),
  }),
});

/** Everyone has their own; nobody, operators included, sees or makes those of another. */
function requireOwn(asked: Asked): string {
  const id = asked.id('user', 'user');
  if (id !== asked.call.actor.userId) throw notFound('user', id);
  return id;
}

function view(each: ApplicationCredential, { endpoint }: Asked) {
  const { id, userId, projectId, name, description, roles, isUnrestricted, expiresAt } = each;
  return {
    ...{ id, name, description, roles, user_id: userId, project_id: projectId, unrestricted: isUnrestricted },
    expires_at: expiresAt === null ? null : shownTime(expiresAt),
    system: null,
    access_rules: [],
    links: { self: `${endpoint}/v3/users/${userId}/application_credentials/${id}` },
  };
}

async function list(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  const named = { name: textOf(asked, 'name') };
  const found = await everything((page) => asked.operations.applicationCredential.list({ ...named, ...page }));
  const credentials = found.map((each) => view(each, asked));
  return { status: 200, body: { application_credentials: credentials, links: linksOf(asked) } };
}

async function create(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  const { application_credential: wanted } = await asked.body(created);
  const { secret, ...made } = await asked.operations.applicationCredential.create({
    name: wanted.name,
    description: wanted.description,
    projectId: projectOf(asked.call),
    isUnrestricted: wanted.unrestricted,
    expiresAt: wanted.expires_at,
    roleIds: wanted.roles && (await chosenRoleIds(asked, wanted.roles)),
  });
  return { status: 201, body: { application_credential: { ...view(made, asked), secret } } };
}

const idOf = (asked: Asked) => ({ id: asked.id('id', 'application-credential') });

async function show(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  const found = await asked.operations.applicationCredential.get(idOf(asked));
  return { status: 200, body: { application_credential: view(found, asked) } };
}

async function remove(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  await asked.operations.applicationCredential.delete(idOf(asked));
  return { status: 204 };
}

const all = '/v3/users/:user/application_credentials';

export const applicationCredentialRoutes: readonly Route[] = [
  { method: 'GET', path: all, answer: list },
  { method: 'POST', path: all, answer: create },
  { method: 'GET', path: `${all}/:id`, answer: show },
  { method: 'DELETE', path: `${all}/:id`, answer: remove },
];
