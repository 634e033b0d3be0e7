import { unique } from './denial-verdicts.ts';
import type { DoorRow } from './openstack-denial-table.ts';

/** For what newer versions of the door no longer have. */
export const firstVersion = { 'openstack-api-version': 'compute 2.1' };

const onHost = () => ({ host: 'rack-1', binary: 'nova-compute' });

/** What the compute door says of hosts, aggregates and server groups. */
export const hostRows: readonly DoorRow[] = [
  { route: 'GET /os-services', as: 'host.list' },
  { route: 'PUT /os-services/enable', headers: firstVersion, as: 'host by name', body: onHost },
  { route: 'PUT /os-services/disable', headers: firstVersion, as: 'host by name', body: onHost },
  { route: 'PUT /os-services/disable-log-reason', headers: firstVersion, as: 'host by name', body: onHost },
  {
    route: 'PUT /os-services/force-down',
    headers: { 'openstack-api-version': 'compute 2.11' },
    as: 'host by name',
    body: () => ({ ...onHost(), forced_down: false }),
  },
  { route: 'PUT /os-services/:service', as: 'host.update', body: () => ({ status: 'enabled' }) },
  // Who may would take the host from the rows below.
  { route: 'DELETE /os-services/:service', as: 'host by name', permitted: null },
  { route: 'GET /os-aggregates', as: 'aggregate.list' },
  { route: 'POST /os-aggregates', as: 'aggregate.create', body: () => ({ aggregate: { name: unique() } }) },
  { route: 'GET /os-aggregates/:aggregate', as: 'aggregate.list' },
  {
    route: 'PUT /os-aggregates/:aggregate',
    as: 'host by name',
    body: () => ({ aggregate: { availability_zone: null } }),
  },
  {
    route: 'POST /os-aggregates/:aggregate/action',
    as: 'host by name',
    body: () => ({ set_metadata: { metadata: {} } }),
  },
  { route: 'DELETE /os-aggregates/:aggregate', as: 'aggregate by number' },
  { route: 'GET /os-server-groups', as: 'serverGroup.list', isOwn: true },
  {
    route: 'POST /os-server-groups',
    as: 'serverGroup.create',
    isOwn: true,
    body: () => ({ server_group: { name: unique(), policies: ['affinity'] } }),
    headers: firstVersion,
  },
  { route: 'GET /os-server-groups/:serverGroup', as: 'serverGroup.get' },
  { route: 'DELETE /os-server-groups/:serverGroup', as: 'serverGroup.delete' },
  { route: 'GET /os-hypervisors', as: 'host.list' },
  { route: 'GET /os-hypervisors/detail', as: 'host.list' },
  { route: 'GET /os-hypervisors/statistics', as: 'host.list' },
  { route: 'GET /os-hypervisors/:host', as: 'host.list' },
  { route: 'GET /os-hypervisors/:host/uptime', as: 'host.list' },
  { route: 'GET /os-hypervisors/:host/search', headers: firstVersion, as: 'host.list' },
  { route: 'GET /os-hypervisors/:host/servers', headers: firstVersion, as: 'host.list' },
  { route: 'GET /os-hosts', headers: firstVersion, as: 'host.list' },
  { route: 'GET /os-hosts/:host', headers: firstVersion, as: 'host.list' },
  { route: 'PUT /os-hosts/:host', headers: firstVersion, as: 'host by name', body: () => ({ status: 'enable' }) },
  { route: 'GET /os-availability-zone', as: 'availabilityZone.list' },
  { route: 'GET /os-availability-zone/detail', as: 'host.list' },
];
