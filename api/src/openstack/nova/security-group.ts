import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { notFound } from '@unkai/core/access';
import { projectOf } from '../call.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { refuse } from './flavor.ts';
import { serverOf } from './server.ts';
import { since } from './version.ts';

/** A security group as Nova knew them when networks were its own; only what comes in is in its rules. */
function view({ id, name, description, projectId, rules }: SecurityGroup) {
  return {
    id,
    name,
    description,
    tenant_id: projectId,
    rules: rules
      .filter(({ direction }) => direction === 'ingress')
      .map((rule) => ({
        id: rule.id,
        parent_group_id: id,
        ip_protocol: rule.protocol === 'any' ? null : rule.protocol,
        from_port: rule.portMin,
        to_port: rule.portMax,
        ip_range: { cidr: rule.remotePrefix ?? '0.0.0.0/0' },
        group: {},
      })),
  };
}

async function ofServer(asked: Asked): Promise<Answer> {
  const server = await serverOf(asked);
  const names = new Set(server.ports.flatMap(({ groupNames }) => groupNames));
  const groups = await everything((page) =>
    asked.operations.securityGroup.list({ ...page, projectId: server.projectId }),
  );
  return { status: 200, body: { security_groups: groups.filter(({ name }) => names.has(name)).map(view) } };
}

/** Gone from 2.36 on: groups are the network service's. */
async function groupsOf(asked: Asked): Promise<SecurityGroup[]> {
  if (asked.version >= since.networkProxiesGone) throw notFound('resource', 'os-security-groups');
  const projectId = projectOf(asked.call);
  return everything((page) => asked.operations.securityGroup.list({ ...page, projectId }));
}

async function list(asked: Asked): Promise<Answer> {
  return { status: 200, body: { security_groups: (await groupsOf(asked)).map(view) } };
}

async function show(asked: Asked): Promise<Answer> {
  const groups = await groupsOf(asked);
  const wanted = asked.param('group');
  // Clients try a name as an id first, and take this answer as "try the list".
  if (!/^[0-9a-f-]{36}$/i.test(wanted))
    throw refuse('id', 'Security group id should be uuid', 'Send an id such as 01890a5d-ac96-774b-bcce-b302099a8057.');
  const group = groups.find(({ id }) => id === wanted.toLowerCase());
  // One of another project is not there either; that it was asked for is in the audit log.
  if (group === undefined) await asked.operations.securityGroup.get({ id: wanted });
  if (group === undefined) throw notFound('security-group', wanted);
  return { status: 200, body: { security_group: view(group) } };
}

export const securityGroupRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/servers/:server/os-security-groups', answer: ofServer },
  { method: 'GET', path: '/v2.1/os-security-groups', answer: list },
  { method: 'GET', path: '/v2.1/os-security-groups/:group', answer: show },
];
