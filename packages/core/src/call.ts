import type { Permission, RoleName } from '@unkai/contracts/permissions';
import type { Logger } from 'pino';
import type { Database } from './database.ts';
import type { Queues } from './queues.ts';

/** What every operation works with: the installation's database and queues. */
export interface Core {
  readonly database: Database;
  readonly queues: Queues;
  readonly log: Logger;
}

/** Who asks, as their credential shows. Made only by `authenticate` and `systemActor`. */
export interface Actor {
  readonly kind: 'session' | 'api-token' | 'system' | 'anonymous';
  readonly userId: string | null;
  readonly name: string;
  readonly domainId: string | null;
  /** The session or the API token behind the call; null for the system itself. */
  readonly credentialId: string | null;
  readonly tokenName: string | null;
  readonly systemRole: RoleName | null;
  readonly projectRoles: ReadonlyMap<string, RoleName>;
  /** The most that the credential may do; null where it is not confined. */
  readonly permissions: ReadonlySet<Permission> | null;
  /** The one project that the credential is confined to; null where it is not. */
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
