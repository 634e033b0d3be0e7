import { createHmac } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Core } from '../call.ts';
import { ask } from '../database/database.ts';
import { credentialHash, credentialPrefixes } from '../identity/credentials.ts';

/** A host that showed its credential. */
export interface HostIdentity {
  readonly id: string;
  readonly name: string;
  readonly isUp: boolean;
  /** As it was shown, for what is derived from it; never logged, never stored. */
  readonly credential: string;
}

const longest = 200;
const hostRow = z.object({ id: z.string(), name: z.string(), isUp: z.boolean() });

const hostOf = (credential: string) => Prisma.sql`
  SELECT id, name, is_up AS "isUp" FROM host WHERE credential_hash = ${Buffer.from(credentialHash(credential))}`;

/**
 * Finds the host that an `Authorization: Bearer ukh_…` header belongs to, in one query. Throws `unauthenticated` for
 * anything else, and for a host that was removed. A host that is only taken out of placement keeps working: its servers
 * are still there.
 */
export async function authenticateHost(core: Core, authorization: string | null): Promise<HostIdentity> {
  const credential = shownCredential(authorization);
  const [found] = credential === null ? [] : await ask(core.database, hostOf(credential));
  if (credential === null || found === undefined) {
    throw new UnkaiError('unauthenticated', 'This needs the credential of a host.', {
      next: 'Let the host join again with a new token from "./unkai" or the hosts page.',
    });
  }
  return { ...hostRow.parse(found), credential };
}

/** What an `Authorization: Bearer ukh_…` header shows, whether anybody has it or not; null for anything else. */
export function shownCredential(authorization: string | null): string | null {
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
