import type { RegisteredLimit, ServiceLimit } from '@unkai/contracts/resources/service-limit';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { type Collection, collectionRoutes, listAnswer } from './collection.ts';
import { description, domainId, domainIdOf, idOf, name, someId, textOf } from './fields.ts';
import { shownDomainId } from './ids.ts';

const number = z.number().int();
const regionId = z
  .string()
  .max(255)
  .nullish()
  .transform((id) => id ?? undefined);
const about = { service_id: someId, region_id: regionId, resource_name: name, description };

const registered: Collection<RegisteredLimit> = {
  plural: 'registered_limits',
  singular: 'registered_limit',
  idOf: ({ id }) => id,
  view: ({ id, serviceId, regionId, resourceName, defaultLimit, description }) => ({
    id,
    service_id: serviceId,
    region_id: regionId,
    resource_name: resourceName,
    default_limit: defaultLimit,
    description,
  }),
};

const limits: Collection<ServiceLimit> = {
  plural: 'limits',
  singular: 'limit',
  idOf: ({ id }) => id,
  view: ({ id, serviceId, regionId, resourceName, projectId, domainId, resourceLimit, description }) => ({
    id,
    service_id: serviceId,
    region_id: regionId,
    resource_name: resourceName,
    project_id: projectId,
    domain_id: domainId === null ? null : shownDomainId(domainId),
    resource_limit: resourceLimit,
    description,
  }),
};

/** They are made several at once. */
const many = <Shape extends z.ZodType>(each: Shape) => z.array(each).min(1).max(100);
const newRegistered = z.object({ registered_limits: many(z.object({ ...about, default_limit: number })) });
const newLimits = z.object({
  limits: many(
    z.object({
      ...about,
      project_id: someId.nullable().optional(),
      domain_id: domainId.nullable().optional(),
      resource_limit: number,
    }),
  ),
});
const changedRegistered = z.object({
  registered_limit: z.object({
    service_id: someId.optional(),
    region_id: z.string().max(255).nullable().optional(),
    resource_name: name.optional(),
    default_limit: number.optional(),
    description,
  }),
});
const changedLimit = z.object({ limit: z.object({ resource_limit: number.optional(), description }) });

function filterOf(asked: Asked) {
  return {
    serviceId: idOf(asked, 'service_id'),
    regionId: textOf(asked, 'region_id'),
    resourceName: textOf(asked, 'resource_name'),
  };
}

async function register(asked: Asked): Promise<Answer> {
  const made: RegisteredLimit[] = [];
  for (const { service_id, region_id, resource_name, default_limit, description } of (await asked.body(newRegistered))
    .registered_limits) {
    const given = { serviceId: service_id, regionId: region_id, resourceName: resource_name, description };
    made.push(await asked.operations.registeredLimit.create({ ...given, defaultLimit: default_limit }));
  }
  return { ...listAnswer(registered, made, asked), status: 201 };
}

async function limit(asked: Asked): Promise<Answer> {
  const made: ServiceLimit[] = [];
  for (const each of (await asked.body(newLimits)).limits) {
    made.push(
      await asked.operations.serviceLimit.create({
        serviceId: each.service_id,
        regionId: each.region_id,
        resourceName: each.resource_name,
        projectId: each.project_id ?? undefined,
        domainId: each.domain_id ?? undefined,
        resourceLimit: each.resource_limit,
        description: each.description,
      }),
    );
  }
  return { ...listAnswer(limits, made, asked), status: 201 };
}

const registeredRoutes = collectionRoutes(registered, {
  list: (asked) => everything((page) => asked.operations.registeredLimit.list({ ...filterOf(asked), ...page })),
  get: (asked) => asked.operations.registeredLimit.get({ id: asked.id('id', 'registered-limit') }),
  async update(asked) {
    const { service_id, region_id, resource_name, default_limit, description } = (await asked.body(changedRegistered))
      .registered_limit;
    const about = { serviceId: service_id, regionId: region_id, resourceName: resource_name, description };
    const id = asked.id('id', 'registered-limit');
    return asked.operations.registeredLimit.update({ id, ...about, defaultLimit: default_limit });
  },
  remove: (asked) => asked.operations.registeredLimit.delete({ id: asked.id('id', 'registered-limit') }),
});

const ofProjects = collectionRoutes(limits, {
  list: (asked) => {
    const place = { projectId: idOf(asked, 'project_id'), domainId: domainIdOf(asked, 'domain_id') };
    return everything((page) => asked.operations.serviceLimit.list({ ...filterOf(asked), ...place, ...page }));
  },
  get: (asked) => asked.operations.serviceLimit.get({ id: asked.id('id', 'service-limit') }),
  async update(asked) {
    const { resource_limit, description } = (await asked.body(changedLimit)).limit;
    const id = asked.id('id', 'service-limit');
    return asked.operations.serviceLimit.update({ id, resourceLimit: resource_limit, description });
  },
  remove: (asked) => asked.operations.serviceLimit.delete({ id: asked.id('id', 'service-limit') }),
});

/** Each project counts for itself, whatever is above or below it. */
const model = {
  name: 'flat',
  description: 'Limit enforcement and validation does not take project hierarchy into consideration.',
};

function showModel(): Answer {
  return { status: 200, body: { model } };
}

/** Limits that services of the catalog keep here; those of Unkai's own are its quotas. */
export const limitRoutes: readonly Route[] = [
  { method: 'GET', path: '/v3/limits/model', answer: showModel },
  { method: 'POST', path: '/v3/registered_limits', answer: register },
  { method: 'POST', path: '/v3/limits', answer: limit },
  ...registeredRoutes,
  ...ofProjects,
];
