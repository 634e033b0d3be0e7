import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { unique } from './denial-verdicts.ts';
import type { DoorRow, DoorThings } from './openstack-denial-table.ts';

/** Where one kind differs from the others. */
interface More {
  readonly create?: Partial<DoorRow>;
  readonly delete?: Partial<DoorRow>;
}

/** Make, show, change and delete of one kind; `path` is the collection's, below `/identity/v3`. */
function crud(path: string, noun: string, create: (things: DoorThings) => object, more: More = {}): DoorRow[] {
  const word = noun.toLowerCase();
  return [
    { route: `GET /${path}`, as: `${noun}.list` },
    { route: `POST /${path}`, as: `${noun}.create`, body: (things) => ({ [word]: create(things) }), ...more.create },
    { route: `GET /${path}/:id`, as: `${noun}.get` },
    { route: `PATCH /${path}/:id`, as: `${noun}.update`, body: () => ({ [word]: { description: 'x' } }) },
    { route: `DELETE /${path}/:id`, as: `${noun}.delete`, ...more.delete },
  ];
}

const tagRows: readonly DoorRow[] = [
  { route: 'GET /projects/:id/tags', as: 'project.get' },
  { route: 'PUT /projects/:id/tags', as: 'project.update', body: () => ({ tags: ['tag'] }) },
  { route: 'GET /projects/:id/tags/:tag', as: 'project.get' },
  { route: 'PUT /projects/:id/tags/:tag', as: 'project.update' },
  { route: 'DELETE /projects/:id/tags/:tag', as: 'project.update' },
  { route: 'DELETE /projects/:id/tags', as: 'project.update' },
];

const memberRows: readonly DoorRow[] = [
  { route: 'GET /users/:id/groups', as: 'group.list' },
  { route: 'GET /users/:id/projects', as: 'group.list' },
  { route: 'GET /groups/:id/users', as: 'group.get' },
  { route: 'GET /groups/:id/users/:user', as: 'group.get' },
  { route: 'PUT /groups/:id/users/:user', as: 'group.addMember' },
  { route: 'DELETE /groups/:id/users/:user', as: 'group.removeMember' },
];

const roleRows: readonly DoorRow[] = [
  { route: 'GET /role_inferences', as: 'role.list' },
  { route: 'GET /roles/:id/implies', as: 'role.get' },
  { route: 'PUT /roles/:id/implies/:implied', as: 'role.imply' },
  { route: 'GET /roles/:id/implies/:implied', as: 'role.get' },
  { route: 'DELETE /roles/:id/implies/:implied', as: 'role.unimply' },
  { route: 'GET /role_assignments', as: 'roleAssignment.list' },
];

const places = ['/projects/:id', '/domains/:id', '/system'] as const;
const holders = ['users', 'groups'] as const;

/** Who has which role where: given by `PUT`, taken by `DELETE`, inherited ones below a path of their own. */
const grantRows: readonly DoorRow[] = places.flatMap((place) =>
  holders.flatMap((holder) => {
    const plain = `${place}/${holder}/:holder/roles`;
    const as = (verb: string) => (place === '/system' ? `system grant ${verb}` : `grant ${verb}`);
    const four = (list: string, item: string): DoorRow[] => [
      { route: `GET ${list}`, as: as('list') },
      { route: `PUT ${item}`, as: as('create') },
      { route: `GET ${item}`, as: as('check') },
      { route: `DELETE ${item}`, as: as('delete') },
    ];
    const inherited = 'inherited_to_projects';
    return [
      ...four(plain, `${plain}/:role`),
      ...(place === '/system'
        ? []
        : four(`/OS-INHERIT${plain}/${inherited}`, `/OS-INHERIT${plain}/:role/${inherited}`)),
    ];
  }),
);

const trust = ({ user, project }: DoorThings) => ({
  trust: {
    trustor_user_id: user,
    trustee_user_id: user,
    project_id: project,
    impersonation: true,
    roles: [{ id: builtInRoleIds.reader }],
  },
});

/** What belongs to a user, asked for by others. */
const lentRows: readonly DoorRow[] = [
  { route: 'GET /users/:user/application_credentials', as: 'of another' },
  {
    route: 'POST /users/:user/application_credentials',
    as: 'of another',
    body: () => ({ application_credential: { name: unique() } }),
  },
  { route: 'GET /users/:user/application_credentials/:id', as: 'of another' },
  { route: 'DELETE /users/:user/application_credentials/:id', as: 'of another' },
  { route: 'GET /users/:user/access_rules', as: 'of another' },
  { route: 'GET /users/:user/access_rules/:id', as: 'of another' },
  { route: 'DELETE /users/:user/access_rules/:id', as: 'of another' },
  { route: 'GET /OS-TRUST/trusts', as: 'trust.list' },
  { route: 'POST /OS-TRUST/trusts', as: 'for another', body: trust },
  { route: 'GET /OS-TRUST/trusts/:id', as: 'trust.get' },
  { route: 'GET /OS-TRUST/trusts/:id/roles', as: 'trust.get' },
  { route: 'GET /OS-TRUST/trusts/:id/roles/:role', as: 'trust.get' },
  { route: 'DELETE /OS-TRUST/trusts/:id', as: 'trust.delete' },
  { route: 'GET /credentials', as: 'credential.list' },
  {
    route: 'POST /credentials',
    as: 'for another',
    body: ({ user }) => ({ credential: { type: 'cert', blob: 'x', user_id: user } }),
  },
  { route: 'GET /credentials/:id', as: 'credential.get' },
  { route: 'PATCH /credentials/:id', as: 'credential.update', body: () => ({ credential: { blob: 'x' } }) },
  { route: 'DELETE /credentials/:id', as: 'credential.delete' },
  { route: 'GET /users/:user/credentials/OS-EC2', as: 'of another' },
  {
    route: 'POST /users/:user/credentials/OS-EC2',
    as: 'of another',
    body: ({ project }) => ({ tenant_id: project }),
  },
  { route: 'GET /users/:user/credentials/OS-EC2/:access', as: 'of another' },
  { route: 'DELETE /users/:user/credentials/OS-EC2/:access', as: 'of another' },
];

