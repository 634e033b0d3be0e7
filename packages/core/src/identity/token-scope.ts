import type { Call, Scope } from '../call.ts';
import type { DomainReference } from './password-check.ts';

export type ProjectReference = { readonly id: string } | { readonly name: string; readonly domain: DomainReference };

/** What a token is asked for. A trust's project is the scope of its tokens. */
export type ScopeRequest =
  | { readonly kind: 'project'; readonly project: ProjectReference }
  | { readonly kind: 'domain'; readonly domain: DomainReference }
  | { readonly kind: 'system' }
  | { readonly kind: 'unscoped' }
  | { readonly kind: 'trust'; readonly trustId: string };

/** The scope that a request names; null when there is no such project or domain. Whether one has a role there is not asked. */
export async function findScope(call: Call, asked: Exclude<ScopeRequest, { kind: 'trust' }>): Promise<Scope | null> {
  if (asked.kind === 'system' || asked.kind === 'unscoped') return asked;
  if (asked.kind === 'domain') {
    const domainId = await domainIdOf(call, asked.domain);
    return domainId === null ? null : { kind: 'domain', domainId };
  }
  const projectId = await projectIdOf(call, asked.project);
  return projectId === null ? null : { kind: 'project', projectId };
}

async function domainIdOf({ core }: Call, domain: DomainReference): Promise<string | null> {
  if ('id' in domain) return domain.id;
  const where = { name: { equals: domain.name, mode: 'insensitive' } } as const;
  const row = await core.database.prisma.domain.findFirst({ where, select: { id: true } });
  return row?.id ?? null;
}

async function projectIdOf({ core }: Call, project: ProjectReference): Promise<string | null> {
  if ('id' in project) return project.id;
  const { domain, name } = project;
  const inDomain = 'id' in domain ? { id: domain.id } : { name: { equals: domain.name, mode: 'insensitive' as const } };
  const row = await core.database.prisma.project.findFirst({ where: { name, domain: inDomain }, select: { id: true } });
  return row?.id ?? null;
}
