// Theory. Ranking decides nothing: the host that comes first is locked and counted anew before anything is taken of it
// (reserve.ts). So what is ranked may be a moment old, and where there are a thousand hosts it is: to read them all takes
// most of a decision. What this process takes meanwhile is counted here at once, so that a hundred decisions in that
// moment spread as they would have. Who finds no room by an old look looks anew before saying so.
import type { Database, Transaction } from '../database/database.ts';
import { type Candidate, type Room, readCandidates } from './candidate.ts';

/** So few are read anew each time. */
const fewHosts = 100;
const believedMs = 1_000;
/** One look for each image that is asked for, as hosts with an image in their cache are wanted more. */
const mostLooks = 50;

interface Look {
  readonly at: number;
  readonly hosts: readonly Candidate[];
}

/** What one process remembers of the hosts of one installation. */
export class PlacementOverview {
  readonly #looks = new Map<string, Promise<Look>>();

  /** All hosts, as they are or were a moment ago. */
  async hosts(tx: Pick<Transaction, '$queryRaw'>, imageId: string | null): Promise<readonly Candidate[]> {
    const key = imageId ?? '';
    const known = await this.#looks.get(key)?.catch(() => undefined);
    if (known !== undefined && performance.now() - known.at < believedMs) return known.hosts;
    if (this.#looks.size >= mostLooks) this.#looks.clear();
    const look = readLook(tx, imageId);
    // Others wait for this one, on the connection of who came first: none of them needs a further one.
    if (known !== undefined) this.#looks.set(key, look);
    const { hosts } = await look;
    if (hosts.length > fewHosts) this.#looks.set(key, look);
    else this.#looks.delete(key);
    return hosts;
  }

  /** Counts what a decision of this process is about to take of a host. */
  async note(hostId: string, { vcpus, memoryMib, diskGib }: Room): Promise<void> {
    for (const look of this.#looks.values()) {
      const host = (await look.catch(() => null))?.hosts.find(({ id }) => id === hostId);
      if (host === undefined) continue;
      host.takenVcpus += vcpus;
      host.takenMemoryMib += memoryMib;
      host.takenDiskGib += diskGib;
    }
  }
}

async function readLook(tx: Pick<Transaction, '$queryRaw'>, imageId: string | null): Promise<Look> {
  const at = performance.now();
  return { at, hosts: await readCandidates(tx, { imageId }) };
}

// By the pool and not by the database, of which a request may have a copy.
const overviews = new WeakMap<Database['pool'], PlacementOverview>();

/** The one overview of an installation's database. */
export function overviewOf({ pool }: Pick<Database, 'pool'>): PlacementOverview {
  const known = overviews.get(pool) ?? new PlacementOverview();
  overviews.set(pool, known);
  return known;
}
