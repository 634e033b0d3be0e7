import { randomUUID } from 'node:crypto';
import { ed25519Key } from './denial-table.ts';
import { confinedIsRefused, type Expected, given, type Things, unique } from './denial-verdicts.ts';
import { firstVersion, hostRows } from './openstack-denial-hosts.ts';
import { routerRows } from './openstack-denial-router.ts';
import { sharingRows } from './openstack-denial-sharing.ts';

/** One request of an OpenStack door, and the operation of ours by whose row in the denial table it is refused. */
export interface DoorRow {
  /** As the door's own table of routes says it: method, and path with parameters as `:name`. */
  readonly route: string;
  /** The operation; `signed-in` needs no more than a token, `nothing` not even that. */
  readonly as: string;
  readonly body?: (things: DoorThings) => object;
  readonly headers?: Readonly<Record<string, string>>;
  /** It is about the project that the token is of: each persona meets their own there, and some have none. */
  readonly isOwn?: boolean;
  /** Where the door says another thing than `/v1`, since it is another question. */
  readonly instead?: Partial<Expected>;
  /** What somebody is told who may; nothing but 401, 403 and 404 else. Null: nobody asks, since it waits for workers. */
  readonly permitted?: 403 | 404 | null;
}

export type DoorThings = Things & { readonly rule: string; readonly request: string; readonly endpointGroup: string };

/** A credential that is confined is told so where the door first looks in a list. */
const confinedIsTold = { 'scoped-down token': 403 } as const;
/** The door looks in the token's project first, and some tokens have none. */
const placeIsNeeded = {
  'domain reader': 403,
  'domain manager': 403,
  'domain admin': 403,
  'manager of another domain': 403,
} as const;

const server = ({ name = unique(), ...rest }: { name?: string; [field: string]: unknown }) => ({
  server: { name, ...rest },
});

const flavorRows: readonly DoorRow[] = [
  { route: 'GET /flavors', as: 'flavor.list' },
  { route: 'GET /flavors/detail', as: 'flavor.list' },
  {
    route: 'POST /flavors',
    as: 'flavor.create',
    body: () => ({ flavor: { name: unique(), ram: 64, vcpus: 1, disk: 1 } }),
  },
  { route: 'GET /flavors/:flavor', as: 'flavor.get', instead: confinedIsTold },
  {
    route: 'PUT /flavors/:flavor',
    as: 'flavor.update',
    instead: confinedIsTold,
    body: () => ({ flavor: { description: 'x' } }),
  },
  { route: 'GET /flavors/:flavor/os-extra_specs', as: 'flavor.get', instead: confinedIsTold },
  {
    route: 'POST /flavors/:flavor/os-extra_specs',
    as: 'flavor.update',
    instead: confinedIsTold,
    body: () => ({ extra_specs: { key: 'value' } }),
  },
  { route: 'GET /flavors/:flavor/os-extra_specs/:key', as: 'flavor.get', instead: confinedIsTold },
  {
    route: 'PUT /flavors/:flavor/os-extra_specs/:key',
    as: 'flavor.update',
    instead: confinedIsTold,
    body: () => ({ key: 'other' }),
  },
  { route: 'DELETE /flavors/:flavor/os-extra_specs/:key', as: 'flavor.update', instead: confinedIsTold },
  { route: 'GET /flavors/:flavor/os-flavor-access', as: 'flavor.access', instead: confinedIsTold },
  { route: 'DELETE /flavors/:flavor', as: 'flavor.delete', instead: confinedIsTold },
  // From here on its project sees the flavor.
  {
    route: 'POST /flavors/:flavor/action',
    as: 'flavor.allow',
    instead: confinedIsTold,
    body: ({ project }) => ({ addTenantAccess: { tenant: project } }),
  },
];

