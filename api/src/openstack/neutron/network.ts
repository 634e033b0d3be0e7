import { invalidInput } from '@unkai/contracts/errors';
import { fieldRule } from '@unkai/contracts/field-rule';
import { description, displayName, flag } from '@unkai/contracts/primitives';
import { networkType, physicalNetworkName } from '@unkai/contracts/resources/network';
import { searchNetworks } from '@unkai/core/store/network';
import { refuseField } from '@unkai/core/store/refusal';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { onlyFields, placeOf } from './collection.ts';
import { creation } from './creation.ts';
import { listRoute, standardFields } from './list.ts';
import { networkView } from './view.ts';

/** A field that can be said, but only as it is. */
export const always = (value: boolean, why: string) => z.literal(value, fieldRule(why, 'Leave it out.')).optional();

const common = {
  name: z.string().optional(),
  description: description.optional(),
  admin_state_up: flag.optional(),
  shared: flag.optional(),
  'router:external': flag.optional(),
  port_security_enabled: flag.optional(),
  qos_policy_id: z.string().nullable().optional(),
  mtu: z.coerce.number().int().optional(),
};
type Told = z.output<z.ZodObject<typeof common>>;

/** A number, also as clients that take it from a command line send it. */
const segment = z.coerce.number().int().min(1).max(16_777_215);
const place = {
  'provider:network_type': networkType.nullish(),
  'provider:physical_network': physicalNetworkName.nullish(),
  'provider:segmentation_id': segment.nullish(),
};
const newNetwork = z.strictObject({
  ...common,
  ...place,
  tenant_id: z.string().optional(),
  project_id: z.string().optional(),
  availability_zone_hints: z.array(z.string()).max(0).optional(),
});
const networkChange = z.strictObject({ network: z.strictObject(common) });

/** What both a new network and a change may say, in our words. */
function saidOf({ description: words, mtu, ...told }: Told) {
  const { admin_state_up: isEnabled, shared, 'router:external': external, port_security_enabled: secure } = told;
  return {
    ...(words !== undefined && { description: words }),
    ...(mtu !== undefined && { mtu }),
    ...(isEnabled !== undefined && { isEnabled }),
    ...(shared !== undefined && { isShared: shared }),
    ...(external !== undefined && { isExternal: external }),
    ...(secure !== undefined && { hasPortSecurity: secure }),
    ...(told.qos_policy_id !== undefined && { qosPolicyId: told.qos_policy_id }),
  };
}

/** Where an operator wants it; nothing where none of the attributes was sent. */
function providerOf(given: z.output<z.ZodObject<typeof place>>) {
  const type = given['provider:network_type'] ?? undefined;
  const physicalNetwork = given['provider:physical_network'] ?? undefined;
  const segmentationId = given['provider:segmentation_id'] ?? undefined;
  if (type === undefined && physicalNetwork === undefined && segmentationId === undefined) return {};
  if (type === undefined)
    throw refuseField(
      'provider:network_type',
      'is needed where another provider attribute is given',
      'Send vxlan, gre, vlan, flat or local.',
    );
  return {
    provider: {
      type,
      ...(physicalNetwork !== undefined && { physicalNetwork }),
      ...(segmentationId !== undefined && { segmentationId }),
    },
  };
}

const list = listRoute({
  plural: 'networks',
  permission: 'network:read',
  fields: {
    ...standardFields,
    name: 'name',
    admin_state_up: 'isEnabled',
    shared: 'isShared',
    'router:external': 'isExternal',
    is_default: 'isDefault',
    port_security_enabled: 'hasPortSecurity',
    mtu: 'mtu',
    qos_policy_id: 'qosPolicyId',
    status: 'state',
    'provider:network_type': 'type',
    'provider:physical_network': 'physicalNetwork',
    'provider:segmentation_id': 'segmentationId',
    subnets: 'subnetId',
  },
  search: searchNetworks,
  view: networkView,
});

async function show(asked: Asked): Promise<Answer> {
  const network = await asked.operations.network.get({ id: asked.id('network', 'network') });
  return { status: 200, body: { network: onlyFields(networkView(network), asked.query) } };
}

const create = creation({
  one: 'network',
  many: 'networks',
  item: newNetwork,
  async make(asked, network) {
    const made = await asked.operations.network.create({
      projectId: placeOf(asked, network),
      name: nameOf(network.name),
      ...saidOf(network),
      ...providerOf(network),
    });
    return networkView(made);
  },
});

/** Everything has a name here, also what was given none. Throws `invalid_input` for one that cannot be. */
export function nameOf(given: string | undefined): string {
  if (given === undefined || given === '') return 'unnamed';
  const parsed = displayName.safeParse(given);
  if (!parsed.success) throw invalidInput(parsed.error, 'name');
  return parsed.data;
}

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('network', 'network');
  const { network } = await asked.body(networkChange);
  const changed = await asked.operations.network.update({
    id,
    ...(network.name !== undefined && { name: nameOf(network.name) }),
    ...saidOf(network),
  });
  return { status: 200, body: { network: networkView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.network.delete({ id: asked.id('network', 'network') });
  return { status: 204 };
}

export const networkRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/networks', answer: list },
  { method: 'POST', path: '/v2.0/networks', answer: create },
  { method: 'GET', path: '/v2.0/networks/:network', answer: show },
  { method: 'PUT', path: '/v2.0/networks/:network', answer: update },
  { method: 'DELETE', path: '/v2.0/networks/:network', answer: remove },
];
