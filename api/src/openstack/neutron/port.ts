import { fieldRule } from '@unkai/contracts/field-rule';
import { description, flag, ipAddress, macAddress } from '@unkai/contracts/primitives';
import { dnsName, type Port } from '@unkai/contracts/resources/port';
import type { Call } from '@unkai/core/call';
import { searchPorts } from '@unkai/core/store/port';
import { readPortBindings } from '@unkai/core/store/port-binding';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { onlyFields, placeOf } from './collection.ts';
import { creation } from './creation.ts';
import { listRoute, standardFields } from './list.ts';
import { nameOf } from './network.ts';
import { portView, unbound } from './view.ts';

const fixedAddress = z.strictObject({ subnet_id: z.string().optional(), ip_address: ipAddress.optional() });
const nothing = (why: string) => z.literal('', fieldRule(why, 'Leave it out.')).nullish();
const lowerMac = z.string().toLowerCase().pipe(macAddress);
const addressPair = z.strictObject({ ip_address: z.string(), mac_address: lowerMac.nullish() });
const extraOption = z.strictObject({
  opt_name: z.string(),
  /** Null takes it away. */
  opt_value: z.string().nullable(),
  ip_version: z.union([z.literal(4), z.literal(6)]).optional(),
});

const common = {
  name: z.string().optional(),
  description: description.optional(),
  admin_state_up: flag.optional(),
  mac_address: lowerMac.optional(),
  fixed_ips: z.array(fixedAddress).optional(),
  security_groups: z.array(z.string()).nullish(),
  port_security_enabled: flag.optional(),
  allowed_address_pairs: z.array(addressPair).nullish(),
  qos_policy_id: z.string().nullable().optional(),
  extra_dhcp_opts: z.array(extraOption).nullish(),
  'binding:vnic_type': z.literal('normal', fieldRule('must be normal', 'Leave it out, or send "normal".')).optional(),
  'binding:profile': z
    .strictObject({}, fieldRule('must be empty: nothing is told to hosts by it', 'Leave it out.'))
    .nullish(),
  /** Empty takes it away. */
  dns_name: z.union([z.literal(''), dnsName]).nullish(),
  device_owner: nothing('must be empty: it follows from what has the port'),
  device_id: nothing('must be empty: a server is made with its port'),
};
const newPort = z.strictObject({
  network_id: z.string(),
  ...common,
  'binding:host_id': nothing('must be empty: the host follows from the server that has the port'),
  tenant_id: z.string().optional(),
  project_id: z.string().optional(),
});
const portChange = z.strictObject({ port: z.strictObject(common) });
type Wanted = z.infer<typeof portChange>['port'];

const list = listRoute({
  plural: 'ports',
  permission: 'port:read',
  fields: {
    ...standardFields,
    name: 'name',
    network_id: 'networkId',
    mac_address: 'macAddress',
    admin_state_up: 'isEnabled',
    port_security_enabled: 'hasPortSecurity',
    device_id: 'deviceId',
    device_owner: 'deviceOwner',
    status: 'state',
    fixed_ips: 'address',
    security_groups: 'securityGroupId',
    qos_policy_id: 'qosPolicyId',
    'binding:host_id': 'hostName',
    'binding:vnic_type': 'vnicType',
  },
  async search(call, ask) {
    const { items, isMore } = await searchPorts(call, ask);
    return { items: await bound(call, items), isMore };
  },
  view: ({ call, port, binding }) => portView(call, port, binding),
});

/** Ports with where they are. */
async function bound(call: Call, ports: readonly Port[]) {
  const bindings = await readPortBindings(
    call,
    ports.map(({ id }) => id),
  );
  return ports.map((port) => ({ call, port, binding: bindings.get(port.id) ?? unbound }));
}

async function viewOf({ call }: Asked, port: Port) {
  const [one] = await bound(call, [port]);
  return portView(call, port, one?.binding ?? unbound);
}

async function show(asked: Asked): Promise<Answer> {
  const port = await asked.operations.port.get({ id: asked.id('port', 'port') });
  return { status: 200, body: { port: onlyFields(await viewOf(asked, port), asked.query) } };
}

/** What of a port clients choose, in our words. Ports need no name. */
function partsOf(wanted: Wanted) {
  const { name, description: words, mac_address: mac, fixed_ips: fixed, security_groups: groups } = wanted;
  const { admin_state_up: isEnabled, port_security_enabled: secure, allowed_address_pairs: pairs } = wanted;
  return {
    ...(name !== undefined && { name: name === '' ? '' : nameOf(name) }),
    ...(words !== undefined && { description: words }),
    ...(mac !== undefined && { macAddress: mac }),
    ...(isEnabled !== undefined && { isEnabled }),
    ...(secure !== undefined && { hasPortSecurity: secure }),
    ...(groups !== undefined && { securityGroupIds: groups ?? [] }),
    ...(pairs !== undefined && { allowedAddressPairs: pairsOf(pairs ?? []) }),
    ...(wanted.dns_name !== undefined && { dnsName: wanted.dns_name || null }),
    ...(wanted.qos_policy_id !== undefined && { qosPolicyId: wanted.qos_policy_id }),
    ...(fixed !== undefined && {
      addresses: fixed.map(({ subnet_id: subnetId, ip_address: address }) => ({ subnetId, address })),
    }),
  };
}

function pairsOf(pairs: ReadonlyArray<z.infer<typeof addressPair>>) {
  return pairs.map(({ ip_address: prefix, mac_address: mac }) => ({ prefix, macAddress: mac ?? null }));
}

type Options = ReadonlyArray<{ family?: 4 | 6; name: string; value: string }>;

/** The options as a change leaves them: those that are named take the place of their like, and without a value go. */
function optionsOf({ extra_dhcp_opts: given }: Wanted, present: Options) {
  if (given === undefined) return {};
  const said = (given ?? []).map(({ opt_name: name, opt_value: value, ip_version: family = 4 }) => ({
    family,
    name,
    value,
  }));
  const isSaid = (option: { readonly family?: 4 | 6; readonly name: string }) =>
    said.some(({ family, name }) => name === option.name && family === (option.family ?? 4));
  const kept = present.filter((option) => !isSaid(option));
  const set = said.flatMap(({ family, name, value }) => (value === null ? [] : [{ family, name, value }]));
  return { dhcpOptions: [...kept, ...set] };
}

const create = creation({
  one: 'port',
  many: 'ports',
  item: newPort,
  async make(asked, port) {
    const made = await asked.operations.port.create({
      networkId: port.network_id,
      projectId: placeOf(asked, port),
      ...partsOf(port),
      ...optionsOf(port, []),
    });
    return viewOf(asked, made);
  },
});

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('port', 'port');
  const { port } = await asked.body(portChange);
  const present = port.extra_dhcp_opts ? (await asked.operations.port.get({ id })).dhcpOptions : [];
  const changed = await asked.operations.port.update({ id, ...partsOf(port), ...optionsOf(port, present) });
  return { status: 200, body: { port: await viewOf(asked, changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.port.delete({ id: asked.id('port', 'port') });
  return { status: 204 };
}

export const portRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/ports', answer: list },
  { method: 'POST', path: '/v2.0/ports', answer: create },
  { method: 'GET', path: '/v2.0/ports/:port', answer: show },
  { method: 'PUT', path: '/v2.0/ports/:port', answer: update },
  { method: 'DELETE', path: '/v2.0/ports/:port', answer: remove },
];
