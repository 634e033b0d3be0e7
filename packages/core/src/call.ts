import { UnkaiError } from '@unkai/contracts/errors';
import type { Permission, RoleName } from '@unkai/contracts/permissions';
import type { Logger } from 'pino';
import type { VlanRanges } from './address/vlan-ranges.ts';
import type { Database } from './database/database.ts';
import type { ActorCache } from './identity/actor-cache.ts';
import type { RequestRule } from './identity/request-rule.ts';
import type { Keys } from './keys.ts';
import type { OwnNetworks } from './outgoing/address-rule.ts';
import type { Queues } from './queues.ts';

/** What every operation works with: the installation's database and queues. */
export interface Core {
  readonly database: Database;
  readonly queues: Queues;
  readonly log: Logger;
  /** A program without them neither gives tokens nor takes them. */
  readonly keys?: Keys;
  /** The public origin, such as `https://cloud.example.org`, of links in letters. */
  readonly origin?: string;
  /** Whether a mail server takes letters; without one a link is shown to who would have it sent. */
  readonly sendsMail?: boolean;
  /** Networks that the operator lets tenants' addresses lead into although they are not public; none where it is not said. */
  readonly ownNetworks?: OwnNetworks;
  /** The VLANs that networks are given; none where it is not said. */
  readonly vlanRanges?: VlanRanges;
  /** Remembers who credentials belong to; a program without one reads the database each time. */
  readonly actors?: ActorCache;
  /**
   * Whom OpenStack's doors take for an operator: who has the role admin on the system (as everywhere else), or also who
   * has it on any project, which is OpenStack's old rule. `system` where it is not said.
   */
  readonly openstackAdmin?: 'system' | 'any-project';
}

/** Throws `unavailable` in a program that was not given the installation's secret. */
export function keysOf({ keys }: Core): Keys {
  if (keys !== undefined) return keys;
  throw new UnkaiError('unavailable', 'This program does not have the secret of the installation.');
}

/** What a token is for. A session or an API token has none: it is for all that its user may do. */
export type Scope =
  | { readonly kind: 'project'; readonly projectId: string }
  | { readonly kind: 'domain'; readonly domainId: string }
  | { readonly kind: 'system' }
  | { readonly kind: 'unscoped' };

/** Who asks, as their credential shows. Made only by `actorFor`, `anonymousActor` and `systemActor`. */
export interface Actor {
  readonly kind: 'session' | 'api-token' | 'token' | 'system' | 'anonymous';
  readonly userId: string | null;
  readonly name: string;
  readonly domainId: string | null;
  /** The session, the API token or what a token was made with; null for the system itself. */
  readonly credentialId: string | null;
  readonly tokenName: string | null;
  /** The highest built-in role that counts with this credential: on the system, on domains, on projects. */
  readonly systemRole: RoleName | null;
  readonly domainRoles: ReadonlyMap<string, RoleName>;
  readonly projectRoles: ReadonlyMap<string, RoleName>;
  /** What a token is for; null for a session or an API token. */
  readonly scope: Scope | null;
  /** All roles that count on the token's scope, custom and implied ones too; none without a scope. */
  readonly roles: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  /** Whether it may make or remove credentials; a restricted credential or a trust may not (A02, A05). */
  readonly mayMakeCredentials: boolean;
  /** The only requests that the credential is good for; null for any. */
  readonly accessRules: readonly RequestRule[] | null;
  /** The ids that a token and those it was made from are revoked by; the token's own first. */
  readonly auditIds: readonly string[];
  /** The most that the credential may do; null where it is not confined. */
  readonly permissions: ReadonlySet<Permission> | null;
  /** The one project that an API token is confined to; null where it is not. */
  readonly onlyProjectId: string | null;
}

/** One request: who, from where, under which id. */
export interface Call {
  readonly core: Core;
  readonly actor: Actor;
  readonly requestId: string;
  readonly address: string | null;
  readonly log: Logger;
}
