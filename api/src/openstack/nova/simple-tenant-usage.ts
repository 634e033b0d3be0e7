import { UnkaiError } from '@unkai/contracts/errors';
import { grantedGlobally } from '@unkai/core/access';
import { listServerUsage, type ServerUsage } from '@unkai/core/store/server-usage';
import { findUsage, type UsageSpan } from '@unkai/core/store/usage';
import { nextLinks, pageAsk, pageOf } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { since } from './version.ts';

const usualMs = 30 * 86_400_000;
/** As Nova takes them: a date and a time of UTC with a blank or a T between, and a fraction or none. */
const momentText = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/;

function momentAsked(query: URLSearchParams, name: 'start' | 'end', unasked: Date): Date {
  const text = query.get(name);
  if (text === null || text === '') return unasked;
  const at = momentText.test(text) ? new Date(`${text.replace(' ', 'T')}Z`) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime()))
    throw new UnkaiError('invalid_input', `Invalid date/time string for ${name}: ${text}`);
  return at;
}

function spanAsked({ query }: Asked): UsageSpan {
  const now = new Date();
  const from = momentAsked(query, 'start', new Date(now.getTime() - usualMs));
  const to = momentAsked(query, 'end', now);
  if (from >= to) {
    throw new UnkaiError('invalid_input', 'Invalid start time. The start time cannot occur after the end time.');
  }
  return { from, to, openUntil: now };
}

const written = (at: Date) => at.toISOString().replace('Z', '000');

function serverUsage(usage: ServerUsage, now: Date) {
  const { startedAt, endedAt, kind } = usage;
  return {
    instance_id: usage.id,
    name: usage.name,
    tenant_id: usage.projectId,
    flavor: usage.flavorName,
    hours: usage.hours,
    vcpus: usage.vcpus,
    memory_mb: usage.memoryMib,
    local_gb: usage.diskGib,
    started_at: written(startedAt),
    ended_at: endedAt === null ? null : written(endedAt),
    state: endedAt !== null ? 'terminated' : kind === 'server' ? 'active' : 'stopped',
    uptime: Math.floor(((endedAt ?? now).getTime() - startedAt.getTime()) / 1000),
  };
}

/** The usage of one project, of servers that are all its own. */
function tenantUsage(projectId: string, servers: readonly ServerUsage[], span: UsageSpan, isDetailed: boolean) {
  const sum = (of: (usage: ServerUsage) => number) => servers.reduce((total, usage) => total + of(usage), 0);
  return {
    tenant_id: projectId,
    start: written(span.from),
    stop: written(span.to),
    total_hours: sum(({ hours }) => hours),
    total_vcpus_usage: sum(({ vcpuHours }) => vcpuHours),
    total_memory_mb_usage: sum(({ memoryMibHours }) => memoryMibHours),
    total_local_gb_usage: sum(({ diskGibHours }) => diskGibHours),
    ...(isDetailed && { server_usages: servers.map((usage) => serverUsage(usage, span.openUntil)) }),
  };
}

/** Whole before its microversion; from then on a page of servers, which may end within a project. */
function paged({ version, query }: Asked, servers: readonly ServerUsage[]) {
  if (version < since.usagePages) return { items: servers, next: null };
  return pageOf(servers, pageAsk(query), ({ id }) => id);
}

async function listUsage(asked: Asked): Promise<Answer> {
  const { call, query } = asked;
  await grantedGlobally(call, 'cloud-usage:read');
  const span = spanAsked(asked);
  const { items, next } = paged(asked, await listServerUsage(call.core.database, null, span));
  const byProject = Map.groupBy(items, ({ projectId }) => projectId);
  const isDetailed = query.get('detailed') === '1';
  const usages = [...byProject].map(([id, servers]) => tenantUsage(id, servers, span, isDetailed));
  return { status: 200, body: { tenant_usages: usages, ...nextLinks(asked, 'tenant_usages_links', next) } };
}

async function showUsage(asked: Asked): Promise<Answer> {
  const { call } = asked;
  const projectId = asked.id('project', 'project');
  await findUsage(call, projectId);
  const span = spanAsked(asked);
  const { items, next } = paged(asked, await listServerUsage(call.core.database, projectId, span));
  const usage = items.length === 0 ? {} : tenantUsage(projectId, items, span, true);
  return { status: 200, body: { tenant_usage: usage, ...nextLinks(asked, 'tenant_usage_links', next) } };
}

export const simpleTenantUsageRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/os-simple-tenant-usage', answer: listUsage },
  { method: 'GET', path: '/v2.1/os-simple-tenant-usage/:project', answer: showUsage },
];
