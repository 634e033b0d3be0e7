import { cidrv4, ipv4 } from '@unkai/contracts/primitives';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer, onlyFields } from './collection.ts';
import { nameOf } from './network.ts';
import { subnetView } from './view.ts';

const newSubnet = z.strictObject({
  subnet: z.strictObject({
    network_id: z.string(),
    name: z.string().optional(),
    cidr: cidrv4,
    ip_version: z.literal(4, 'must be 4: there is no IPv6 yet'),
    gateway_ip: ipv4.optional(),
    dns_nameservers: z.array(ipv4).optional(),
    enable_dhcp: z.literal(true, 'must be true: addresses are always handed out').optional(),
    allocation_pools: z.never('cannot be chosen: all free addresses are handed out, lowest first').optional(),
    host_routes: z.array(z.unknown()).max(0, 'must be empty: there are no host routes yet').optional(),
    description: z.literal('', 'must be empty: subnets have none').optional(),
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
});

async function list(asked: Asked): Promise<Answer> {
  const projectId = projectOf(asked.call);
  const subnets = await everything((page) => asked.operations.subnet.list({ ...page, projectId }));
  return listAnswer(asked, 'subnets', subnets.map(subnetView));
}

async function show(asked: Asked): Promise<Answer> {
  const subnet = await asked.operations.subnet.get({ id: asked.id('subnet', 'subnet') });
  return { status: 200, body: { subnet: onlyFields(subnetView(subnet), asked.query) } };
}

async function create(asked: Asked): Promise<Answer> {
  const { subnet } = await asked.body(newSubnet);
  const made = await asked.operations.subnet.create({
    networkId: subnet.network_id,
    name: nameOf(subnet.name),
    cidr: subnet.cidr,
    ...(subnet.gateway_ip !== undefined && { gatewayAddress: subnet.gateway_ip }),
    dnsServers: subnet.dns_nameservers ?? [],
  });
  return { status: 201, body: { subnet: subnetView(made) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.subnet.delete({ id: asked.id('subnet', 'subnet') });
  return { status: 204 };
}

export const subnetRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/subnets', answer: list },
  { method: 'POST', path: '/v2.0/subnets', answer: create },
  { method: 'GET', path: '/v2.0/subnets/:subnet', answer: show },
  { method: 'DELETE', path: '/v2.0/subnets/:subnet', answer: remove },
];
