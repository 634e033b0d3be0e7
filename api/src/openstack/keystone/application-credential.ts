import { fieldRule } from '@unkai/contracts/field-rule';
import { accessRuleGiven } from '@unkai/contracts/resources/access-rule';
import type { ApplicationCredential } from '@unkai/contracts/resources/application-credential';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { accessRuleView } from './access-rule.ts';
import { description, name, someId, textOf } from './fields.ts';
import { shownTime } from './ids.ts';
import { chosenRoleIds, requireOwn, roleReferences, timeGiven } from './lending.ts';
import { linksOf } from './links.ts';

/** One that was made before, or what it says. */
const givenRule = z.union([
  z.object({ id: someId }).transform(({ id }) => ({ id, rule: null })),
  z.object(accessRuleGiven.shape).transform((rule) => ({ id: null, rule })),
]);
const created = z.object({
  application_credential: z.object({
    name,
    description,
    unrestricted: z.boolean().optional(),
    expires_at: timeGiven,
    roles: roleReferences.optional(),
    secret: z.undefined(fieldRule('cannot be chosen: it is made here', 'Leave it out; the answer has it.')).optional(),
    access_rules: z.array(givenRule).max(50).optional(),
  }),
});

function view(each: ApplicationCredential, { endpoint }: Asked) {
  const { id, userId, projectId, name, description, roles, isUnrestricted, expiresAt, accessRules } = each;
  return {
    id,
    name,
    description,
    roles,
    user_id: userId,
    project_id: projectId,
    unrestricted: isUnrestricted,
    expires_at: expiresAt === null ? null : shownTime(expiresAt),
    system: null,
    ...(accessRules.length > 0 && { access_rules: accessRules.map(accessRuleView) }),
    links: { self: `${endpoint}/v3/users/${userId}/application_credentials/${id}` },
  };
}

/** Rules in full. Throws `not_found` for an id that none of the caller's has. */
async function rulesOf({ operations }: Asked, given: ReadonlyArray<z.output<typeof givenRule>>) {
  if (given.length === 0) return undefined;
  return Promise.all(
    given.map(async ({ id, rule }) => {
      if (rule !== null) return rule;
      const { service, method, path } = await operations.accessRule.get({ id });
      return { service, method, path };
    }),
  );
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
    accessRules: await rulesOf(asked, wanted.access_rules ?? []),
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
