import { fieldRule } from '@unkai/contracts/field-rule';
import { ipAddress } from '@unkai/contracts/primitives';
import { notFound } from '@unkai/core/access';
import type { FoundPort } from '@unkai/core/store/server-search';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { refuse } from './flavor.ts';
import { serverOf } from './server.ts';

function interfaceView(port: FoundPort) {
  return {
    port_id: port.id,
    net_id: port.networkId,
    mac_addr: port.macAddress,
    port_state: 'ACTIVE',
    fixed_ips: [{ subnet_id: port.subnetId, ip_address: port.address }],
  };
}

async function listInterfaces(asked: Asked): Promise<Answer> {
  return { status: 200, body: { interfaceAttachments: (await serverOf(asked)).ports.map(interfaceView) } };
}

async function showInterface(asked: Asked): Promise<Answer> {
  const id = asked.param('port');
  const port = (await serverOf(asked)).ports.find((each) => each.id === id);
  if (port === undefined) throw notFound('port of this server', id);
  return { status: 200, body: { interfaceAttachment: interfaceView(port) } };
}

const attachment = z.strictObject({
  interfaceAttachment: z
    .strictObject({
      port_id: z.string().optional(),
      net_id: z.string().optional(),
      fixed_ips: z
        .array(z.strictObject({ ip_address: ipAddress }))
        .length(1, fieldRule('must be one', 'Send one address, or leave it out for the next free one.'))
        .optional(),
      tag: z.never(fieldRule('cannot be given: interfaces have no tags', 'Leave it out.')).optional(),
    })
    .optional(),
});

/** A port, or a network; Nova's clients leave out the network where the project has one alone. */
async function attach(asked: Asked): Promise<Answer> {
  const { interfaceAttachment: wanted = {} } = await asked.body(attachment);
  const { port_id: portId, net_id: networkId, fixed_ips: fixed } = wanted;
  const { id, ports: before } = await serverOf(asked);
  if (portId === undefined && networkId === undefined)
    throw refuse('net_id', 'is needed where no port_id is given', 'Send net_id or port_id.');
  if (portId !== undefined && networkId !== undefined)
    throw refuse('net_id', 'goes without port_id', 'Leave net_id or port_id out.');
  if (fixed !== undefined && networkId === undefined)
    throw refuse('fixed_ips', 'go with net_id', 'Leave them out, or send net_id.');
  const place = portId === undefined ? { networkId, address: fixed?.[0]?.ip_address } : { portId };
  await asked.operations.server.attachInterface({ id, ...place });
  const made = (await serverOf(asked)).ports.find((port) => before.every((each) => each.id !== port.id));
  if (made === undefined) throw notFound('port of this server', portId ?? '');
  return { status: 200, body: { interfaceAttachment: interfaceView(made) } };
}

async function detach(asked: Asked): Promise<Answer> {
  const { id, ports } = await serverOf(asked);
  const portId = asked.param('port');
  if (ports.every((port) => port.id !== portId)) throw notFound('port of this server', portId);
  await asked.operations.server.detachInterface({ id, portId });
  return { status: 202 };
}

const all = '/v2.1/servers/:server/os-interface';

export const serverInterfaceRoutes: readonly Route[] = [
  { method: 'GET', path: all, answer: listInterfaces },
  { method: 'POST', path: all, answer: attach },
  { method: 'GET', path: `${all}/:port`, answer: showInterface },
  { method: 'DELETE', path: `${all}/:port`, answer: detach },
];
