import { type QuotaName, quotaCatalog } from '@unkai/contracts/quota';
import { projectOf } from '../call.ts';
import type { Answer, Asked, Route } from '../service.ts';

const names = {
  network: 'networks',
  subnet: 'subnets',
  port: 'ports',
  security_group: 'securityGroups',
  security_group_rule: 'securityGroupRules',
} as const satisfies Record<string, QuotaName>;

type Counted = { readonly used: number; readonly limit: number };

/** Each quota of the network service, shown by `value`. */
function quotas<Value>(of: (name: QuotaName) => Value) {
  return Object.fromEntries(Object.entries(names).map(([name, ours]) => [name, of(ours)]));
}

async function limitsOf(asked: Asked, projectId: string): Promise<(name: QuotaName) => Counted> {
  const { items } = await asked.operations.limits.get({ projectId });
  const byName = new Map(items.map((item) => [item.name, item]));
  return (name) => byName.get(name) ?? { used: 0, limit: 0 };
}

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

const showDefaults = (): Answer => ({ status: 200, body: { quota: quotas((name) => quotaCatalog[name].initial) } });

/** Quotas of projects that differ from the defaults: of the caller's own one, that is all that can be asked here. */
async function list(asked: Asked): Promise<Answer> {
  const projectId = projectOf(asked.call);
  const of = await limitsOf(asked, projectId);
  const quota = quotas((name) => of(name).limit);
  return { status: 200, body: { quotas: [{ ...quota, tenant_id: projectId, project_id: projectId }] } };
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
  { method: 'GET', path: '/v2.0/quotas/:project/default', answer: showDefaults },
  { method: 'GET', path: '/v2.0/quotas/:project/details.json', answer: showDetail },
  { method: 'GET', path: '/v2.0/quotas/:project/details', answer: showDetail },
];
