import { notFound } from '@unkai/core/access';
import { neutronFault } from '../errors.ts';
import type { Answer, Asked, Route, Service } from '../service.ts';
import { addressScopeRoutes } from './address-scope.ts';
import { agentRoutes } from './agent.ts';
import { floatingIpRoutes } from './floating-ip.ts';
import { ipAvailabilityRoutes } from './ip-availability.ts';
import { networkRoutes } from './network.ts';
import { portRoutes } from './port.ts';
import { qosRoutes } from './qos.ts';
import { quotaRoutes } from './quota.ts';
import { rbacPolicyRoutes } from './rbac-policy.ts';
import { heedingRevision } from './revision.ts';
import { routerRoutes } from './router.ts';
import { securityGroupRoutes } from './security-group.ts';
import { serviceProviderRoutes } from './service-provider.ts';
import { subnetRoutes } from './subnet.ts';
import { subnetPoolRoutes } from './subnet-pool.ts';
import { tagRoutes } from './tag.ts';
import { inNeutronWords, inUseType, neutronType, quotaWords } from './words.ts';

const versions = ({ endpoint }: Asked): Answer => ({
  status: 200,
  body: { versions: [{ id: 'v2.0', status: 'CURRENT', links: [{ rel: 'self', href: `${endpoint}/v2.0/` }] }] },
});

const kinds = [
  'network',
  'subnet',
  'port',
  'router',
  'floatingip',
  'security_group',
  'security_group_rule',
  'quota',
] as const;

/** What can be asked for, as the root of the version lists it. */
const resources = ({ endpoint }: Asked): Answer => {
  const collections = kinds.map((name) => ({ name, collection: `${name}s`, path: `${name.replaceAll('_', '-')}s` }));
  const links = ({ path }: { path: string }) => [{ rel: 'self', href: `${endpoint}/v2.0/${path}` }];
  return {
    status: 200,
    body: { resources: collections.map(({ path, ...each }) => ({ ...each, links: links({ path }) })) },
  };
};

/** Extensions of which all is here: clients take each as a promise. */
const extensions = [
  { alias: 'security-group', name: 'security-group', description: 'Groups of rules that let packets in and out.' },
  {
    alias: 'security-groups-normalized-cidr',
    name: 'Normalized prefixes',
    description: 'Prefixes of rules are canonical.',
  },
  { alias: 'quotas', name: 'Quota management support', description: 'What a project may have.' },
  { alias: 'quota_details', name: 'Quota details', description: 'What of it is used.' },
  { alias: 'availability_zone', name: 'Availability Zone', description: 'The zones that hosts stand in.' },
  { alias: 'provider', name: 'Provider Network', description: 'Operators choose how a network travels.' },
  { alias: 'external-net', name: 'Neutron external network', description: 'Networks that lead out.' },
  { alias: 'router', name: 'Neutron L3 Router', description: 'Routers between networks, and floating IPs.' },
  { alias: 'ext-gw-mode', name: 'Neutron L3 Configurable external gateway mode', description: 'SNAT on or off.' },
  { alias: 'extraroute', name: 'Neutron Extra Route', description: 'Routes beyond the networks of a router.' },
  { alias: 'extraroute-atomic', name: 'Atomically add/remove extra routes', description: 'One route at a time.' },
  {
    alias: 'floating-ip-port-forwarding',
    name: 'Floating IP Port Forwarding',
    description: 'Ports of a floating IP that lead to guests.',
  },
  {
    alias: 'floating-ip-port-forwarding-port-ranges',
    name: 'Floating IP Port Forwarding support port ranges',
    description: 'Several ports at once.',
  },
  {
    alias: 'expose-port-forwarding-in-fip',
    name: 'Expose Port Forwarding in FIP',
    description: 'A floating IP shows its forwardings.',
  },
  { alias: 'port-security', name: 'Port Security', description: 'Ports and networks that nothing is checked of.' },
  { alias: 'allowed-address-pairs', name: 'Allowed Address Pairs', description: 'Further addresses of a port.' },
  { alias: 'extra_dhcp_opt', name: 'Neutron Extra DHCP options', description: 'DHCP options of a port.' },
  { alias: 'qos', name: 'Quality of Service', description: 'Policies of bandwidth for networks and ports.' },
  { alias: 'qos-default', name: 'QoS default policy', description: 'What new networks of a project get.' },
  {
    alias: 'qos-bw-limit-direction',
    name: 'Direction for QoS bandwidth limit rule',
    description: 'Limits of what guests send and of what they receive.',
  },
  {
    alias: 'qos-bw-minimum-ingress',
    name: 'Ingress direction for QoS minimum bandwidth rule',
    description: 'Minimums of what guests receive, kept as data.',
  },
  {
    alias: 'qos-rule-type-details',
    name: 'Details of QoS rule types',
    description: 'What each kind of rule may say.',
  },
  { alias: 'subnet_allocation', name: 'Subnet Allocation', description: 'Pools that subnets are cut out of.' },
  {
    alias: 'default-subnetpools',
    name: 'Default Subnetpools',
    description: 'The pool of those who ask for one and name none.',
  },
  { alias: 'address-scope', name: 'Address scope', description: 'Scopes in which ranges are there once.' },
  { alias: 'rbac-policies', name: 'RBAC Policies', description: 'Networks shared with projects that are named.' },
  { alias: 'rbac-address-scope', name: 'Address scope RBAC', description: 'Address scopes shared so.' },
  { alias: 'rbac-security-groups', name: 'Security group RBAC', description: 'Security groups shared so.' },
  { alias: 'rbac-subnetpool', name: 'Subnet pool RBAC', description: 'Subnet pools shared so.' },
  { alias: 'net-mtu', name: 'Network MTU', description: 'The largest packet that a network carries.' },
  { alias: 'project-id', name: 'project_id field enabled', description: 'Each resource names its project.' },
  { alias: 'standard-attr-timestamp', name: 'Timestamps', description: 'When a resource was made.' },
  { alias: 'standard-attr-tag', name: 'Tag support for resources', description: 'Labels on what is listed here.' },
  { alias: 'agent', name: 'agent', description: 'What runs on each host, for operators.' },
  { alias: 'filter-validation', name: 'Filter parameters validation', description: 'Unknown filters are refused.' },
  {
    alias: 'standard-attr-revisions',
    name: 'Resource revision numbers',
    description: 'How often a resource was changed.',
  },
  {
    alias: 'revision-if-match',
    name: 'If-Match constraints based on revision_number',
    description: 'Changes what is at a revision alone.',
  },
  {
    alias: 'network-ip-availability',
    name: 'Network IP Availability',
    description: 'How many addresses networks have to give.',
  },
  { alias: 'service-type', name: 'Neutron Service Type Management', description: 'What serves routers.' },
  { alias: 'net-mtu-writable', name: 'Network MTU (writable)', description: 'It is chosen by whose network it is.' },
  { alias: 'pagination', name: 'Pagination support', description: 'Lists come in pages.' },
  { alias: 'sorting', name: 'Sorting support', description: 'Lists come in an order that is asked for.' },
].map((extension) => ({ ...extension, updated: '2026-11-21T00:00:00-00:00', links: [] }));

