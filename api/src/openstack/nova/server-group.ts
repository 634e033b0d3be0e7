import { displayName } from '@unkai/contracts/primitives';
import { type ServerGroup, serverGroupPolicy } from '@unkai/contracts/resources/server-group';
import { findEverywhere } from '@unkai/core/store/project';
import { listServerGroups } from '@unkai/core/store/server-group';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { refuse, tooOld } from './flavor.ts';
import { since } from './version.ts';

function view(group: ServerGroup, { version }: Asked) {
  const { id, name, policy, maxServersPerHost, servers, projectId, userId } = group;
  const rules = maxServersPerHost === null ? {} : { max_server_per_host: maxServersPerHost };
  return {
    id,
    name,
    ...(version >= since.groupPolicy ? { policy, rules } : { policies: [policy], metadata: {} }),
    members: servers.map((server) => server.id),
    ...(version >= since.groupOwner && { project_id: projectId, user_id: userId }),
  };
}

const wholeNumber = z.coerce.number().int().min(0);

/** The groups of the token's project, of all projects for operators who ask for them. */
async function list(asked: Asked): Promise<Answer> {
  const { query, call, operations } = asked;
  const groups = query.has('all_projects')
    ? await everywhere(asked)
    : await everything((page) => operations.serverGroup.list({ ...page, projectId: projectOf(call) }));
  const offset = numberOf(query, 'offset', 0);
  const shown = groups.slice(offset, offset + numberOf(query, 'limit', groups.length));
  return { status: 200, body: { server_groups: shown.map((group) => view(group, asked)) } };
}

async function everywhere({ call }: Asked): Promise<ServerGroup[]> {
  await findEverywhere(call, 'server-group:read');
  return everything((page) => listServerGroups(call, { ...page, projectId: null }));
}

function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const parsed = wholeNumber.safeParse(query.get(name) ?? otherwise);
  if (!parsed.success) throw refuse(name, 'must be a whole number, 0 or more', 'Send a whole number, 0 or more.');
  return parsed.data;
}

const newGroup = z.strictObject({
  server_group: z.strictObject({
    name: displayName,
    policies: z.array(serverGroupPolicy).length(1).optional(),
    policy: serverGroupPolicy.optional(),
    rules: z.strictObject({ max_server_per_host: z.coerce.number().int().min(1).optional() }).optional(),
  }),
});

/** One policy: in a list of one until 2.63, by itself and with rules since. */
async function create(asked: Asked): Promise<Answer> {
  const { version, call, operations } = asked;
  const { name, policies, policy: named, rules } = (await asked.body(newGroup)).server_group;
  const hasRules = version >= since.groupPolicy;
  if (hasRules && policies !== undefined)
    throw refuse('policies', 'is given as "policy" at this microversion', 'Send policy instead.');
  if (!hasRules && named !== undefined) throw tooOld('policy');
  if (!hasRules && rules !== undefined) throw tooOld('rules');
  const policy = named ?? policies?.[0];
  if (policy === undefined)
    throw refuse(hasRules ? 'policy' : 'policies', 'is needed', 'Send affinity or anti-affinity.');
  if (policy.startsWith('soft-') && version < since.softGroups)
    throw refuse(
      'policies',
      `${policy} came with 2.15`,
      'Choose another policy, or ask with microversion 2.15 or later.',
    );
  const most = rules?.max_server_per_host;
  const made = await operations.serverGroup.create({
    projectId: projectOf(call),
    name,
    policy,
    ...(most !== undefined && { maxServersPerHost: most }),
  });
  return { status: 200, body: { server_group: view(made, asked) } };
}

async function show(asked: Asked): Promise<Answer> {
  const group = await asked.operations.serverGroup.get({ id: asked.id('serverGroup', 'server group') });
  return { status: 200, body: { server_group: view(group, asked) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.serverGroup.delete({ id: asked.id('serverGroup', 'server group') });
  return { status: 204 };
}

export const serverGroupRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/os-server-groups', answer: list },
  { method: 'POST', path: '/v2.1/os-server-groups', answer: create },
  { method: 'GET', path: '/v2.1/os-server-groups/:serverGroup', answer: show },
  { method: 'DELETE', path: '/v2.1/os-server-groups/:serverGroup', answer: remove },
];
