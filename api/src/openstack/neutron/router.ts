import { fieldRule, sizeRule } from '@unkai/contracts/field-rule';
import { description, ipAddress } from '@unkai/contracts/primitives';
import { mostGatewayAddresses, type Router } from '@unkai/contracts/resources/router';
import { notFound } from '@unkai/core/access';
import { refuseField } from '@unkai/core/store/refusal';
import { searchRouters } from '@unkai/core/store/router';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { onlyFields, placeOf } from './collection.ts';
import { creation } from './creation.ts';
import { listRoute, standardFields } from './list.ts';
import { always, nameOf } from './network.ts';
import { owned } from './view.ts';

const gateway = z.strictObject({
  network_id: z.string(),
  enable_snat: z.boolean().optional(),
  external_fixed_ips: z
    .array(z.strictObject({ subnet_id: z.string().optional(), ip_address: ipAddress.optional() }))
    .max(mostGatewayAddresses, sizeRule)
    .optional(),
});
const isEmpty = (given: unknown) => typeof given === 'object' && given !== null && Object.keys(given).length === 0;
/** Clients take a gateway away with null, or with nothing in it. */
const gatewayInfo = z.preprocess((given) => (isEmpty(given) ? null : given), gateway.nullable());
const routes = z.array(z.strictObject({ destination: z.string(), nexthop: z.string() }));

const common = {
  name: z.string().optional(),
  description: description.optional(),
  admin_state_up: z.boolean().optional(),
  external_gateway_info: gatewayInfo.optional(),
  distributed: always(false, 'must be false: a router is on one host at a time'),
  ha: always(false, 'must be false: a router whose host fails is moved'),
};
const newRouter = z.strictObject({
  ...common,
  tenant_id: z.string().optional(),
  project_id: z.string().optional(),
  availability_zone_hints: z.array(z.string()).max(0, fieldRule('must be empty', 'Leave it out.')).optional(),
  flavor_id: z.null().optional(),
});
/** Clients take all routes away with null too. */
const allRoutes = routes.nullable().transform((given) => given ?? []);
const routerChange = z.strictObject({ router: z.strictObject({ ...common, routes: allRoutes.optional() }) });
const extraRoutes = z.strictObject({ router: z.strictObject({ routes }) });
const interfaceWanted = z.strictObject({ subnet_id: z.string().optional(), port_id: z.string().optional() });

const statuses = { building: 'ALLOCATING', active: 'ACTIVE', down: 'DOWN', error: 'ERROR' } as const;

function routerView(router: Router) {
  const { id, name, description: words, tags, isEnabled, state, gateway: out } = router;
  return {
    id,
    name,
    description: words,
    tags,
    ...owned(router),
    admin_state_up: isEnabled,
    status: statuses[state],
    external_gateway_info: out && {
      network_id: out.networkId,
      enable_snat: out.hasSnat,
      external_fixed_ips: out.addresses.map(({ subnetId, address }) => ({ subnet_id: subnetId, ip_address: address })),
    },
    routes: router.routes.map(({ destination, nextHop }) => ({ destination, nexthop: nextHop })),
    distributed: false,
    ha: false,
    availability_zone_hints: [],
    availability_zones: [],
    flavor_id: null,
  };
}

/** What of a router clients choose, in our words. */
function partsOf(wanted: z.infer<typeof routerChange>['router']) {
  const { name, description: words, admin_state_up: isEnabled, external_gateway_info: out, routes: ways } = wanted;
  return {
    ...(name !== undefined && { name: nameOf(name) }),
    ...(words !== undefined && { description: words }),
    ...(isEnabled !== undefined && { isEnabled }),
    ...(out !== undefined && { gateway: out && gatewayOf(out) }),
    ...(ways !== undefined && { routes: ways.map(routeOf) }),
  };
}

function gatewayOf({
  network_id: networkId,
  enable_snat: hasSnat,
  external_fixed_ips: fixed,
}: z.infer<typeof gateway>) {
  const addresses = fixed?.map(({ subnet_id: subnetId, ip_address: address }) => ({ subnetId, address }));
  return { networkId, hasSnat, ...(addresses !== undefined && addresses.length > 0 && { addresses }) };
}

const routeOf = ({ destination, nexthop }: z.infer<typeof routes>[number]) => ({ destination, nextHop: nexthop });

