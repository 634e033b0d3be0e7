import { fieldRule } from '@unkai/contracts/field-rule';
import type { Project } from '@unkai/contracts/resources/project';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Asked, Route } from '../service.ts';
import { type Collection, collectionRoutes } from './collection.ts';
import { description, domainId, domainIdOf, flag, flagOf, options, shortName, textOf } from './fields.ts';
import { givenDomainId, givenId, homeDomainId, shownDomainId } from './ids.ts';

const tags = z.array(z.string()).optional();
const changes = { description, enabled: flag.optional(), options, tags };
const parentId = z.string().max(64).nullable().optional();
const newProject = z.object({
  project: z.object({
    name: shortName,
    domain_id: domainId.nullable().optional(),
    parent_id: parentId,
    is_domain: z
      .literal(
        false,
        fieldRule('must be false: a domain is made as one', 'Leave it out; POST /v3/domains makes a domain.'),
      )
      .optional(),
    ...changes,
  }),
});
const changedProject = z.object({ project: z.object({ name: shortName.optional(), ...changes }) });

/** What of a project Keystone's clients are told; our own view of one has more. */
type Shown = Omit<Project, 'role' | 'domainName' | 'createdAt'>;

export const projects: Collection<Shown> = {
  plural: 'projects',
  singular: 'project',
  idOf: ({ id }) => id,
  view: ({ id, name, domainId, parentId, description, isEnabled, tags, options }) => ({
    id,
    name,
    description,
    enabled: isEnabled,
    is_domain: false,
    tags,
    options,
    domain_id: shownDomainId(domainId),
    // Keystone thinks of a domain as the project above those that are directly in it.
    parent_id: parentId ?? shownDomainId(domainId),
  }),
};

async function list(asked: Asked): Promise<readonly Shown[]> {
  if (flagOf(asked, 'is_domain') === true) return [];
  const parent = asked.query.get('parent_id');
  const filter = {
    name: textOf(asked, 'name'),
    domainId: domainIdOf(asked, 'domain_id'),
    isEnabled: flagOf(asked, 'enabled'),
    tags: textOf(asked, 'tags'),
    tagsAny: textOf(asked, 'tags-any'),
    notTags: textOf(asked, 'not-tags'),
    notTagsAny: textOf(asked, 'not-tags-any'),
  };
  if (parent === null) return everything((page) => asked.operations.project.list({ ...filter, ...page }));
  // A domain counts as the parent of what is directly in it.
  const below = await everything((page) => asked.operations.project.list({ ...filter, ...page }));
  const id = givenDomainId(parent);
  return below.filter(({ parentId, domainId }) => (parentId ?? domainId) === id);
}

async function create(asked: Asked): Promise<Shown> {
  const { enabled, domain_id, parent_id, name, description, options, tags } = (await asked.body(newProject)).project;
  const parent = parent_id ?? null;
  const homeOf = async () => {
    if (domain_id !== undefined && domain_id !== null) return domain_id;
    if (parent === null) return homeDomainId(asked.call);
    const isDomain = (await domainsOf(asked, parent)) !== null;
    return isDomain ? givenDomainId(parent) : (await asked.operations.project.get({ id: givenId(parent) })).domainId;
  };
  const home = await homeOf();
  const above = parent === null || givenDomainId(parent) === home ? undefined : givenId(parent);
  const given = { name, description, options, tags, isEnabled: enabled };
  return asked.operations.project.create({ ...given, domainId: home, parentId: above });
}

/** The domain of that id among those that the caller may see. */
async function domainsOf({ operations }: Asked, text: string): Promise<string | null> {
  const id = givenDomainId(text);
  const seen = await everything((page) => operations.domain.list(page));
  return seen.some((each) => each.id === id) ? id : null;
}

export const projectRoutes: readonly Route[] = collectionRoutes(projects, {
  list,
  get: (asked) => asked.operations.project.get({ id: asked.id('id', 'project') }),
  create,
  async update(asked) {
    const { enabled, ...given } = (await asked.body(changedProject)).project;
    return asked.operations.project.update({ ...given, isEnabled: enabled, id: asked.id('id', 'project') });
  },
  remove: (asked) => asked.operations.project.delete({ id: asked.id('id', 'project') }),
});
