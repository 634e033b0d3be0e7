import { randomUUID } from 'node:crypto';
import type { Endpoint } from '@unkai/contracts/resources/endpoint';
import type { Region } from '@unkai/contracts/resources/region';
import type { Service } from '@unkai/contracts/resources/service';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { type Collection, collectionRoutes, oneAnswer } from './collection.ts';
import { description, flag, idOf, name, someId, textOf } from './fields.ts';

const services: Collection<Service> = {
  plural: 'services',
  singular: 'service',
  idOf: ({ id }) => id,
  view: ({ id, type, name, description, isEnabled }) => ({ id, type, name, description, enabled: isEnabled }),
};

const serviceFields = { description, enabled: flag.optional() };
const newService = z.object({ service: z.object({ type: name, name: name.optional(), ...serviceFields }) });
const changedService = z.object({
  service: z.object({ type: name.optional(), name: name.optional(), ...serviceFields }),
});

const serviceRoutes = collectionRoutes(services, {
  list: (asked) => {
    const filter = { type: textOf(asked, 'type'), name: textOf(asked, 'name') };
    return everything((page) => asked.operations.service.list({ ...filter, ...page }));
  },
  get: (asked) => asked.operations.service.get({ id: asked.id('id', 'service') }),
  async create(asked) {
    const { enabled, name, type, description } = (await asked.body(newService)).service;
    // A service without a name goes by its type here.
    return asked.operations.service.create({ type, name: name ?? type, description, isEnabled: enabled });
  },
  async update(asked) {
    const { enabled, ...given } = (await asked.body(changedService)).service;
    return asked.operations.service.update({ ...given, isEnabled: enabled, id: asked.id('id', 'service') });
  },
  remove: (asked) => asked.operations.service.delete({ id: asked.id('id', 'service') }),
});

export const endpoints: Collection<Endpoint> = {
  plural: 'endpoints',
  singular: 'endpoint',
  idOf: ({ id }) => id,
  view: ({ id, serviceId, regionId, interface: audience, url, isEnabled }, { endpoint }) => ({
    id,
    service_id: serviceId,
    region: regionId,
    region_id: regionId,
    interface: audience,
    enabled: isEnabled,
    url: url.replaceAll('$(origin)s', new URL(endpoint).origin),
  }),
};

export const audience = z.enum(['public', 'internal', 'admin']);
const url = z.string();
const regionName = z.string().max(255).nullable().optional();
const endpointFields = { region_id: regionName, region: regionName, enabled: flag.optional() };
const newEndpoint = z.object({
  endpoint: z.object({ service_id: someId, interface: audience, url, ...endpointFields }),
});
const changedEndpoint = z.object({
  endpoint: z.object({
    service_id: someId.optional(),
    interface: audience.optional(),
    url: url.optional(),
    ...endpointFields,
  }),
});

const endpointRoutes = collectionRoutes(endpoints, {
  list: (asked) => {
    const interfaceAsked = audience.optional().parse(textOf(asked, 'interface'));
    const filter = {
      serviceId: idOf(asked, 'service_id'),
      regionId: textOf(asked, 'region_id') ?? textOf(asked, 'region'),
      interface: interfaceAsked,
    };
    return everything((page) => asked.operations.endpoint.list({ ...filter, ...page }));
  },
  get: (asked) => asked.operations.endpoint.get({ id: asked.id('id', 'endpoint') }),
  async create(asked) {
    const { enabled, service_id, region_id, region, ...given } = (await asked.body(newEndpoint)).endpoint;
    const regionId = region_id ?? (await namedRegion(asked, region));
    return asked.operations.endpoint.create({ ...given, serviceId: service_id, regionId, isEnabled: enabled });
  },
  async update(asked) {
    const { enabled, service_id, region_id, region, ...given } = (await asked.body(changedEndpoint)).endpoint;
    const regionId = region_id === undefined ? await namedRegion(asked, region) : region_id;
    const id = asked.id('id', 'endpoint');
    return asked.operations.endpoint.update({ ...given, id, serviceId: service_id, regionId, isEnabled: enabled });
  },
  remove: (asked) => asked.operations.endpoint.delete({ id: asked.id('id', 'endpoint') }),
});

/** A client of before regions had ids names one, which is made where it is not there yet. */
async function namedRegion({ operations }: Asked, id: string | null | undefined): Promise<string | undefined> {
  if (id === undefined || id === null) return undefined;
  const { items } = await operations.region.list({});
  if (!items.some((each) => each.id === id)) await operations.region.create({ id });
  return id;
}

const regions: Collection<Region> = {
  plural: 'regions',
  singular: 'region',
  idOf: ({ id }) => id,
  view: ({ id, description, parentRegionId }) => ({ id, description, parent_region_id: parentRegionId }),
};

const newRegion = z.object({
  region: z.object({ id: z.string().max(255).optional(), description, parent_region_id: regionName }),
});
const changedRegion = z.object({ region: z.object({ description, parent_region_id: regionName }) });

const regionRoutes = collectionRoutes(regions, {
  async list(asked) {
    const parentRegionId = textOf(asked, 'parent_region_id');
    return (await asked.operations.region.list({ parentRegionId })).items;
  },
  get: (asked) => asked.operations.region.get({ id: asked.param('id') }),
  async create(asked) {
    const { id = randomUUID(), description, parent_region_id } = (await asked.body(newRegion)).region;
    return asked.operations.region.create({ id, description, parentRegionId: parent_region_id ?? undefined });
  },
  async update(asked) {
    const { description, parent_region_id } = (await asked.body(changedRegion)).region;
    return asked.operations.region.update({ id: asked.param('id'), description, parentRegionId: parent_region_id });
  },
  remove: (asked) => asked.operations.region.delete({ id: asked.param('id') }),
});

/** A region under an id that its maker chose, by the path. */
async function putRegion(asked: Asked): Promise<Answer> {
  const { description, parent_region_id } = (await asked.body(newRegion)).region;
  const parentRegionId = parent_region_id ?? undefined;
  const made = await asked.operations.region.create({ id: asked.param('id'), description, parentRegionId });
  return oneAnswer(regions, made, asked, 201);
}

/** Where services are: OpenStack's catalog as data. */
export const catalogRoutes: readonly Route[] = [
  ...serviceRoutes,
  ...endpointRoutes,
  ...regionRoutes,
  { method: 'PUT', path: '/v3/regions/:id', answer: putRegion },
];
