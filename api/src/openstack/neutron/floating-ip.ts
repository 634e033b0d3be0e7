import { fieldRule } from '@unkai/contracts/field-rule';
import { description, ipv4 } from '@unkai/contracts/primitives';
import type { FloatingIp, FloatingIpState, PortForwarding } from '@unkai/contracts/resources/floating-ip';
import { notFound } from '@unkai/core/access';
import { searchFloatingIps } from '@unkai/core/store/floating-ip';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer, onlyFields, placeOf } from './collection.ts';
import { creation } from './creation.ts';
import { listRoute, standardFields } from './list.ts';
import { owned } from './view.ts';

const common = {
  description: description.optional(),
  port_id: z.string().nullable().optional(),
  fixed_ip_address: ipv4.nullable().optional(),
};
const newFloatingIp = z.strictObject({
  ...common,
  floating_network_id: z.string(),
  floating_ip_address: ipv4.optional(),
  subnet_id: z.string().optional(),
  tenant_id: z.string().optional(),
  project_id: z.string().optional(),
});
const floatingIpChange = z.strictObject({ floatingip: z.strictObject(common) });

function floatingIpView(floatingIp: FloatingIp) {
  const { id, networkId, address, description: words, tags, portId, fixedAddress, routerId, forwardings } = floatingIp;
  return {
    id,
    description: words,
    tags,
    ...owned(floatingIp),
    floating_network_id: networkId,
    floating_ip_address: address,
    port_id: portId,
    fixed_ip_address: fixedAddress,
    router_id: routerId,
    status: status[floatingIp.state],
    port_forwardings: forwardings.map((each) => ({
      protocol: each.protocol,
      internal_ip_address: each.fixedAddress,
      internal_port: each.internalPortMin,
      external_port: each.externalPortMin,
    })),
  };
}

/** Neutron says no reason; the portal and `/v1` do. One that waits for its host passes nowhere. */
const status = { down: 'DOWN', waiting: 'DOWN', active: 'ACTIVE', error: 'ERROR' } as const satisfies Record<
  FloatingIpState,
  string
>;

/** What of a floating IP clients choose, in our words. */
function partsOf({
  description: words,
  port_id: portId,
  fixed_ip_address: fixedAddress,
}: z.infer<typeof floatingIpChange>['floatingip']) {
  return {
    ...(words !== undefined && { description: words }),
    ...(portId !== undefined && { portId: portId === '' ? null : portId }),
    ...(fixedAddress != null && { fixedAddress }),
  };
}

const idOf = (asked: Asked) => asked.id('floatingIp', 'floating-ip');

const list = listRoute({
  plural: 'floatingips',
  permission: 'floating-ip:read',
  fields: {
    ...standardFields,
    floating_network_id: 'networkId',
    floating_ip_address: 'address',
    port_id: 'portId',
    fixed_ip_address: 'fixedAddress',
    router_id: 'routerId',
    status: 'state',
  },
  search: searchFloatingIps,
  view: floatingIpView,
});

async function show(asked: Asked): Promise<Answer> {
  const view = floatingIpView(await asked.operations.floatingIp.get({ id: idOf(asked) }));
  return { status: 200, body: { floatingip: onlyFields(view, asked.query) } };
}

const create = creation({
  one: 'floatingip',
  many: 'floatingips',
  item: newFloatingIp,
  async make(asked, wanted) {
    const { floating_network_id: networkId, floating_ip_address: address, subnet_id: subnetId } = wanted;
    const where = { projectId: placeOf(asked, wanted), networkId, address, subnetId };
    return floatingIpView(await asked.operations.floatingIp.create({ ...where, ...partsOf(wanted) }));
  },
});

