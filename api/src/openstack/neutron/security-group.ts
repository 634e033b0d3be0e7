import { UnkaiError } from '@unkai/contracts/errors';
import { fieldRule } from '@unkai/contracts/field-rule';
import { cidr, description, ipAddress } from '@unkai/contracts/primitives';
import type { Protocol } from '@unkai/contracts/resources/security-group';
import { notFound } from '@unkai/core/access';
import { refuseField } from '@unkai/core/store/refusal';
import { searchSecurityGroups } from '@unkai/core/store/security-group-read';
import { findSecurityGroupRule, searchSecurityGroupRules } from '@unkai/core/store/security-group-rule';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { onlyFields, placeOf } from './collection.ts';
import { creation } from './creation.ts';
import { listRoute, standardFields } from './list.ts';
import { nameOf } from './network.ts';
import { groupView, ruleView } from './view.ts';

const owner = { tenant_id: z.string().optional(), project_id: z.string().optional() };
const fields = {
  name: z.string().optional(),
  description: description.optional(),
  stateful: z.literal(true, fieldRule('must be true: answers to what was let out come in', 'Leave it out.')).optional(),
};
const newGroup = z.strictObject({ ...fields, ...owner });
const groupChange = z.strictObject({ security_group: z.strictObject(fields) });

const list = listRoute({
  plural: 'security_groups',
  permission: 'security-group:read',
  fields: {
    ...standardFields,
    name: 'name',
    shared: 'isShared',
    stateful: 'isStateful',
    is_default: 'isDefault',
  },
  search: searchSecurityGroups,
  view: groupView,
});

async function show(asked: Asked): Promise<Answer> {
  const group = await asked.operations.securityGroup.get({ id: asked.id('group', 'security-group') });
  return { status: 200, body: { security_group: onlyFields(groupView(group), asked.query) } };
}

/** Clients find a project's default group by this name: there is one. Throws `conflict`. */
function refuseDefault(name: string | undefined): void {
  if (name === 'default') throw new UnkaiError('conflict', 'Default security group already exists.');
}