function showExtension(asked: Asked): Answer {
  const alias = asked.param('alias');
  const extension = extensions.find((each) => each.alias === alias);
  if (extension === undefined) throw notFound('extension', alias);
  return { status: 200, body: { extension } };
}

/** Zones have no id, and are few. */
const isAskedFor = (query: URLSearchParams) => (zone: Readonly<Record<string, string>>) =>
  [...query].every(([name, value]) => zone[name] === undefined || zone[name] === value);

async function listZones({ operations, query }: Asked): Promise<Answer> {
  const { items } = await operations.availabilityZone.list();
  // A host that carries networks carries routers too.
  const zones = items.flatMap(({ name, isAvailable }) =>
    ['network', 'router'].map((resource) => ({ name, resource, state: isAvailable ? 'available' : 'unavailable' })),
  );
  return { status: 200, body: { availability_zones: zones.filter(isAskedFor(query)) } };
}

const ownRoutes: readonly Route[] = [
  { method: 'GET', path: '', answer: versions, isPublic: true },
  { method: 'GET', path: '/', answer: versions, isPublic: true },
  { method: 'GET', path: '/v2.0', answer: resources },
  { method: 'GET', path: '/v2.0/', answer: resources },
  { method: 'GET', path: '/v2.0/extensions', answer: () => ({ status: 200, body: { extensions } }) },
  { method: 'GET', path: '/v2.0/extensions/:alias', answer: showExtension },
  { method: 'GET', path: '/v2.0/availability_zones', answer: listZones },
];

/** Networks, as OpenStack's Neutron speaks. */
export const neutron: Service = {
  prefix: '/network',
  fault: (fault, path) => {
    const words = inNeutronWords(fault.message);
    const message = fault.code === 'quota_exceeded' ? quotaWords(words) : words;
    const inUse = fault.code === 'in_use' ? inUseType(path) : null;
    return neutronFault({ ...fault, message }, inUse ?? neutronType(words));
  },
  statuses: { quota_exceeded: 409, addresses_exhausted: 409 },
  versions: null,
  routes: [
    ...ownRoutes,
    ...networkRoutes,
    ...subnetRoutes,
    ...portRoutes,
    ...routerRoutes,
    ...floatingIpRoutes,
    ...securityGroupRoutes,
    ...qosRoutes,
    ...subnetPoolRoutes,
    ...addressScopeRoutes,
    ...rbacPolicyRoutes,
    ...quotaRoutes,
    ...agentRoutes,
    ...tagRoutes,
    ...serviceProviderRoutes,
    ...ipAvailabilityRoutes,
  ].map(heedingRevision),
};
