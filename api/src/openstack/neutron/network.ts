import { description, displayName } from '@unkai/contracts/primitives';
import { listNetworks } from '@unkai/core/store/network';
import { z } from 'zod';
import { everything } from '../paging.ts';
import { listPlace } from '../place.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer, notHere, onlyFields, placeOf } from './collection.ts';
import { networkView } from './view.ts';

export const always = (value: boolean, why: string) => z.literal(value, why).optional();

const common = {
  name: z.string().optional(),
  description: description.optional(),
  admin_state_up: always(true, 'must be true: networks are never switched off'),
  shared: always(false, 'must be false: networks belong to one project'),
  'router:external': always(false, 'must be false: there are no external networks'),
  port_security_enabled: always(true, 'must be true: ports are always protected'),
};
const newNetwork = z.strictObject({
  network: z.strictObject({
    ...common,
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
    availability_zone_hints: z.array(z.string()).max(0).optional(),
  }),
});
const networkChange = z.strictObject({ network: z.strictObject(common) });

async function list(asked: Asked): Promise<Answer> {
  const projectId = await listPlace(asked.call, 'network:read');
  const networks = await everything((page) => listNetworks(asked.call, { ...page, projectId }));
  return listAnswer(asked, 'networks', networks.map(networkView));
}

async function show(asked: Asked): Promise<Answer> {
  const network = await asked.operations.network.get({ id: asked.id('network', 'network') });
  return { status: 200, body: { network: onlyFields(networkView(network), asked.query) } };
}

async function create(asked: Asked): Promise<Answer> {
  const { network } = await asked.body(newNetwork);
  const made = await asked.operations.network.create({
    projectId: placeOf(asked, network),
    name: nameOf(network.name),
    description: network.description ?? '',
  });
  return { status: 201, body: { network: networkView(made) } };
}

/** Everything has a name here, also what was given none. Throws `invalid_input` for one that cannot be. */
export function nameOf(given: string | undefined): string {
  if (given === undefined || given === '') return 'unnamed';
  const parsed = displayName.safeParse(given);
  if (!parsed.success) throw notHere('name', parsed.error.issues[0]?.message ?? 'does not fit');
  return parsed.data;
}

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('network', 'network');
  const { network } = await asked.body(networkChange);
  const changed = await asked.operations.network.update({
    id,
    ...(network.name !== undefined && { name: nameOf(network.name) }),
    ...(network.description !== undefined && { description: network.description }),
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