const create = creation({
  one: 'security_group',
  many: 'security_groups',
  item: newGroup,
  async make(asked, wanted) {
    refuseDefault(wanted.name);
    const made = await asked.operations.securityGroup.create({
      projectId: placeOf(asked, wanted),
      name: nameOf(wanted.name),
      description: wanted.description ?? '',
    });
    return groupView(made);
  },
});

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('group', 'security-group');
  const { security_group: wanted } = await asked.body(groupChange);
  refuseDefault(wanted.name);
  const changed = await asked.operations.securityGroup.update({
    id,
    ...(wanted.name !== undefined && { name: nameOf(wanted.name) }),
    ...(wanted.description !== undefined && { description: wanted.description }),
  });
  return { status: 200, body: { security_group: groupView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.securityGroup.delete({ id: asked.id('group', 'security-group') });
  return { status: 204 };
}

/** An address alone means that one. */
function asPrefix(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

const portNumber = z.coerce.number().int().nullish();
const newRule = z.strictObject({
  security_group_id: z.string(),
  direction: z.enum(['ingress', 'egress']),
  ethertype: z.enum(['IPv4', 'IPv6']).nullish(),
  protocol: z.union([z.string(), z.number()]).nullish(),
  port_range_min: portNumber,
  port_range_max: portNumber,
  remote_ip_prefix: z
    .union(
      [cidr, ipAddress.overwrite(asPrefix)],
      fieldRule('must be a prefix', 'Send a prefix such as 10.0.0.0/24 or 2001:db8::/64, or one address.'),
    )
    .nullish(),
  remote_group_id: z.string().nullish(),
  remote_address_group_id: z
    .null(fieldRule('must be empty: there are no address groups', 'Leave it out; name a prefix or a group.'))
    .optional(),
  description: description.nullish(),
  ...owner,
});

/** Protocols by their names at IANA, as far as Neutron's clients use them; others are told by their number. */
const protocolNumbers: Readonly<Record<string, number>> = {
  hopopt: 0,
  igmp: 2,
  ipip: 4,
  egp: 8,
  dccp: 33,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  ospf: 89,
  vrrp: 112,
  'ipv6-encap': 41,
  'ipv6-route': 43,
  'ipv6-frag': 44,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  pgm: 113,
  sctp: 132,
  udplite: 136,
};
const icmpNames: ReadonlySet<string> = new Set(['icmp', 'icmpv6', 'ipv6-icmp', '1', '58']);

/** A protocol by any of its names, or null for one that there is none of. */
function protocolOf(given: string | number | null | undefined): Protocol | null {
  const name = String(given ?? '').toLowerCase();
  if (name === '' || name === 'any' || name === 'ip') return 'any';
  if (icmpNames.has(name)) return 'icmp';
  if (name === 'tcp' || name === 'udp') return name;
  const number = /^\d{1,3}$/.test(name) ? Number(name) : protocolNumbers[name];
  return number === undefined || number > 255 ? null : number;
}

type NewRule = z.output<typeof newRule>;

const createRule = creation({
  one: 'security_group_rule',
  many: 'security_group_rules',
  item: newRule,
  async make({ operations }, wanted) {
    const rule = ruleOf(wanted);
    const group = await operations.securityGroup.get({ id: wanted.security_group_id });
    const { remote_group_id: remote } = wanted;
    if (remote && !z.uuid().safeParse(remote).success) throw notFound('security-group', remote);
    if (remote) await operations.securityGroup.get({ id: remote });
    return ruleView(await operations.securityGroup.createRule({ securityGroupId: group.id, ...rule }), group);
  },
});

/** As Neutron says it; what asks for anything else is judged by the operation. Throws `invalid_input`. */
function checkRule({ port_range_min: least, port_range_max: most, ...wanted }: NewRule): void {
  const { ethertype, remote_ip_prefix: prefix } = wanted;
  if (ethertype && prefix && (ethertype === 'IPv6') !== prefix.includes(':')) {
    throw new UnkaiError(
      'invalid_input',
      `Conflicting value ethertype ${ethertype} for CIDR ${prefix}, the remote_ip_prefix.`,
    );
  }
  const isIcmp = protocolOf(wanted.protocol) === 'icmp';
  const [lowest, highest] = isIcmp ? [0, 255] : [1, 65_535];
  const check = (value: number | null | undefined, field: string, what: string) => {
    if (value == null || (value >= lowest && value <= highest)) return;
    const message = `Invalid value for ${what} ${value}: ${field} must be from ${lowest} to ${highest}`;
    throw new UnkaiError('invalid_input', message);
  };
  check(least, 'port_range_min', isIcmp ? 'ICMP type (port-range-min)' : 'port');
  check(most, 'port_range_max', isIcmp ? 'ICMP code (port-range-max)' : 'port');
  if (most == null || (least != null && (isIcmp || least <= most))) return;
  throw new UnkaiError(
    'invalid_input',
    isIcmp
      ? 'ICMP type (port-range-min) is missing: port_range_max goes with it'
      : 'For TCP/UDP protocols, port_range_min must be <= port_range_max',
  );
}

/** In our words. Of ICMP the range of ports is the type and the code. */
function ruleOf(wanted: NewRule) {
  checkRule(wanted);
  const protocol = protocolOf(wanted.protocol);
  if (protocol === null)
    throw refuseField(
      'protocol',
      'must be the name or the number of a protocol, to 255',
      'Send a name such as tcp, or a number from 0 to 255.',
    );
  const { port_range_min: least, port_range_max: most, remote_ip_prefix: remotePrefix } = wanted;
  const [first, last] = protocol === 'icmp' ? ['icmpType', 'icmpCode'] : ['portMin', 'portMax'];
  return {
    direction: wanted.direction,
    family: wanted.ethertype === 'IPv6' ? (6 as const) : (4 as const),
    protocol,
    ...(typeof least === 'number' && { [first]: least }),
    ...(typeof most === 'number' && { [last]: most }),
    ...(remotePrefix && { remotePrefix }),
    ...(wanted.remote_group_id && { remoteGroupId: wanted.remote_group_id }),
    description: wanted.description ?? '',
  };
}

/** Rules have no project of their own, and are not counted in revisions: they never change. */
const listRules = listRoute({
  plural: 'security_group_rules',
  permission: 'security-group:read',
  fields: {
    id: 'id',
    project_id: 'projectId',
    tenant_id: 'projectId',
    description: 'description',
    security_group_id: 'securityGroupId',
    direction: 'direction',
    ethertype: 'ethertype',
    protocol: 'protocol',
    port_range_min: 'portMin',
    port_range_max: 'portMax',
    remote_ip_prefix: 'remotePrefix',
    remote_group_id: 'remoteGroupId',
  },
  search: searchSecurityGroupRules,
  view: ({ rule, group }) => ruleView(rule, group),
});

const findRule = (asked: Asked) => findSecurityGroupRule(asked.call, asked.id('rule', 'security-group-rule'));

async function showRule(asked: Asked): Promise<Answer> {
  const { rule, group } = await findRule(asked);
  return { status: 200, body: { security_group_rule: onlyFields(ruleView(rule, group), asked.query) } };
}

async function removeRule(asked: Asked): Promise<Answer> {
  const { rule, group } = await findRule(asked);
  await asked.operations.securityGroup.deleteRule({ securityGroupId: group.id, id: rule.id });
  return { status: 204 };
}

export const securityGroupRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/security-groups', answer: list },
  { method: 'POST', path: '/v2.0/security-groups', answer: create },
  { method: 'GET', path: '/v2.0/security-groups/:group', answer: show },
  { method: 'PUT', path: '/v2.0/security-groups/:group', answer: update },
  { method: 'DELETE', path: '/v2.0/security-groups/:group', answer: remove },
  { method: 'GET', path: '/v2.0/security-group-rules', answer: listRules },
  { method: 'POST', path: '/v2.0/security-group-rules', answer: createRule },
  { method: 'GET', path: '/v2.0/security-group-rules/:rule', answer: showRule },
  { method: 'DELETE', path: '/v2.0/security-group-rules/:rule', answer: removeRule },
];