const keyPairRows: readonly DoorRow[] = [
  { route: 'GET /os-keypairs', as: 'keyPair.list' },
  {
    route: 'POST /os-keypairs',
    as: 'keyPair.create',
    body: () => ({ keypair: { name: unique(), type: 'ssh', public_key: ed25519Key } }),
  },
  { route: 'GET /os-keypairs/:name', as: 'keyPair.get', instead: { ...confinedIsTold, ...confinedIsRefused } },
  { route: 'DELETE /os-keypairs/:name', as: 'keyPair.delete', instead: { ...confinedIsTold, ...confinedIsRefused } },
];

const action = (as: string, body: object): DoorRow => ({
  route: 'POST /servers/:server/action',
  as,
  body: () => body,
});

const serverRows: readonly DoorRow[] = [
  { route: 'GET /servers', as: 'server.list', isOwn: true },
  { route: 'GET /servers/detail', as: 'server.list', isOwn: true },
  {
    route: 'POST /servers',
    as: 'server.create',
    isOwn: true,
    body: ({ publicFlavor, publicImage }) =>
      server({ flavorRef: publicFlavor, imageRef: publicImage, networks: 'auto' }),
  },
  { route: 'GET /servers/:server', as: 'server.get' },
  { route: 'PUT /servers/:server', as: 'server.update', body: () => server({}) },
  action('server.start', { 'os-start': null }),
  action('server.stop', { 'os-stop': null }),
  action('server.reboot', { reboot: { type: 'SOFT' } }),
  action('server.log', { 'os-getConsoleOutput': {} }),
  {
    route: 'POST /servers/:server/remote-consoles',
    as: 'consoleSession.create',
    body: () => ({ remote_console: { protocol: 'vnc', type: 'novnc' } }),
  },
  { route: 'GET /servers/:server/metadata', as: 'server.get' },
  { route: 'POST /servers/:server/metadata', as: 'server.update', body: () => ({ metadata: { key: 'value' } }) },
  { route: 'PUT /servers/:server/metadata', as: 'server.update', body: () => ({ metadata: { key: 'value' } }) },
  { route: 'GET /servers/:server/metadata/:key', as: 'server.get' },
  { route: 'PUT /servers/:server/metadata/:key', as: 'server.update', body: () => ({ meta: { key: 'value' } }) },
  { route: 'DELETE /servers/:server/metadata/:key', as: 'server.update' },
  { route: 'GET /servers/:server/tags', as: 'server.get' },
  { route: 'PUT /servers/:server/tags', as: 'server.update', body: () => ({ tags: ['tag'] }) },
  { route: 'GET /servers/:server/tags/:tag', as: 'server.get' },
  { route: 'PUT /servers/:server/tags/:tag', as: 'server.update' },
  { route: 'DELETE /servers/:server/tags/:tag', as: 'server.update' },
  { route: 'DELETE /servers/:server/tags', as: 'server.update' },
  { route: 'GET /servers/:server/ips', as: 'server.get' },
  { route: 'GET /servers/:server/ips/:network', as: 'server.get' },
  { route: 'GET /servers/:server/os-interface', as: 'server.get' },
  { route: 'GET /servers/:server/os-interface/:port', as: 'server.get' },
  {
    route: 'POST /servers/:server/os-interface',
    as: 'server.attachInterface',
    body: ({ port }) => ({ interfaceAttachment: { port_id: port } }),
  },
  { route: 'DELETE /servers/:server/os-interface/:port', as: 'server.detachInterface' },
  { route: 'GET /servers/:server/os-instance-actions', as: 'server.get', instead: placeIsNeeded },
  { route: 'GET /servers/:server/os-instance-actions/:request', as: 'server.get', instead: placeIsNeeded },
  { route: 'GET /servers/:server/os-security-groups', as: 'server.get' },
  { route: 'DELETE /servers/:server', as: 'server.delete' },
];

// At /v1 those of their domain are asked for.
const ofNoDomain = given(403, 'domain reader', 'domain manager', 'domain admin');
const quotaBody = () => ({ quota_set: { instances: 1_000_000 } });

