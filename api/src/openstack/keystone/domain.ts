import type { Domain } from '@unkai/contracts/resources/domain';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Route } from '../service.ts';
import { type Collection, collectionRoutes } from './collection.ts';
import { description, flag, flagOf, options, shortName, textOf } from './fields.ts';
import { domainOfPath, shownDomainId } from './ids.ts';

const changes = { description, enabled: flag.optional(), options };
const newDomain = z.object({ domain: z.object({ name: shortName, ...changes }) });
const changedDomain = z.object({ domain: z.object({ name: shortName.optional(), ...changes }) });

export const domains: Collection<Domain> = {
  plural: 'domains',
  singular: 'domain',
  idOf: ({ id }) => shownDomainId(id),
  view: ({ id, name, description, isEnabled, options }) => ({
    id: shownDomainId(id),
    name,
    description,
    enabled: isEnabled,
    options,
    tags: [],
  }),
};

export const domainRoutes: readonly Route[] = collectionRoutes(domains, {
  list: (asked) => {
    const filter = { name: textOf(asked, 'name'), isEnabled: flagOf(asked, 'enabled') };
    return everything((page) => asked.operations.domain.list({ ...filter, ...page }));
  },
  get: (asked) => asked.operations.domain.get({ id: domainOfPath(asked) }),
  async create(asked) {
    const { enabled, ...given } = (await asked.body(newDomain)).domain;
    return asked.operations.domain.create({ ...given, isEnabled: enabled });
  },
  async update(asked) {
    const { enabled, ...given } = (await asked.body(changedDomain)).domain;
    return asked.operations.domain.update({ ...given, isEnabled: enabled, id: domainOfPath(asked) });
  },
  // As in Keystone, what is in it goes with it.
  remove: (asked) => asked.operations.domain.delete({ id: domainOfPath(asked), withContent: true }),
});
