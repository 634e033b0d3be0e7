import { UnkaiError } from '@unkai/contracts/errors';
import { notFound } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import { type IssuedToken, issueShown } from '@unkai/core/identity/issue-token';
import { giveReceipt } from '@unkai/core/identity/receipt';
import { CodeNeeded, type Proofs } from '@unkai/core/identity/token-proof';
import type { ScopeRequest } from '@unkai/core/identity/token-scope';
import { findToken, revokeToken } from '@unkai/core/store/token';
import { listScopes, readCatalog, tokenText } from '@unkai/core/store/token-description';
import { readJsonBody } from '../../doors/json-body.ts';
import { projectOf } from '../call.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { authRequest, proofsOf } from './auth-request.ts';
import { listAnswer } from './collection.ts';
import { domains } from './domain.ts';
import { shownDomainId, shownTime } from './ids.ts';
import { linksOf } from './links.ts';
import { projects } from './project.ts';
import { catalogView, tokenView } from './token-view.ts';

/** Strangers send it, so it is read only as far as any honest request goes (A14). */
const longestRequest = 65_536;

async function create(asked: Asked): Promise<Answer> {
  const { auth } = await readJsonBody(asked.request, authRequest, longestRequest);
  const receipt = asked.request.headers.get(receiptHeader);
  const proofs = { ...proofsOf(auth.identity), ...(receipt !== null && { receipt }) };
  try {
    return await issue(asked, proofs, auth.scope);
  } catch (error) {
    if (error instanceof CodeNeeded) return receiptAnswer(asked, error.user);
    throw error;
  }
}

async function issue(asked: Asked, proofs: Proofs, scope: ScopeRequest | undefined): Promise<Answer> {
  // Written out while the password is checked; then only the audit log is waited for.
  const show = async (issued: IssuedToken) => ({
    status: 201,
    headers: subject(issued.token),
    json: JSON.stringify({ token: await tokenView(asked, issued) }),
  });
  return issueShown(asked.call, proofs, { asked: scope, show });
}

const receiptHeader = 'openstack-auth-receipt';

/** The password was right: what is missing is told, with a receipt that stands for the password when it comes. */
async function receiptAnswer({ call }: Asked, missing: CodeNeeded['user']): Promise<Answer> {
  const { receipt, issuedAt, expiresAt, user } = await giveReceipt(call, missing);
  const { id, name, domain } = user;
  const whose = { id, name, domain: { id: shownDomainId(domain.id), name: domain.name } };
  const times = { issued_at: shownTime(issuedAt), expires_at: shownTime(expiresAt) };
  return {
    status: 401,
    headers: { [receiptHeader]: receipt, vary: 'X-Auth-Token' },
    body: { receipt: { methods: ['password'], user: whose, ...times }, required_auth_methods: [['password', 'totp']] },
  };
}

function subject(token: string) {
  return { 'x-subject-token': token, vary: 'X-Auth-Token' };
}

function subjectOf({ request }: Asked): string {
  const token = request.headers.get('x-subject-token');
  if (token === null || token === '') throw notFound('token', 'in the header X-Subject-Token');
  return token;
}

async function show(asked: Asked): Promise<Answer> {
  const token = subjectOf(asked);
  const found = await findToken(asked.call, 'token:read', token);
  const way = asked.query.has('nocatalog') ? 'short' : 'whole';
  const write = async () => JSON.stringify({ token: await tokenView(asked, found) });
  return { status: 200, headers: subject(token), json: await tokenText(asked.call.core, { token, way }, write) };
}

async function revoke(asked: Asked): Promise<Answer> {
  const { call } = asked;
  const found = await findToken(call, 'token:delete', subjectOf(asked));
  await commit(call.core.database, (unit) => revokeToken(unit, call, found));
  return { status: 204 };
}

async function catalog(asked: Asked): Promise<Answer> {
  const { call, endpoint } = asked;
  const { scope } = call.actor;
  if (scope?.kind === 'unscoped') throw new UnkaiError('forbidden', 'This token is of no project, and has no catalog.');
  const projectId = scope === null || scope.kind === 'project' ? projectOf(call) : null;
  const links = { self: `${endpoint}/v3/auth/catalog`, previous: null, next: null };
  const services = await readCatalog(call.core, projectId);
  return { status: 200, body: { catalog: catalogView(services, asked, projectId), links } };
}

async function ownProjects(asked: Asked): Promise<Answer> {
  return listAnswer(projects, (await listScopes(asked.call)).projects, asked);
}

async function ownDomains(asked: Asked): Promise<Answer> {
  return listAnswer(domains, (await listScopes(asked.call)).domains, asked);
}

async function system(asked: Asked): Promise<Answer> {
  const { hasSystem } = await listScopes(asked.call);
  return { status: 200, body: { system: hasSystem ? [{ all: true }] : [], links: linksOf(asked) } };
}

export const authRoutes: readonly Route[] = [
  { method: 'POST', path: '/v3/auth/tokens', answer: create, isPublic: true },
  // HEAD is answered as GET is, without the body.
  { method: 'GET', path: '/v3/auth/tokens', answer: show },
  { method: 'DELETE', path: '/v3/auth/tokens', answer: revoke },
  { method: 'GET', path: '/v3/auth/catalog', answer: catalog },
  { method: 'GET', path: '/v3/auth/projects', answer: ownProjects },
  { method: 'GET', path: '/v3/auth/domains', answer: ownDomains },
  { method: 'GET', path: '/v3/auth/system', answer: system },
];