const placeRows: readonly DoorRow[] = [
  { route: 'GET /os-security-groups', headers: firstVersion, as: 'securityGroup.list', isOwn: true },
  {
    route: 'GET /os-security-groups/:group',
    instead: { ...placeIsNeeded, ...confinedIsTold },
    headers: firstVersion,
    as: 'securityGroup.get',
  },
  { route: 'GET /limits', as: 'limits.get', isOwn: true },
  { route: 'GET /os-quota-class-sets/default', as: 'quotaDefault.get', instead: ofNoDomain },
  {
    route: 'PUT /os-quota-class-sets/default',
    as: 'quotaDefault.update',
    body: () => ({ quota_class_set: { instances: 1_000_000 } }),
  },
  { route: 'GET /os-quota-sets/:project', as: 'limits.get' },
  { route: 'PUT /os-quota-sets/:project', as: 'limits.update', body: quotaBody },
  { route: 'DELETE /os-quota-sets/:project', as: 'limits.update' },
  { route: 'GET /os-quota-sets/:project/defaults', as: 'limits.get' },
  { route: 'GET /os-quota-sets/:project/detail', as: 'limits.get' },
  { route: 'GET /os-simple-tenant-usage', as: 'usage.ofCloud' },
  { route: 'GET /os-simple-tenant-usage/:project', as: 'usage.ofProject' },
  ...hostRows,
];

/** Below `/compute/v2.1`. */
export const novaRows: readonly DoorRow[] = [...flavorRows, ...keyPairRows, ...serverRows, ...placeRows];

/** The requests about one kind of thing of the network door, the last of which deletes it. */
function neutronKind(kind: string, noun: string, create: DoorRow['body'], more: Partial<DoorRow> = {}): DoorRow[] {
  const path = `/${kind.replaceAll('_', '-')}s`;
  const item = `${path}/:${noun}`;
  const tagged = `${path}/:id/tags`;
  const operation = kind === 'security_group' ? 'securityGroup' : kind;
  return [
    { route: `GET ${path}`, as: `${operation}.list`, isOwn: true },
    { route: `POST ${path}`, as: `${operation}.create`, ...more, ...(create && { body: create }) },
    { route: `GET ${item}`, as: `${operation}.get` },
    { route: `PUT ${item}`, as: `${operation}.update`, body: () => ({ [kind]: { name: unique() } }) },
    { route: `GET ${tagged}`, as: `${operation}.get` },
    { route: `PUT ${tagged}`, as: `${operation}.update`, body: () => ({ tags: ['tag'] }) },
    { route: `GET ${tagged}/:tag`, as: `${operation}.get` },
    { route: `PUT ${tagged}/:tag`, as: `${operation}.update` },
    { route: `DELETE ${tagged}/:tag`, as: `${operation}.update` },
    { route: `DELETE ${tagged}`, as: `${operation}.update` },
    { route: `DELETE ${item}`, as: `${operation}.delete` },
  ];
}

const rule = ({ group }: DoorThings) => ({
  security_group_rule: { security_group_id: group, direction: 'ingress', ethertype: 'IPv4', protocol: 'icmp' },
});

