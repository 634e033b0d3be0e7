import { familyOf } from '@unkai/contracts/address-form';
import { notFound } from '@unkai/core/access';
import { type NetworkAvailability, searchAvailability } from '@unkai/core/store/network-availability';
import { exactInteger } from '../exact-integer.ts';
import { listPlace } from '../place.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { onlyFields } from './collection.ts';
import { listRoute } from './list.ts';

function availabilityView({ id, name, projectId, subnets }: NetworkAvailability) {
  const each = subnets.map((subnet) => ({
    subnet_id: subnet.id,
    subnet_name: subnet.name,
    cidr: subnet.cidr,
    ip_version: familyOf(subnet.cidr),
    total_ips: exactInteger(subnet.total),
    used_ips: subnet.used,
  }));
  return {
    // Neutron calls it by the network's name alone; pages are found by it here.
    id,
    network_id: id,
    network_name: name,
    tenant_id: projectId,
    project_id: projectId,
    total_ips: exactInteger(subnets.reduce((sum, { total }) => sum + total, 0n)),
    used_ips: subnets.reduce((sum, { used }) => sum + used, 0),
    subnet_ip_availability: each,
  };
}

const list = listRoute({
  plural: 'network_ip_availabilities',
  permission: 'network:read',
  fields: {
    network_id: 'id',
    network_name: 'name',
    project_id: 'projectId',
    tenant_id: 'projectId',
    ip_version: 'subnetFamily',
  },
  search: searchAvailability,
  view: availabilityView,
});

async function show(asked: Asked): Promise<Answer> {
  const { id } = await asked.operations.network.get({ id: asked.id('network', 'network') });
  const projectId = await listPlace(asked.call, 'network:read');
  const one = {
    filters: [{ field: 'id' as const, values: [id] }],
    order: [],
    marker: null,
    isReverse: false,
    limit: 1,
  };
  const [found] = (await searchAvailability(asked.call, { ...one, projectId })).items;
  if (found === undefined) throw notFound('network', id);
  return { status: 200, body: { network_ip_availability: onlyFields(availabilityView(found), asked.query) } };
}

/** How many addresses networks have to give. */
export const ipAvailabilityRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/network-ip-availabilities', answer: list },
  { method: 'GET', path: '/v2.0/network-ip-availabilities/:network', answer: show },
];
