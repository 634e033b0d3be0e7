import { type QuotaName, unlimited } from '@unkai/contracts/quota';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import type { Answer, Asked, Route } from '../service.ts';

const names = {
  network: 'networks',
  subnet: 'subnets',
  port: 'ports',
  router: 'routers',
  floatingip: 'floatingIps',
  security_group: 'securityGroups',
  security_group_rule: 'securityGroupRules',
  subnetpool: 'subnetPools',
  rbac_policy: 'rbacPolicies',
} as const satisfies Record<string, QuotaName>;

const limit = z.coerce.number().int().min(-1).max(2_147_483_647).optional();
const change = z.strictObject({
  quota: z.strictObject({
    network: limit,
    subnet: limit,
    port: limit,
    router: limit,
    floatingip: limit,
    security_group: limit,
    security_group_rule: limit,
    subnetpool: limit,
    rbac_policy: limit,
    // Sent by clients that name the project twice.
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
    force: z.boolean().optional(),
    check_limit: z.boolean().optional(),
  }),
});

type Counted = { readonly used: number; readonly limit: number; readonly default: number };

/** Each quota of the network service, shown by `value`. */
function quotas<Value>(of: (name: QuotaName) => Value) {
  return Object.fromEntries(Object.entries(names).map(([name, ours]) => [name, of(ours)]));
}

async function limitsOf(asked: Asked, projectId: string): Promise<(name: QuotaName) => Counted> {
  const { items } = await asked.operations.limits.get({ projectId });
  const byName = new Map(items.map((item) => [item.name, item]));
  return (name) => {
    const { used, limit: most, default: initial } = byName.get(name) ?? { used: 0, limit: 0, default: 0 };
    return { used, limit: asHere(most), default: asHere(initial) };
  };
}

/** No limit is -1 here. */
const asHere = (limit: number) => (limit === unlimited ? -1 : limit);

async function show(asked: Asked): Promise<Answer> {
  const of = await limitsOf(asked, asked.id('project', 'project'));
  return { status: 200, body: { quota: quotas((name) => of(name).limit) } };
}

async function showDetail(asked: Asked): Promise<Answer> {
  const of = await limitsOf(asked, asked.id('project', 'project'));
  return {
    status: 200,
    body: { quota: quotas((name) => ({ limit: of(name).limit, used: of(name).used, reserved: 0 })) },
  };
}

async function showDefaults(asked: Asked): Promise<Answer> {
  const of = await limitsOf(asked, asked.id('project', 'project'));
  return { status: 200, body: { quota: quotas((name) => of(name).default) } };
}

/** Quotas of projects that differ from the defaults: of the caller's own one, that is all that can be asked here. */
async function list(asked: Asked): Promise<Answer> {
  const projectId = projectOf(asked.call);
  const of = await limitsOf(asked, projectId);
  const quota = quotas((name) => of(name).limit);
  return { status: 200, body: { quotas: [{ ...quota, tenant_id: projectId, project_id: projectId }] } };
}

async function update(asked: Asked): Promise<Answer> {
  const projectId = asked.id('project', 'project');
  const { quota } = await asked.body(change);
  const limits = Object.entries(names).flatMap(([name, ours]) => {
    const wanted = z.number().optional().parse(Reflect.get(quota, name));
    return wanted === undefined ? [] : [[ours, wanted === -1 ? unlimited : wanted] as const];
  });
  await asked.operations.limits.update({ projectId, limits: Object.fromEntries(limits) });
  return show(asked);
}

async function reset(asked: Asked): Promise<Answer> {
  const limits = Object.fromEntries(Object.values(names).map((name) => [name, null]));
  await asked.operations.limits.update({ projectId: asked.id('project', 'project'), limits });
  return { status: 204 };
}

async function showTenant(asked: Asked): Promise<Answer> {
  const id = projectOf(asked.call);
  return { status: 200, body: { tenant: { tenant_id: id, project_id: id } } };
}

export const quotaRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/quotas', answer: list },
  { method: 'GET', path: '/v2.0/quotas/tenant', answer: showTenant },
  { method: 'GET', path: '/v2.0/quotas/project', answer: showTenant },
  { method: 'GET', path: '/v2.0/quotas/:project', answer: show },
  { method: 'PUT', path: '/v2.0/quotas/:project', answer: update },
  { method: 'DELETE', path: '/v2.0/quotas/:project', answer: reset },
  { method: 'GET', path: '/v2.0/quotas/:project/default', answer: showDefaults },
  { method: 'GET', path: '/v2.0/quotas/:project/details.json', answer: showDetail },
  { method: 'GET', path: '/v2.0/quotas/:project/details', answer: showDetail },
];
