import { fieldRule } from './field-rule.ts';

// What belongs to one place: a project, or a domain with all its projects.

interface Places {
  readonly projectId?: string | undefined;
  readonly domainId?: string | undefined;
}

export function namesOnePlace({ projectId, domainId }: Places): boolean {
  return (projectId === undefined) !== (domainId === undefined);
}

export const onePlaceRule = {
  ...fieldRule('either a project or a domain must be named', 'Send projectId or domainId, and not both.'),
  path: ['projectId'],
};