const list = listRoute({
  plural: 'routers',
  permission: 'router:read',
  fields: {
    ...standardFields,
    name: 'name',
    admin_state_up: 'isEnabled',
    distributed: 'isDistributed',
    ha: 'isDistributed',
    flavor_id: 'none',
  },
  search: searchRouters,
  view: routerView,
});

const read = (asked: Asked) => asked.operations.router.get({ id: asked.id('router', 'router') });

async function show(asked: Asked): Promise<Answer> {
  return { status: 200, body: { router: onlyFields(routerView(await read(asked)), asked.query) } };
}

const create = creation({
  one: 'router',
  many: 'routers',
  item: newRouter,
  async make(asked, router) {
    const { tenant_id, project_id, availability_zone_hints: _, flavor_id: __, ...wanted } = router;
    const projectId = placeOf(asked, { tenant_id, project_id });
    return routerView(
      await asked.operations.router.create({ projectId, name: nameOf(router.name), ...partsOf(wanted) }),
    );
  },
});

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('router', 'router');
  const { router } = await asked.body(routerChange);
  const changed = await asked.operations.router.update({ id, ...partsOf(router) });
  return { status: 200, body: { router: routerView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.router.delete({ id: asked.id('router', 'router') });
  return { status: 204 };
}

/** Adds routes to those there are, or takes some of them away; what is there already, or is not, is no mistake. */
function changeRoutes(change: 'add' | 'remove') {
  return async (asked: Asked): Promise<Answer> => {
    const { router } = await asked.body(extraRoutes);
    const { id, routes: present } = await read(asked);
    const named = router.routes.map(routeOf);
    const others = present.filter(({ destination, nextHop }) =>
      named.every((each) => each.destination !== destination || each.nextHop !== nextHop),
    );
    const changed = await asked.operations.router.update({
      id,
      routes: change === 'add' ? [...others, ...named] : others,
    });
    return { status: 200, body: { router: routerView(changed) } };
  };
}

type Interface = Router['interfaces'][number];

function interfaceAnswer({ id, projectId }: Router, { portId, networkId, addresses }: Interface): Answer {
  const subnets = addresses.map(({ subnetId }) => subnetId);
  const place = { id, tenant_id: projectId, project_id: projectId, network_id: networkId, port_id: portId };
  return { status: 200, body: { ...place, subnet_id: subnets[0], subnet_ids: subnets } };
}

const isOn = (subnetId: string | undefined, portId: string | undefined) => (each: Interface) =>
  each.portId === portId || each.addresses.some((address) => address.subnetId === subnetId);

async function addInterface(asked: Asked): Promise<Answer> {
  const id = asked.id('router', 'router');
  const { subnet_id: subnetId, port_id: portId } = await asked.body(interfaceWanted);
  const router = await asked.operations.router.addInterface({ id, subnetId, portId });
  const added = router.interfaces.find(isOn(subnetId, portId));
  if (added === undefined) throw notFound('router-interface', id);
  return interfaceAnswer(router, added);
}

async function removeInterface(asked: Asked): Promise<Answer> {
  const { subnet_id: subnetId, port_id: portId } = await asked.body(interfaceWanted);
  if (subnetId === undefined && portId === undefined)
    throw refuseField('subnet_id', 'give subnet_id or port_id', 'Send subnet_id or port_id.');
  const router = await read(asked);
  const present = router.interfaces.find(isOn(subnetId, portId));
  if (present === undefined) {
    // Who may not change the router is told so before whether it has the interface.
    await asked.operations.router.removeInterface({ id: router.id, portId: portId ?? router.id });
    throw notFound('router-interface', subnetId ?? '');
  }
  await asked.operations.router.removeInterface({ id: router.id, portId: present.portId });
  return interfaceAnswer(router, present);
}

const one = '/v2.0/routers/:router';

export const routerRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/routers', answer: list },
  { method: 'POST', path: '/v2.0/routers', answer: create },
  { method: 'GET', path: one, answer: show },
  { method: 'PUT', path: one, answer: update },
  { method: 'DELETE', path: one, answer: remove },
  { method: 'PUT', path: `${one}/add_router_interface`, answer: addInterface },
  { method: 'PUT', path: `${one}/remove_router_interface`, answer: removeInterface },
  { method: 'PUT', path: `${one}/add_extraroutes`, answer: changeRoutes('add') },
  { method: 'PUT', path: `${one}/remove_extraroutes`, answer: changeRoutes('remove') },
];
