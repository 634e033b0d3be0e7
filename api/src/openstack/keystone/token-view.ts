import type { Actor } from '@unkai/core/call';
import type { RequestRule } from '@unkai/core/identity/request-rule';
import type { FoundToken } from '@unkai/core/store/token';
import {
  type CatalogService,
  describeToken,
  readCatalog,
  type TokenDescription,
} from '@unkai/core/store/token-description';
import type { Asked } from '../service.ts';
import { shownDomainId, shownTime } from './ids.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const domainView = ({ id, name }: Named) => ({ id: shownDomainId(id), name });
const homeView = ({ id, name, domain }: Named & { readonly domain: Named }) => ({
  id,
  name,
  domain: domainView(domain),
});

/** A token as Keystone tells it, with the catalog unless the request asks to leave it out. */
export async function tokenView(asked: Asked, found: FoundToken) {
  const { core } = asked.call;
  const { facts, actor } = found;
  const projectId = facts.scope.kind === 'project' ? facts.scope.projectId : null;
  const wantsCatalog = facts.scope.kind !== 'unscoped' && !asked.query.has('nocatalog');
  const [description, services] = await Promise.all([
    describeToken(core, found),
    wantsCatalog ? readCatalog(core, projectId) : null,
  ]);
  const { user } = description;
  const [own, ...earlier] = facts.auditIds;
  return {
    methods: facts.methods,
    user: {
      ...homeView(user),
      password_expires_at: user.passwordExpiresAt === null ? null : shownTime(user.passwordExpiresAt),
    },
    // Its own, and that of the first one in the chain: Keystone's clients expect no more.
    audit_ids: [own, ...earlier.slice(-1)],
    issued_at: shownTime(facts.issuedAt),
    expires_at: shownTime(facts.expiresAt),
    ...scopeView(found, description),
    ...(facts.scope.kind !== 'unscoped' && { roles: actor.roles.map(({ id, name }) => ({ id, name })) }),
    ...lentView(description, actor),
    ...(services !== null && { catalog: catalogView(services, asked, projectId) }),
  };
}

function scopeView({ facts }: FoundToken, { project, domain }: TokenDescription) {
  if (project !== null) return { project: homeView(project), is_domain: false };
  if (domain !== null) return { domain: domainView(domain) };
  return facts.scope.kind === 'system' ? { system: { all: true } } : {};
}

const ruleView = ({ service, method, path }: RequestRule) => ({ service, method, path });

function lentView({ applicationCredential, trust }: TokenDescription, { accessRules }: Actor) {
  if (applicationCredential !== null) {
    const { id, name, isUnrestricted } = applicationCredential;
    const rules = accessRules ?? [];
    const told = { id, name, restricted: !isUnrestricted };
    return { application_credential: { ...told, ...(rules.length > 0 && { access_rules: rules.map(ruleView) }) } };
  }
  if (trust === null) return {};
  const { id, trustorId, trusteeId, isImpersonating } = trust;
  return {
    'OS-TRUST:trust': {
      id,
      impersonation: isImpersonating,
      trustor_user: { id: trustorId },
      trustee_user: { id: trusteeId },
    },
  };
}

/** The catalog for a project. An endpoint whose address needs a project is left out where there is none. */
export function catalogView(services: readonly CatalogService[], { endpoint }: Asked, projectId: string | null) {
  const { origin } = new URL(endpoint);
  return services.map(({ id, type, name, endpoints }) => ({
    id,
    type,
    name,
    endpoints: endpoints.flatMap(({ id, interface: audience, regionId, url }) => {
      if (projectId === null && /\$\((project|tenant)_id\)s/.test(url)) return [];
      return { id, interface: audience, region: regionId, region_id: regionId, url: urlOf(url, origin, projectId) };
    }),
  }));
}

function urlOf(url: string, origin: string, projectId: string | null): string {
  return url.replaceAll('$(origin)s', origin).replace(/\$\((project|tenant)_id\)s/g, projectId ?? '');
}
