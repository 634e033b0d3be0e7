// Which tracked connections a router's translations may have begun, on disk: when a floating IP goes, its connections
// must be forgotten, also when the agent was killed in between. Written before the rules are, so that nothing is missed.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasErrorCode, namesIn, writeFileAtomically } from '../files.ts';
import type { NetworkHost } from '../network-host.ts';
import type { Tracked } from '../tools/routing.ts';

const trackedList = z.array(
  z.object({
    side: z.enum(['towards', 'answered-at']),
    address: z.string(),
    inner: z.string().optional(),
    ports: z.object({ protocol: z.enum(['tcp', 'udp']), min: z.number(), max: z.number() }).optional(),
  }),
);

const folderOf = (host: NetworkHost) => join(host.paths.home, 'routers');
const fileOf = (host: NetworkHost, routerId: string) => join(folderOf(host), `${routerId}.json`);
const keyOf = (tracked: Tracked) => JSON.stringify(tracked);

/**
 * Adds these to what is remembered of a router, and gives those of before that are not among them: they are to be
 * forgotten once the rules no longer make new ones.
 */
export async function remember(host: NetworkHost, routerId: string, now: readonly Tracked[]): Promise<Tracked[]> {
  const before = await read(host, routerId);
  const wanted = new Set(now.map(keyOf));
  const gone = before.filter((each) => !wanted.has(keyOf(each)));
  if (before.length - gone.length < now.length) await write(host, routerId, [...now, ...gone]);
  return gone;
}

/** Leaves only these. */
export async function settle(host: NetworkHost, routerId: string, now: readonly Tracked[]): Promise<void> {
  await write(host, routerId, now);
}

/** Harmless when there is nothing. */
export async function purgeMemory(host: NetworkHost, routerId: string): Promise<void> {
  await rm(fileOf(host, routerId), { force: true });
}

/** Routers that something is remembered of. */
export async function rememberedRouters(host: NetworkHost): Promise<string[]> {
  return (await namesIn(folderOf(host))).map((name) => name.replace(/\.json$/, ''));
}

/** A file that cannot be read is as none: connections of before may outlive their floating IP, and the router works. */
async function read(host: NetworkHost, routerId: string): Promise<Tracked[]> {
  try {
    return trackedList.parse(JSON.parse(await readFile(fileOf(host, routerId), 'utf8')));
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return [];
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    host.log.warn({ err: error, routerId }, 'what was remembered of a router cannot be read');
    return [];
  }
}

async function write(host: NetworkHost, routerId: string, tracked: readonly Tracked[]): Promise<void> {
  await mkdir(folderOf(host), { recursive: true, mode: 0o700 });
  await writeFileAtomically(fileOf(host, routerId), JSON.stringify(tracked), 0o600);
}
