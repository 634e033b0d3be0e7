import { familyOf } from '@unkai/contracts/address-form';
import { fieldRule } from '@unkai/contracts/field-rule';
import { cidr, flag, ipAddress } from '@unkai/contracts/primitives';
import { ipv6Mode } from '@unkai/contracts/resources/subnet';
import { refuseField } from '@unkai/core/store/refusal';
import { searchSubnets } from '@unkai/core/store/subnet';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { onlyFields } from './collection.ts';
import { creation } from './creation.ts';
import { listRoute, standardFields } from './list.ts';
import { nameOf } from './network.ts';
import { defaultPool } from './subnet-pool.ts';
import { subnetView } from './view.ts';

const common = {
  name: z.string().optional(),
  /** Null: none. */
  gateway_ip: ipAddress.nullable().optional(),
  dns_nameservers: z.array(ipAddress).optional(),
  enable_dhcp: z.boolean().optional(),
  allocation_pools: z
    .array(z.strictObject({ start: ipAddress, end: ipAddress }))
    .min(1, fieldRule('must have a pool', 'Name a pool, or leave it out for the whole range.'))
    .optional(),
  host_routes: z.array(z.strictObject({ destination: cidr, nexthop: ipAddress })).optional(),
  description: z.literal('', fieldRule('must be empty: subnets have none', 'Leave it out.')).optional(),
};
type Told = z.output<z.ZodObject<typeof common>>;

/** What guests are told, as far as it was said. */
function toldBy({ gateway_ip, dns_nameservers, enable_dhcp, allocation_pools, host_routes }: Told) {
  return {
    ...(gateway_ip !== undefined && { gatewayAddress: gateway_ip }),
    ...(dns_nameservers !== undefined && { dnsServers: dns_nameservers }),
    ...(enable_dhcp !== undefined && { hasDhcp: enable_dhcp }),
    ...(allocation_pools !== undefined && {
      allocationPools: allocation_pools.map(({ start, end }) => ({ first: start, last: end })),
    }),
    ...(host_routes !== undefined && {
      hostRoutes: host_routes.map(({ destination, nexthop }) => ({ destination, nextHop: nexthop })),
    }),
  };
}

const newSubnet = z.strictObject({
  network_id: z.string(),
  cidr: cidr.nullish(),
  /** The pool that the range is from; with a range, that one. */
  subnetpool_id: z.string().nullish(),
  use_default_subnetpool: flag.optional(),
  /** How large a range of the pool is wanted. */
  prefixlen: z.coerce.number().int().nullish(),
  /** None: as the range is. */
  ip_version: z
    .union([z.literal(4), z.literal(6)], fieldRule('must be 4 or 6', 'Send 4 or 6, without quotes.'))
    .optional(),
  ipv6_address_mode: ipv6Mode.nullish(),
  ipv6_ra_mode: ipv6Mode.nullish(),
  ...common,
  tenant_id: z.string().optional(),
  project_id: z.string().optional(),
});

const subnetChange = z.strictObject({ subnet: z.strictObject(common) });

const list = listRoute({
  plural: 'subnets',
  permission: 'subnet:read',
  fields: {
    ...standardFields,
    name: 'name',
    network_id: 'networkId',
    cidr: 'cidr',
    ip_version: 'family',
    gateway_ip: 'gatewayAddress',
    enable_dhcp: 'hasDhcp',
    ipv6_address_mode: 'ipv6Mode',
    ipv6_ra_mode: 'ipv6Mode',
    dns_nameservers: 'dnsServers',
    subnetpool_id: 'subnetPoolId',
    segment_id: 'none',
    service_types: 'none',
  },
  search: searchSubnets,
  view: subnetView,
});

async function show(asked: Asked): Promise<Answer> {
  const subnet = await asked.operations.subnet.get({ id: asked.id('subnet', 'subnet') });
  return { status: 200, body: { subnet: onlyFields(subnetView(subnet), asked.query) } };
}

interface Modes {
  readonly ipv6_address_mode?: z.infer<typeof ipv6Mode> | null | undefined;
  readonly ipv6_ra_mode?: z.infer<typeof ipv6Mode> | null | undefined;
  readonly enable_dhcp?: boolean | undefined;
}

/** Who says how guests get an address also announces it: hosts do both, or neither. */
function modeOf({ ipv6_address_mode: address, ipv6_ra_mode: announced, enable_dhcp: hasDhcp }: Modes) {
  if (announced && address && address !== announced) {
    throw refuseField(
      'ipv6_ra_mode',
      'must be the same as ipv6_address_mode',
      'Send the same for both, or leave both out.',
    );
  }
  const mode = address ?? announced ?? null;
  if (mode !== null && hasDhcp === false)
    throw refuseField('ipv6_address_mode', 'needs enable_dhcp', 'Leave it out, or send enable_dhcp true.');
  return mode;
}

interface Range {
  readonly network_id: string;
  readonly cidr?: string | null | undefined;
  readonly subnetpool_id?: string | null | undefined;
  readonly use_default_subnetpool?: boolean | undefined;
  readonly prefixlen?: number | null | undefined;
  readonly ip_version?: 4 | 6 | undefined;
}

/** The range, or the pool that it is from. */
async function rangeOf(asked: Asked, { cidr: range, subnetpool_id: named, prefixlen, ...subnet }: Range) {
  const pool = subnet.use_default_subnetpool ? await poolOf(asked, subnet) : named;
  return {
    ...(range != null && { cidr: range }),
    ...(pool != null && { subnetPoolId: pool }),
    ...(prefixlen != null && { prefixLength: prefixlen }),
  };
}

async function poolOf(asked: Asked, { network_id: id, ip_version: version = 4 }: Range): Promise<string> {
  const { projectId } = await asked.operations.network.get({ id });
  return defaultPool(asked, projectId, version);
}

const create = creation({
  one: 'subnet',
  many: 'subnets',
  item: newSubnet,
  async make(asked, subnet) {
    const { ip_version: version, cidr: range } = subnet;
    if (version !== undefined && range != null && familyOf(range) !== version) {
      throw refuseField(
        'ip_version',
        `${range} is not IPv${version}`,
        'Send the version of the range, or leave it out.',
      );
    }
    const mode = modeOf(subnet);
    const made = await asked.operations.subnet.create({
      networkId: subnet.network_id,
      name: nameOf(subnet.name),
      ...(await rangeOf(asked, subnet)),
      ...(mode !== null && { ipv6Mode: mode }),
      ...toldBy(subnet),
    });
    return subnetView(made);
  },
});

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('subnet', 'subnet');
  const { subnet } = await asked.body(subnetChange);
  const changed = await asked.operations.subnet.update({
    id,
    ...(subnet.name !== undefined && { name: nameOf(subnet.name) }),
    ...toldBy(subnet),
  });
  return { status: 200, body: { subnet: subnetView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.subnet.delete({ id: asked.id('subnet', 'subnet') });
  return { status: 204 };
}

export const subnetRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/subnets', answer: list },
  { method: 'POST', path: '/v2.0/subnets', answer: create },
  { method: 'GET', path: '/v2.0/subnets/:subnet', answer: show },
  { method: 'PUT', path: '/v2.0/subnets/:subnet', answer: update },
  { method: 'DELETE', path: '/v2.0/subnets/:subnet', answer: remove },
];
