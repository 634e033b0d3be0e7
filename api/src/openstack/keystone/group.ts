import type { Group } from '@unkai/contracts/resources/group';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Route } from '../service.ts';
import { type Collection, collectionRoutes } from './collection.ts';
import { description, domainId, domainIdOf, name, textOf } from './fields.ts';
import { homeDomainId, shownDomainId } from './ids.ts';

const newGroup = z.object({ group: z.object({ name, description, domain_id: domainId.nullable().optional() }) });
const changedGroup = z.object({ group: z.object({ name: name.optional(), description }) });

export const groups: Collection<Group> = {
  plural: 'groups',
  singular: 'group',
  idOf: ({ id }) => id,
  view: ({ id, name, domainId, description }) => ({ id, name, domain_id: shownDomainId(domainId), description }),
};

export const groupRoutes: readonly Route[] = collectionRoutes(groups, {
  list: (asked) => {
    const filter = { name: textOf(asked, 'name'), domainId: domainIdOf(asked, 'domain_id') };
    return everything((page) => asked.operations.group.list({ ...filter, ...page }));
  },
  get: (asked) => asked.operations.group.get({ id: asked.id('id', 'group') }),
  async create(asked) {
    const { domain_id, ...given } = (await asked.body(newGroup)).group;
    return asked.operations.group.create({ ...given, domainId: domain_id ?? homeDomainId(asked.call) });
  },
  async update(asked) {
    return asked.operations.group.update({ ...(await asked.body(changedGroup)).group, id: asked.id('id', 'group') });
  },
  remove: (asked) => asked.operations.group.delete({ id: asked.id('id', 'group') }),
});
