import { UnkaiError } from '@unkai/contracts/errors';
import type { Actor, Call, Core } from '@unkai/core/call';
import type { Context as HttpContext } from 'hono';
import { credentialCallOf } from '../caller.ts';

export interface TokenCallerOptions {
  /** The installation's secret, which proves what the edge says of a caller's address. */
  readonly secret: string;
}

/** Longer than any credential of ours; nothing longer is looked at (A14). */
const longestCredential = 4_096;

/** Who calls an OpenStack door: `X-Auth-Token` holds a token or an API token of ours; no other header counts. */
export function tokenCallerOf(core: Core, options: TokenCallerOptions): (context: HttpContext) => Promise<Call> {
  const callAs = credentialCallOf(core, options);
  return (context) => {
    const token = context.req.raw.headers.get('x-auth-token');
    return callAs(context, token === null || token.length > longestCredential ? null : token);
  };
}

/**
 * The project that a call of OpenStack's is about, which their tokens name: the one that a token is for or a credential is confined
 * to, else the only one that its user has a role on. Throws `forbidden` where that leaves a choice.
 */
export function projectOf({ actor }: Call): string {
  const project = projectOrNull(actor);
  if (project !== null) return project;
  throw new UnkaiError('forbidden', 'This token is of no project.', {
    next: 'Ask for a token of a project, or use an API token that is confined to one.',
  });
}

function projectOrNull({ scope, onlyProjectId, projectRoles }: Actor): string | null {
  if (scope !== null) return scope.kind === 'project' ? scope.projectId : null;
  if (onlyProjectId !== null) return onlyProjectId;
  const [only, another] = projectRoles.keys();
  return another === undefined ? (only ?? null) : null;
}
