import { description, ipv4, macAddress } from '@unkai/contracts/primitives';
import { listPorts } from '@unkai/core/store/port';
import { z } from 'zod';
import { everything } from '../paging.ts';
import { listPlace } from '../place.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer, onlyFields, placeOf } from './collection.ts';
import { always, nameOf } from './network.ts';
import { portView } from './view.ts';

const fixedAddress = z.strictObject({ subnet_id: z.string().optional(), ip_address: ipv4.optional() });
const nothing = (why: string) => z.literal('', why).optional();

const common = {
  name: z.string().optional(),
  description: description.optional(),
  admin_state_up: always(true, 'must be true: ports are never switched off'),
  mac_address: z.string().toLowerCase().pipe(macAddress).optional(),
  fixed_ips: z.array(fixedAddress).length(1, 'must name one address: ports have one').optional(),
  security_groups: z.array(z.string()).optional(),
  port_security_enabled: always(true, 'must be true: ports are always protected'),
  allowed_address_pairs: z.array(z.unknown()).max(0, 'must be empty: a port has its own address alone').optional(),
  'binding:vnic_type': z.literal('normal', 'must be normal').optional(),
  device_owner: nothing('must be empty: it follows from the server'),
  device_id: nothing('must be empty: a server is made with its port'),
};
const newPort = z.strictObject({
  port: z.strictObject({
    network_id: z.string(),
    ...common,
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
});
const portChange = z.strictObject({ port: z.strictObject(common) });
type Wanted = z.infer<typeof portChange>['port'];

async function list(asked: Asked): Promise<Answer> {
  const projectId = await listPlace(asked.call, 'port:read');
  const ports = await everything((page) => listPorts(asked.call, { ...page, projectId }));
  return listAnswer(asked, 'ports', ports.map(portView));
}

async function show(asked: Asked): Promise<Answer> {
  const port = await asked.operations.port.get({ id: asked.id('port', 'port') });
  return { status: 200, body: { port: onlyFields(portView(port), asked.query) } };
}

/** What of a port clients choose, in our words. Ports need no name. */
function partsOf({ name, description: words, mac_address: mac, fixed_ips: fixed, security_groups: groups }: Wanted) {
  return {
    ...(name !== undefined && { name: name === '' ? '' : nameOf(name) }),
    ...(words !== undefined && { description: words }),
    ...(mac !== undefined && { macAddress: mac }),
    ...(groups !== undefined && { securityGroupIds: groups }),
    ...(fixed !== undefined && {
      addresses: fixed.map(({ subnet_id: subnetId, ip_address: address }) => ({ subnetId, address })),
    }),
  };
}

async function create(asked: Asked): Promise<Answer> {
  const { port } = await asked.body(newPort);
  const network = await asked.operations.network.get({ id: port.network_id });
  const projectId = placeOf(asked, port);
  const made = await asked.operations.port.create({ networkId: network.id, projectId, ...partsOf(port) });
  return { status: 201, body: { port: portView(made) } };
}

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('port', 'port');
  const { port } = await asked.body(portChange);
  const changed = await asked.operations.port.update({ id, ...partsOf(port) });
  return { status: 200, body: { port: portView(changed) } };
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