/** Limits are made several at once. */
function limitRows(path: string, noun: string, create: (things: DoorThings) => object): DoorRow[] {
  const one = path.slice(0, -1);
  return [
    { route: `GET /${path}`, as: `${noun}.list` },
    { route: `POST /${path}`, as: `${noun}.create`, body: (things) => ({ [path]: [create(things)] }) },
    { route: `GET /${path}/:id`, as: `${noun}.get` },
    { route: `PATCH /${path}/:id`, as: `${noun}.update`, body: () => ({ [one]: { description: 'x' } }) },
    // What is still in use is forbidden to delete.
    { route: `DELETE /${path}/:id`, as: `${noun}.delete`, ...(noun === 'registeredLimit' && { permitted: 403 }) },
  ];
}

const groups = '/OS-EP-FILTER/endpoint_groups';
const endpointOfProject = '/OS-EP-FILTER/projects/:project/endpoints/:id';
const words = () => ({ endpoint_group: { name: unique(), filters: { interface: 'admin' } } });

/** What is given to a project is there to be looked at, and taken away at the end. */
const filterRows: readonly DoorRow[] = [
  { route: `GET ${groups}`, as: 'filter read' },
  { route: `POST ${groups}`, as: 'filter change', body: words },
  { route: `GET ${groups}/:id`, as: 'endpoint group read' },
  { route: `PATCH ${groups}/:id`, as: 'endpoint group change', body: words },
  { route: `GET ${groups}/:id/endpoints`, as: 'endpoint group read' },
  { route: `GET ${groups}/:id/projects`, as: 'filter read' },
  { route: `PUT ${groups}/:id/projects/:project`, as: 'filter change' },
  { route: `GET ${groups}/:id/projects/:project`, as: 'filter read' },
  { route: `DELETE ${groups}/:id/projects/:project`, as: 'filter change' },
  { route: `DELETE ${groups}/:id`, as: 'endpoint group change' },
  { route: 'GET /OS-EP-FILTER/endpoints/:id/projects', as: 'filter read' },
  { route: 'GET /OS-EP-FILTER/projects/:project/endpoints', as: 'filter read' },
  { route: 'GET /OS-EP-FILTER/projects/:project/endpoint_groups', as: 'filter read' },
  { route: `PUT ${endpointOfProject}`, as: 'filter change' },
  { route: `GET ${endpointOfProject}`, as: 'filter read' },
  { route: `DELETE ${endpointOfProject}`, as: 'filter change' },
];

const tokenRows: readonly DoorRow[] = [
  { route: 'POST /auth/tokens', as: 'nothing' },
  { route: 'POST /users/:id/password', as: 'nothing' },
  { route: 'GET /auth/tokens', as: 'signed-in', permitted: 404 },
  { route: 'DELETE /auth/tokens', as: 'signed-in', permitted: 404 },
  { route: 'GET /auth/catalog', as: 'signed-in' },
  { route: 'GET /auth/projects', as: 'signed-in' },
  { route: 'GET /auth/domains', as: 'signed-in' },
  { route: 'GET /auth/system', as: 'signed-in' },
  { route: 'POST /ec2tokens', as: 'signed-in', body: () => ({ credentials: {} }) },
  { route: 'POST /s3tokens', as: 'signed-in', body: () => ({ credentials: {} }) },
];

/** Below `/identity/v3`; what deletes comes after what needs it. */
export const keystoneRows: readonly DoorRow[] = [
  ...tokenRows,
  ...tagRows,
  ...memberRows,
  ...roleRows,
  ...grantRows,
  ...lentRows,
  { route: 'GET /limits/model', as: 'signed-in' },
  ...limitRows('limits', 'serviceLimit', ({ service, domain }) => ({
    service_id: service,
    domain_id: domain,
    resource_name: 'attacked',
    resource_limit: 1,
  })),
  ...limitRows('registered_limits', 'registeredLimit', ({ service }) => ({
    service_id: service,
    resource_name: unique(),
    default_limit: 1,
  })),
  ...filterRows,
  ...crud('endpoints', 'endpoint', ({ service }) => ({
    service_id: service,
    interface: 'public',
    url: 'http://127.0.0.1',
  })),
  ...crud('services', 'service', () => ({ type: 'x', name: unique() })),
  { route: 'PUT /regions/:id', as: 'region.create', body: () => ({ region: { description: 'x' } }) },
  ...crud('regions', 'region', () => ({ id: unique() })),
  ...crud('groups', 'group', ({ domain }) => ({ domain_id: domain, name: unique() })),
  ...crud('roles', 'role', () => ({ name: unique() })),
  // The domain is looked up first.
  ...crud('users', 'user', ({ domain }) => ({ domain_id: domain, name: unique() }), {
    create: { as: 'create in a domain' },
  }),
  // What is still in use is forbidden to delete.
  ...crud('projects', 'project', ({ domain }) => ({ domain_id: domain, name: unique() }), {
    delete: { permitted: 403 },
  }),
  // Only a disabled domain can be deleted.
  ...crud('domains', 'domain', () => ({ name: unique() }), { delete: { permitted: 403 } }),
];