/** Below `/network/v2.0`. */
export const neutronRows: readonly DoorRow[] = [
  { route: 'GET ', as: 'signed-in' },
  { route: 'GET /extensions', as: 'signed-in' },
  { route: 'GET /extensions/:alias', as: 'signed-in' },
  { route: 'GET /service-providers', as: 'signed-in' },
  { route: 'GET /availability_zones', as: 'availabilityZone.list' },
  { route: 'GET /network-ip-availabilities', as: 'network.list', isOwn: true },
  { route: 'GET /network-ip-availabilities/:network', as: 'network.get' },
  { route: 'GET /agents', as: 'signed-in' },
  { route: 'GET /agents/:agent', as: 'host.get' },
  { route: 'PUT /agents/:agent', as: 'host.update', body: () => ({ agent: { admin_state_up: true } }) },
  { route: 'GET /security-group-rules', as: 'securityGroup.list', isOwn: true },
  { route: 'POST /security-group-rules', as: 'securityGroup.createRule', body: rule },
  { route: 'GET /security-group-rules/:rule', as: 'securityGroup.get' },
  { route: 'DELETE /security-group-rules/:rule', as: 'securityGroup.update' },
  { route: 'GET /quotas', as: 'limits.get', isOwn: true },
  { route: 'GET /quotas/tenant', as: 'signed-in', isOwn: true },
  { route: 'GET /quotas/project', as: 'signed-in', isOwn: true },
  { route: 'GET /quotas/:project', as: 'limits.get' },
  { route: 'PUT /quotas/:project', as: 'limits.update', body: () => ({ quota: { network: 1_000_000 } }) },
  { route: 'DELETE /quotas/:project', as: 'limits.update' },
  { route: 'GET /quotas/:project/default', as: 'limits.get' },
  { route: 'GET /quotas/:project/details.json', as: 'limits.get' },
  { route: 'GET /quotas/:project/details', as: 'limits.get' },
  // A token of no project is told so, before the network is looked at.
  ...neutronKind('port', 'port', ({ network }) => ({ port: { network_id: network } }), {
    instead: { 'domain admin': 403, 'domain manager': 403, 'domain reader': 403, 'manager of another domain': 403 },
  }),
  ...neutronKind('subnet', 'subnet', ({ network }) => ({
    subnet: { network_id: network, ip_version: 4, cidr: '10.0.0.0/24' },
  })),
  ...neutronKind('router', 'router', () => ({ router: { name: unique() } }), { isOwn: true }),
  ...routerRows,
  ...sharingRows,
  ...neutronKind('security_group', 'group', () => ({ security_group: { name: unique() } }), { isOwn: true }),
  ...neutronKind('network', 'network', () => ({ network: { name: unique() } }), { isOwn: true }),
];

const patch = { 'content-type': 'application/openstack-images-v2.1-json-patch' };

/** Below `/image/v2`. */
export const glanceRows: readonly DoorRow[] = [
  { route: 'GET /schemas/image', as: 'signed-in' },
  { route: 'GET /schemas/images', as: 'signed-in' },
  { route: 'GET /schemas/member', as: 'signed-in' },
  { route: 'GET /schemas/members', as: 'signed-in' },
  { route: 'GET /images/:image/members', as: 'imageMember.list' },
  { route: 'POST /images/:image/members', as: 'imageMember.create', body: () => ({ member: randomUUID() }) },
  { route: 'GET /images/:image/members/:member', as: 'imageMember.list' },
  { route: 'PUT /images/:image/members/:member', as: 'imageMember.update', body: () => ({ status: 'accepted' }) },
  { route: 'DELETE /images/:image/members/:member', as: 'imageMember.delete' },
  { route: 'GET /images', as: 'image.list', isOwn: true },
  {
    route: 'POST /images',
    as: 'image.create',
    isOwn: true,
    body: () => ({ name: unique(), disk_format: 'raw', container_format: 'bare' }),
  },
  { route: 'GET /images/:image', as: 'image.get' },
  {
    route: 'PATCH /images/:image',
    as: 'image.update',
    headers: patch,
    body: () => [{ op: 'replace', path: '/name', value: 'x' }],
  },
  { route: 'PUT /images/:image/tags/:tag', as: 'image.update' },
  { route: 'DELETE /images/:image/tags/:tag', as: 'image.update' },
  { route: 'GET /images/:image/file', as: 'image.get' },
  {
    route: 'PUT /images/:image/file',
    as: 'image.update',
    permitted: null,
    headers: { 'content-type': 'application/octet-stream' },
    body: () => ({}),
  },
  { route: 'DELETE /images/:image', as: 'image.delete' },
];
