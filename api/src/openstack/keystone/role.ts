import type { Role } from '@unkai/contracts/resources/role';
import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { type Collection, collectionRoutes } from './collection.ts';
import { description, domainId, domainIdOf, name, options, textOf } from './fields.ts';
import { shownDomainId } from './ids.ts';
import { linksOf } from './links.ts';

const newRole = z.object({
  role: z.object({ name, description, options, domain_id: domainId.nullable().optional() }),
});
const changedRole = z.object({ role: z.object({ name: name.optional(), description, options }) });

export const roles: Collection<Role> = {
  plural: 'roles',
  singular: 'role',
  idOf: ({ id }) => id,
  view: ({ id, name, domainId, description, options }) => ({
    id,
    name,
    description,
    options,
    domain_id: domainId === null ? null : shownDomainId(domainId),
  }),
};

export function allRoles({ operations }: Asked, filter: { name?: string | undefined; domainId?: string | undefined }) {
  return everything((page) => operations.role.list({ ...filter, ...page }));
}

/** The roles of no domain, unless a domain is named. */
async function list(asked: Asked): Promise<Role[]> {
  const domainId = domainIdOf(asked, 'domain_id');
  const found = await allRoles(asked, { name: textOf(asked, 'name'), domainId });
  return domainId === undefined ? found.filter((role) => role.domainId === null) : found;
}

const get = (asked: Asked) => asked.operations.role.get({ id: asked.id('id', 'role') });
const brief = ({ id, name }: Role, { endpoint }: Asked) => ({
  id,
  name,
  links: { self: `${endpoint}/v3/roles/${id}` },
});

async function impliedBy(asked: Asked): Promise<Answer> {
  const prior = await get(asked);
  const implied = (await allRoles(asked, {})).filter(({ id }) => prior.implies.includes(id));
  const inference = { prior_role: brief(prior, asked), implies: implied.map((role) => brief(role, asked)) };
  return { status: 200, body: { role_inference: inference, links: linksOf(asked) } };
}

async function inferences(asked: Asked): Promise<Answer> {
  const all = await allRoles(asked, {});
  const found = all
    .filter(({ implies }) => implies.length > 0)
    .map((prior) => ({
      prior_role: brief(prior, asked),
      implies: all.filter(({ id }) => prior.implies.includes(id)).map((role) => brief(role, asked)),
    }));
  return { status: 200, body: { role_inferences: found, links: linksOf(asked) } };
}

async function inference(asked: Asked, status: 200 | 201 | 204): Promise<Answer> {
  const prior = await get(asked);
  const id = asked.id('implied', 'role');
  if (!prior.implies.includes(id)) throw notFound('role', id);
  const implied = await asked.operations.role.get({ id });
  if (status === 204) return { status };
  const body = { prior_role: brief(prior, asked), implies: brief(implied, asked) };
  return { status, body: { role_inference: body, links: linksOf(asked) } };
}

async function imply(asked: Asked): Promise<Answer> {
  const prior = await get(asked);
  const { id: impliedRoleId } = await asked.operations.role.get({ id: asked.id('implied', 'role') });
  if (!prior.implies.includes(impliedRoleId)) await asked.operations.role.imply({ id: prior.id, impliedRoleId });
  return inference(asked, 201);
}

async function unimply(asked: Asked): Promise<Answer> {
  await asked.operations.role.unimply({ id: asked.id('id', 'role'), impliedRoleId: asked.id('implied', 'role') });
  return { status: 204 };
}

const isCheck = ({ request }: Asked) => request.method === 'HEAD';
const implied = '/v3/roles/:id/implies/:implied';

export const roleRoutes: readonly Route[] = [
  { method: 'GET', path: '/v3/role_inferences', answer: inferences },
  { method: 'GET', path: '/v3/roles/:id/implies', answer: impliedBy },
  { method: 'GET', path: implied, answer: (asked) => inference(asked, isCheck(asked) ? 204 : 200) },
  { method: 'PUT', path: implied, answer: imply },
  { method: 'DELETE', path: implied, answer: unimply },
  ...collectionRoutes(roles, {
    list,
    get,
    async create(asked) {
      const { domain_id, ...given } = (await asked.body(newRole)).role;
      return asked.operations.role.create({ ...given, domainId: domain_id ?? undefined });
    },
    async update(asked) {
      return asked.operations.role.update({ ...(await asked.body(changedRole)).role, id: asked.id('id', 'role') });
    },
    remove: (asked) => asked.operations.role.delete({ id: asked.id('id', 'role') }),
  }),
];
