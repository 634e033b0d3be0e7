import type { DoorRow, DoorThings } from './openstack-denial-table.ts';

const forwarding = ({ port }: DoorThings) => ({
  port_forwarding: {
    protocol: 'tcp',
    internal_port_id: port,
    internal_ip_address: '10.0.0.9',
    internal_port: 22,
    external_port: 2222,
  },
});
const ofFloatingIp = '/floatingips/:floatingIp/port_forwardings';
/** Of routers what is not as with every noun, and floating IPs. */
export const routerRows: readonly DoorRow[] = [
  {
    route: 'PUT /routers/:router/add_router_interface',
    as: 'router.addInterface',
    body: ({ subnet }) => ({ subnet_id: subnet }),
  },
  {
    route: 'PUT /routers/:router/remove_router_interface',
    as: 'router.removeInterface',
    body: ({ subnet }) => ({ subnet_id: subnet }),
  },
  { route: 'PUT /routers/:router/add_extraroutes', as: 'router.update', body: () => ({ router: { routes: [] } }) },
  { route: 'PUT /routers/:router/remove_extraroutes', as: 'router.update', body: () => ({ router: { routes: [] } }) },

  { route: 'GET /floatingips', as: 'floatingIp.list', isOwn: true },
  {
    route: 'POST /floatingips',
    as: 'floatingIp.create',
    isOwn: true,
    body: ({ outside }) => ({ floatingip: { floating_network_id: outside } }),
  },
  { route: 'GET /floatingips/:floatingIp', as: 'floatingIp.get' },
  {
    route: 'PUT /floatingips/:floatingIp',
    as: 'floatingIp.update',
    body: () => ({ floatingip: { description: 'x' } }),
  },
  { route: 'GET /floatingips/:id/tags', as: 'floatingIp.get' },
  { route: 'PUT /floatingips/:id/tags', as: 'floatingIp.update', body: () => ({ tags: ['tag'] }) },
  { route: 'GET /floatingips/:id/tags/:tag', as: 'floatingIp.get' },
  { route: 'PUT /floatingips/:id/tags/:tag', as: 'floatingIp.update' },
  { route: 'DELETE /floatingips/:id/tags/:tag', as: 'floatingIp.update' },
  { route: 'DELETE /floatingips/:id/tags', as: 'floatingIp.update' },
  { route: `GET ${ofFloatingIp}`, as: 'floatingIp.get' },
  { route: `POST ${ofFloatingIp}`, as: 'floatingIp.createForwarding', body: forwarding },
  { route: `GET ${ofFloatingIp}/:forwarding`, as: 'floatingIp.get' },
  {
    route: `PUT ${ofFloatingIp}/:forwarding`,
    as: 'floatingIp.updateForwarding',
    body: () => ({ port_forwarding: { description: 'x' } }),
  },
  { route: `DELETE ${ofFloatingIp}/:forwarding`, as: 'floatingIp.deleteForwarding' },
  { route: 'DELETE /floatingips/:floatingIp', as: 'floatingIp.delete' },
];
