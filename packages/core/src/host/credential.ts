import { createHmac } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Core } from '../call.ts';
import { credentialHash, credentialPrefixes } from '../credentials.ts';

/** A host that showed its credential. */
export interface HostIdentity {
  readonly id: string;
  readonly name: string;
  readonly isUp: boolean;
  /** As it was shown, for what is derived from it; never logged, never stored. */
  readonly credential: string;
}

const longest = 200;

/**
 * Finds the host that an `Authorization: Bearer ukh_…` header belongs to, in one query. Throws `unauthenticated` for
 * anything else, and for a host that was removed. A host that is only taken out of placement keeps working: its servers
 * are still there.
 */
export async function authenticateHost(core: Core, authorization: string | null): Promise<HostIdentity> {
  const credential = bearer(authorization);
  const host = credential
    ? await core.database.prisma.host.findUnique({
        where: { credentialHash: credentialHash(credential) },
        select: { id: true, name: true, isUp: true },
      })
    : null;
  if (credential === null || host === null) {
    throw new UnkaiError('unauthenticated', 'This needs the credential of a host.', {
      next: 'Let the host join again with a new token from "./unkai" or the hosts page.',
    });
  }
  return { ...host, credential };
}

function bearer(authorization: string | null): string | null {
  if (authorization === null || authorization.length > longest) return null;
  const [scheme, credential, rest] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || rest !== undefined) return null;
  return credential?.startsWith(credentialPrefixes.host) ? credential : null;
}

/**
 * The host's Redis password. It follows from the host's credential, which the host alone keeps, so neither Postgres nor
 * any file of the control plane holds it, and it can be told again whenever the host shows its credential.
 */
export function hostRedisPassword(credential: string): string {
  return createHmac('sha256', credential).update('unkai host redis').digest('base64url');
}
