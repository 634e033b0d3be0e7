// Theory. A thousand hosts say every five seconds what they said five seconds before. To parse that, check it and write it
// took a core and a half of a second; so it is compared by its hash, as the database keeps it, and only noted. Those of a
// few milliseconds are noted by one statement. Whatever is not plain goes the long way: facts that changed, a host that was
// taken for dead or is fenced, a row that somebody else holds at this moment (nobody waits for another host's row).
import { hash } from 'node:crypto';
import type { HostLease } from '@unkai/contracts/host/join';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Core } from '../call.ts';
import { ask, type Database } from '../database/database.ts';
import { credentialHash } from '../identity/credentials.ts';
import { shownCredential } from './credential.ts';
import { leaseSeconds } from './lease.ts';

/** What tells one heartbeat of a host from its next. */
export function heartbeatHash(body: string | Buffer): Buffer {
  return hash('sha256', body, 'buffer');
}

export interface SameHeartbeat {
  readonly host: { readonly id: string; readonly credential: string };
  readonly lease: HostLease;
}

/** Notes a heartbeat that says what the one before said. Null for any other, which is to be read and written in full. */
export async function noteSameHeartbeat(
  core: Core,
  authorization: string | null,
  bodyHash: Buffer,
): Promise<SameHeartbeat | null> {
  const credential = shownCredential(authorization);
  if (credential === null) return null;
  const known = await roundsOf(core.database).note(Buffer.from(credentialHash(credential)), bodyHash);
  if (known === null) return null;
  const { id, generation } = known;
  return { host: { id, credential }, lease: { generation, seconds: leaseSeconds } };
}

const noted = z.array(z.object({ id: z.string(), key: z.string(), generation: z.number() }));
type Noted = z.infer<typeof noted>[number];

interface Waiting {
  readonly credential: Buffer;
  readonly body: Buffer;
  readonly settled: PromiseWithResolvers<Noted | null>;
}

const roundMs = 20;

/** The heartbeats of one process, those of each few milliseconds together. */
class HeartbeatRounds {
  readonly #database: Database;
  #waiting: Waiting[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  note(credential: Buffer, body: Buffer): Promise<Noted | null> {
    const settled = Promise.withResolvers<Noted | null>();
    if (this.#waiting.length === 0) setTimeout(() => void this.#round(), roundMs);
    this.#waiting.push({ credential, body, settled });
    return settled.promise;
  }

  async #round(): Promise<void> {
    const round = this.#waiting;
    this.#waiting = [];
    try {
      const found = new Map((await this.#write(round)).map((each) => [each.key, each]));
      for (const { credential, settled } of round) settled.resolve(found.get(credential.toString('hex')) ?? null);
    } catch (error) {
      for (const { settled } of round) settled.reject(error);
    }
  }

  async #write(round: readonly Waiting[]): Promise<Noted[]> {
    const credentials = round.map(({ credential }) => credential);
    const bodies = round.map(({ body }) => body);
    return noted.parse(
      await ask(
        this.#database,
        Prisma.sql`
          WITH free AS (
            SELECT host.id FROM host
            JOIN unnest(${credentials}::bytea[], ${bodies}::bytea[]) AS said (credential, body)
              ON host.credential_hash = said.credential AND host.heartbeat_hash = said.body
            WHERE is_up AND fenced_at IS NULL AND NOT is_forced_down FOR NO KEY UPDATE OF host SKIP LOCKED)
          UPDATE host SET last_heartbeat_at = now() FROM free WHERE host.id = free.id
          RETURNING host.id, encode(credential_hash, 'hex') AS key, lease_generation AS generation`,
      ),
    );
  }
}

// By the pool and not by the database, of which a request may have a copy.
const rounds = new WeakMap<Database['pool'], HeartbeatRounds>();

function roundsOf(database: Database): HeartbeatRounds {
  const known = rounds.get(database.pool) ?? new HeartbeatRounds(database);
  rounds.set(database.pool, known);
  return known;
}
