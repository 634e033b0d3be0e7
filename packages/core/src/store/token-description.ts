import type { Call, Core, Scope } from '../call.ts';
import { type ActorCache, Kept } from '../identity/actor-cache.ts';
import { credentialKey } from '../identity/credentials.ts';
import { placedRoles } from '../identity/effective-roles.ts';
import { viewDomain } from './domain.ts';
import { readEndpointFilter } from './endpoint-filter.ts';
import { storedOptions } from './refusal.ts';
import type { FoundToken } from './token.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Home extends Named {
  readonly domain: Named;
}

/** What a token says to those who may see it: names beside the ids, and by whose leave it acts. */
export interface TokenDescription {
  readonly user: Home & { readonly passwordExpiresAt: Date | null };
  readonly project: Home | null;
  readonly domain: Named | null;
  readonly applicationCredential: (Named & { readonly isUnrestricted: boolean }) | null;
  readonly trust: {
    readonly id: string;
    readonly trustorId: string;
    readonly trusteeId: string;
    readonly isImpersonating: boolean;
  } | null;
}

const domain = { select: { id: true, name: true } } as const;
const home = { id: true, name: true, domain } as const;

/** What belongs to a token that was found or just issued: from memory, where that may be believed. */
export function describeToken(core: Core, found: FoundToken): Promise<TokenDescription> {
  const { facts, actor } = found;
  const key = JSON.stringify([actor.userId ?? facts.userId, facts.scope, facts.credential]);
  const kept = keptBy(core);
  return kept === null ? readDescription(core, found) : kept.tokens.find(key, () => readDescription(core, found));
}

/**
 * The text that shows a token, as `write` makes it: from memory, where that may be believed, since whoever checks tokens
 * checks the same ones again and again. `way` tells apart the texts of one token.
 */
export function tokenText(core: Core, { token, way }: { token: string; way: string }, write: () => Promise<string>) {
  return keptBy(core)?.texts.find(`${way} ${credentialKey(token)}`, write) ?? write();
}

// A few kilobytes each.
const mostTexts = 2_000;

interface KeptNames {
  readonly tokens: Kept<TokenDescription>;
  readonly texts: Kept<string>;
  readonly catalog: Kept<CatalogService[]>;
  /** By the id of the project. */
  readonly filters: Kept<ReadonlySet<string> | null>;
}

const keptNames = new WeakMap<ActorCache, KeptNames>();

function keptBy({ actors }: Core): KeptNames | null {
  if (actors === undefined) return null;
  const known = keptNames.get(actors);
  if (known !== undefined) return known;
  const made = {
    tokens: new Kept<TokenDescription>(actors),
    texts: new Kept<string>(actors, mostTexts),
    catalog: new Kept<CatalogService[]>(actors),
    filters: new Kept<ReadonlySet<string> | null>(actors),
  };
  keptNames.set(actors, made);
  return made;
}

async function readDescription({ database }: Core, { facts, actor }: FoundToken): Promise<TokenDescription> {
  const { prisma } = database;
  const { scope, credential, userId } = facts;
  const named = credential?.kind;
  const [user, place, applicationCredential, trust] = await Promise.all([
    prisma.user.findUniqueOrThrow({
      where: { id: actor.userId ?? userId },
      select: { ...home, passwordExpiresAt: true },
    }),
    scopePlace(database, scope),
    named === 'application-credential'
      ? prisma.applicationCredential.findUnique({
          where: { id: credential?.id ?? '' },
          select: { id: true, name: true, isUnrestricted: true },
        })
      : null,
    named === 'trust'
      ? prisma.trust.findUnique({
          where: { id: credential?.id ?? '' },
          select: { id: true, trustorId: true, trusteeId: true, isImpersonating: true },
        })
      : null,
  ]);
  return { user, ...place, applicationCredential, trust };
}

async function scopePlace(
  { prisma }: Core['database'],
  scope: Scope,
): Promise<Pick<TokenDescription, 'project' | 'domain'>> {
  if (scope.kind === 'project') {
    const project = await prisma.project.findUniqueOrThrow({ where: { id: scope.projectId }, select: home });
    return { project, domain: null };
  }
  if (scope.kind === 'domain') {
    const where = { id: scope.domainId };
    return { project: null, domain: await prisma.domain.findUniqueOrThrow({ where, select: domain.select }) };
  }
  return { project: null, domain: null };
}

/**
 * Where the caller could ask for a token: what they hold a role on themselves, whatever the token they ask with is for;
 * with something that was lent, the one project that it is for.
 */
export async function listScopes(call: Call) {
  const { prisma } = call.core.database;
  const places = await placesOf(call);
  const [projects, domains] = await Promise.all([
    prisma.project.findMany({
      where: { id: { in: places.projectIds }, isEnabled: true },
      orderBy: { name: 'asc' },
      include: { tags: { select: { name: true }, orderBy: { name: 'asc' } } },
    }),
    prisma.domain.findMany({ where: { id: { in: places.domainIds }, isEnabled: true }, orderBy: { name: 'asc' } }),
  ]);
  return {
    projects: projects.map((row) => ({
      ...row,
      tags: row.tags.map(({ name }) => name),
      options: storedOptions(row.options),
    })),
    domains: domains.map(viewDomain),
    hasSystem: places.hasSystem,
  };
}

/** Any role will do, also one that permits nothing by itself. */
async function placesOf({ core, actor }: Call) {
  const { kind, credentialId, userId, onlyProjectId, projectRoles } = actor;
  const isLent = (kind === 'token' && credentialId !== null) || onlyProjectId !== null;
  if (isLent || userId === null) return { projectIds: [...projectRoles.keys()], domainIds: [], hasSystem: false };
  const placed = await placedRoles(core.database, [userId]);
  return {
    projectIds: placed.flatMap(({ projectId }) => projectId ?? []),
    domainIds: placed.flatMap(({ projectId, domainId }) => (projectId === null ? (domainId ?? []) : [])),
    hasSystem: placed.some(({ projectId, domainId }) => projectId === null && domainId === null),
  };
}

/**
 * The services in use with the endpoints in use, what a token's catalog is made of: from memory, as above. A project to
 * which endpoints were given is shown these alone; every other one, and what is of no project, all.
 */
export async function readCatalog(core: Core, projectId: string | null): Promise<CatalogService[]> {
  const kept = keptBy(core);
  const [services, filter] = await Promise.all([
    kept === null ? listCatalog(core) : kept.catalog.find('all', () => listCatalog(core)),
    projectId === null ? null : readFilter(core, kept, projectId),
  ]);
  if (filter === null) return services;
  return services.flatMap((service) => {
    const endpoints = service.endpoints.filter(({ id }) => filter.has(id));
    return endpoints.length === 0 ? [] : { ...service, endpoints };
  });
}

function readFilter({ database }: Core, kept: KeptNames | null, projectId: string) {
  const read = () => readEndpointFilter(database, projectId);
  return kept === null ? read() : kept.filters.find(projectId, read);
}

function listCatalog({ database }: Core) {
  return database.prisma.service.findMany({
    where: { isEnabled: true },
    orderBy: { type: 'asc' },
    include: { endpoints: { where: { isEnabled: true }, orderBy: [{ regionId: 'asc' }, { interface: 'asc' }] } },
  });
}
export type CatalogService = Awaited<ReturnType<typeof listCatalog>>[number];
