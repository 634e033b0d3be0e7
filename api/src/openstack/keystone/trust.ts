import { UnkaiError } from '@unkai/contracts/errors';
import type { Trust } from '@unkai/contracts/resources/trust';
import { callerId, notFound } from '@unkai/core/access';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { someId } from './fields.ts';
import { shownTime } from './ids.ts';
import { chosenRoleIds, roleReferences, timeGiven } from './lending.ts';
import { linksOf } from './links.ts';

const created = z.object({
  trust: z.object({
    trustor_user_id: someId,
    trustee_user_id: someId,
    project_id: someId.nullable().optional(),
    impersonation: z.boolean(),
    expires_at: timeGiven,
    remaining_uses: z.number().int().min(1).nullable().optional(),
    roles: roleReferences,
    allow_redelegation: z.boolean().optional(),
    redelegation_count: z.number().int().min(0).nullable().optional(),
  }),
});

type Wanted = z.output<typeof created>['trust'];
const mostRedelegations = 3;

function view(trust: Trust, { endpoint }: Asked) {
  const { id, trustorId, trusteeId, projectId, roles, isImpersonating, remainingUses, expiresAt } = trust;
  const { redelegationCount, redelegatedTrustId } = trust;
  const own = `${endpoint}/v3/OS-TRUST/trusts/${id}`;
  return {
    id,
    trustor_user_id: trustorId,
    trustee_user_id: trusteeId,
    project_id: projectId,
    impersonation: isImpersonating,
    remaining_uses: remainingUses,
    expires_at: expiresAt === null ? null : shownTime(expiresAt),
    deleted_at: null,
    redelegation_count: redelegationCount,
    ...(redelegatedTrustId !== null && { redelegated_trust_id: redelegatedTrustId }),
    roles: roles.map((role) => ({ ...role, links: { self: `${endpoint}/v3/roles/${role.id}` } })),
    roles_links: { self: `${own}/roles`, previous: null, next: null },
    links: { self: own },
  };
}

/** Keystone lets a trust be lent on three times, or once less than the one that it is lent on from, where no number is said. */
function countOf({ allow_redelegation: isAllowed = false, redelegation_count: count }: Wanted): number | 'most' {
  if (!isAllowed) return 0;
  if (count === null || count === undefined) return 'most';
  if (count <= mostRedelegations) return count;
  throw new UnkaiError('forbidden', `A trust is lent on at most ${mostRedelegations} times.`);
}

async function create(asked: Asked): Promise<Answer> {
  const { trust: wanted } = await asked.body(created);
  if (wanted.trustor_user_id !== callerId(asked.call)) {
    throw new UnkaiError('forbidden', 'Only the trustor can make a trust.');
  }
  const made = await asked.operations.trust.create({
    trusteeId: wanted.trustee_user_id,
    projectId: wanted.project_id ?? projectOf(asked.call),
    roleIds: await chosenRoleIds(asked, wanted.roles),
    isImpersonating: wanted.impersonation,
    expiresAt: wanted.expires_at,
    uses: wanted.remaining_uses ?? undefined,
    redelegationCount: countOf(wanted),
  });
  return { status: 201, body: { trust: view(made, asked) } };
}

async function list(asked: Asked): Promise<Answer> {
  const found = await everything((page) => asked.operations.trust.list(page));
  const trustor = asked.query.get('trustor_user_id');
  const trustee = asked.query.get('trustee_user_id');
  const trusts = found
    .filter(({ trustorId, trusteeId }) => (trustor ?? trustorId) === trustorId && (trustee ?? trusteeId) === trusteeId)
    .map((trust) => {
      const { roles: _, roles_links: __, ...brief } = view(trust, asked);
      return brief;
    });
  return { status: 200, body: { trusts, links: linksOf(asked) } };
}

const get = (asked: Asked) => asked.operations.trust.get({ id: asked.id('id', 'trust') });

async function show(asked: Asked): Promise<Answer> {
  return { status: 200, body: { trust: view(await get(asked), asked) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.trust.delete({ id: asked.id('id', 'trust') });
  return { status: 204 };
}

async function listRoles(asked: Asked): Promise<Answer> {
  const { roles } = view(await get(asked), asked);
  return { status: 200, body: { roles, links: linksOf(asked) } };
}

async function showRole(asked: Asked): Promise<Answer> {
  const id = asked.id('role', 'role');
  const role = view(await get(asked), asked).roles.find((each) => each.id === id);
  if (role === undefined) throw notFound('role', id);
  return { status: 200, body: { role } };
}

const all = '/v3/OS-TRUST/trusts';

export const trustRoutes: readonly Route[] = [
  { method: 'GET', path: all, answer: list },
  { method: 'POST', path: all, answer: create },
  { method: 'GET', path: `${all}/:id`, answer: show },
  { method: 'DELETE', path: `${all}/:id`, answer: remove },
  { method: 'GET', path: `${all}/:id/roles`, answer: listRoles },
  { method: 'GET', path: `${all}/:id/roles/:role`, answer: showRole },
];