async function update(asked: Asked): Promise<Answer> {
  const { floatingip: wanted } = await asked.body(floatingIpChange);
  const changed = await asked.operations.floatingIp.update({ id: idOf(asked), ...partsOf(wanted) });
  return { status: 200, body: { floatingip: floatingIpView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.floatingIp.delete({ id: idOf(asked) });
  return { status: 204 };
}

/** `80` or `80:89`, as text. */
const range = z
  .string()
  .regex(
    /^\d{1,5}(:\d{1,5})?$/,
    fieldRule('must be a port, or two with a colon between', 'Send a port such as "80", or a range such as "80:89".'),
  );
const forwarding = {
  description: description.optional(),
  protocol: z.enum(['tcp', 'udp']).optional(),
  internal_port_id: z.string().optional(),
  internal_ip_address: ipv4.optional(),
  internal_port: z.number().int().optional(),
  internal_port_range: range.optional(),
  external_port: z.number().int().optional(),
  external_port_range: range.optional(),
};
const newForwarding = z.strictObject({
  port_forwarding: z.strictObject({ ...forwarding, protocol: z.enum(['tcp', 'udp']), internal_port_id: z.string() }),
});
const forwardingChange = z.strictObject({ port_forwarding: z.strictObject(forwarding) });

function forwardingView({ id, description: words, protocol, portId, fixedAddress, ...ports }: PortForwarding) {
  const { externalPortMin, externalPortMax, internalPortMin, internalPortMax } = ports;
  const isOne = externalPortMin === externalPortMax;
  return {
    id,
    description: words,
    protocol,
    internal_port_id: portId,
    internal_ip_address: fixedAddress,
    ...(isOne && { internal_port: internalPortMin, external_port: externalPortMin }),
    internal_port_range: `${internalPortMin}:${internalPortMax}`,
    external_port_range: `${externalPortMin}:${externalPortMax}`,
  };
}

/** The ends of a range that was given as a number or as text; none was: nothing. */
function ends(port: number | undefined, text: string | undefined): readonly [number, number] | null {
  if (port !== undefined) return [port, port];
  if (text === undefined) return null;
  const [first = '', last = first] = text.split(':');
  return [Number(first), Number(last)];
}

function forwardingParts(wanted: z.infer<typeof forwardingChange>['port_forwarding']) {
  const { description: words, protocol, internal_port_id: portId, internal_ip_address: fixedAddress } = wanted;
  const outer = ends(wanted.external_port, wanted.external_port_range);
  const inner = ends(wanted.internal_port, wanted.internal_port_range);
  return {
    ...(words !== undefined && { description: words }),
    ...(protocol !== undefined && { protocol }),
    ...(portId !== undefined && { portId }),
    ...(fixedAddress !== undefined && { fixedAddress }),
    ...(outer && { externalPortMin: outer[0], externalPortMax: outer[1] }),
    ...(inner && { internalPortMin: inner[0], internalPortMax: inner[1] }),
  };
}

async function listForwardings(asked: Asked): Promise<Answer> {
  const { forwardings } = await asked.operations.floatingIp.get({ id: idOf(asked) });
  return listAnswer(asked, 'port_forwardings', forwardings.map(forwardingView));
}

async function showForwarding(asked: Asked): Promise<Answer> {
  const { forwardings } = await asked.operations.floatingIp.get({ id: idOf(asked) });
  const id = asked.id('forwarding', 'port-forwarding');
  const found = forwardings.find((each) => each.id === id);
  if (found === undefined) throw notFound('port-forwarding', id);
  return { status: 200, body: { port_forwarding: forwardingView(found) } };
}

async function createForwarding(asked: Asked): Promise<Answer> {
  const { port_forwarding: wanted } = await asked.body(newForwarding);
  const { protocol, internal_port_id: portId } = wanted;
  const ports = { externalPortMin: 0, internalPortMin: 0, ...forwardingParts(wanted) };
  const made = await asked.operations.floatingIp.createForwarding({
    floatingIpId: idOf(asked),
    ...ports,
    protocol,
    portId,
  });
  return { status: 201, body: { port_forwarding: forwardingView(made) } };
}

async function updateForwarding(asked: Asked): Promise<Answer> {
  const { port_forwarding: wanted } = await asked.body(forwardingChange);
  const ids = { floatingIpId: idOf(asked), id: asked.id('forwarding', 'port-forwarding') };
  const changed = await asked.operations.floatingIp.updateForwarding({ ...ids, ...forwardingParts(wanted) });
  return { status: 200, body: { port_forwarding: forwardingView(changed) } };
}

async function removeForwarding(asked: Asked): Promise<Answer> {
  const ids = { floatingIpId: idOf(asked), id: asked.id('forwarding', 'port-forwarding') };
  await asked.operations.floatingIp.deleteForwarding(ids);
  return { status: 204 };
}

const one = '/v2.0/floatingips/:floatingIp';
const forwardings = `${one}/port_forwardings`;

export const floatingIpRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/floatingips', answer: list },
  { method: 'POST', path: '/v2.0/floatingips', answer: create },
  { method: 'GET', path: one, answer: show },
  { method: 'PUT', path: one, answer: update },
  { method: 'DELETE', path: one, answer: remove },
  { method: 'GET', path: forwardings, answer: listForwardings },
  { method: 'POST', path: forwardings, answer: createForwarding },
  { method: 'GET', path: `${forwardings}/:forwarding`, answer: showForwarding },
  { method: 'PUT', path: `${forwardings}/:forwarding`, answer: updateForwarding },
  { method: 'DELETE', path: `${forwardings}/:forwarding`, answer: removeForwarding },
];
