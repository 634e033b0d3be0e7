// What this host was last told to be: desired specs by noun and id, kept on disk so that metadata, DHCP and consoles
// work while the control plane is away. Files are 0600 (a server's spec holds its user data) and replaced by rename, so
// a crash leaves the old one or the new one, never half of one.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { desiredConsoleSessionSpec, desiredNetworkSpec, desiredServerSpec } from '@unkai/contracts/host/desired';
import { desiredImageSpec } from '@unkai/contracts/host/desired-image';
import { desiredRouterBranchSpec, desiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { desiredServerMigrationSpec } from '@unkai/contracts/host/desired-server-migration';
import { type HostNoun, hostNoun } from '@unkai/contracts/host/job';
import { id as idSchema } from '@unkai/contracts/primitives';
import type { Logger } from 'pino';
import { z } from 'zod';
import { writeFileAtomically } from './files.ts';

const specs = {
  network: desiredNetworkSpec,
  router: desiredRouterSpec,
  'router-branch': desiredRouterBranchSpec,
  image: desiredImageSpec,
  server: desiredServerSpec,
  'server-migration': desiredServerMigrationSpec,
  'console-session': desiredConsoleSessionSpec,
} as const satisfies Record<HostNoun, z.ZodType>;

export type SpecOf = { [Noun in HostNoun]: z.infer<(typeof specs)[Noun]> };
export type Kept<Noun extends HostNoun> = { generation: number; spec: SpecOf[Noun] };
export type StateListener = (noun: HostNoun, id: string) => void;

const fileSchemas: { [Noun in HostNoun]: z.ZodType<Kept<Noun>> } = {
  network: z.object({ generation: z.number().int(), spec: specs.network }),
  router: z.object({ generation: z.number().int(), spec: specs.router }),
  'router-branch': z.object({ generation: z.number().int(), spec: specs['router-branch'] }),
  image: z.object({ generation: z.number().int(), spec: specs.image }),
  server: z.object({ generation: z.number().int(), spec: specs.server }),
  'server-migration': z.object({ generation: z.number().int(), spec: specs['server-migration'] }),
  'console-session': z.object({ generation: z.number().int(), spec: specs['console-session'] }),
};

type Shelves = { [Noun in HostNoun]: Map<string, Kept<Noun>> };

/** The local store. Reads come from memory; writes reach the disk before they return. */
export class StateStore {
  readonly #folder: string;
  readonly #shelves: Shelves = {
    network: new Map(),
    router: new Map(),
    'router-branch': new Map(),
    image: new Map(),
    server: new Map(),
    'server-migration': new Map(),
    'console-session': new Map(),
  };
  readonly #listeners = new Set<StateListener>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the store below `folder` and reads it all. A file that cannot be read is set aside with a warning: the next sync brings it back. */
  static async open(folder: string, log: Logger): Promise<StateStore> {
    const store = new StateStore(folder);
    // Users of its own that the host's tools run as pass through the home, and list nothing in it.
    await mkdir(dirname(folder), { recursive: true, mode: 0o711 });
    for (const noun of hostNoun.options) {
      await mkdir(join(folder, noun), { recursive: true, mode: 0o700 });
      for (const file of await readdir(join(folder, noun))) await store.#load(noun, file, log);
    }
    return store;
  }

  get<Noun extends HostNoun>(noun: Noun, id: string): Kept<Noun> | undefined {
    return this.#shelves[noun].get(id);
  }

  list<Noun extends HostNoun>(noun: Noun): Kept<Noun>[] {
    return [...this.#shelves[noun].values()];
  }

  async put<Noun extends HostNoun>(noun: Noun, id: string, kept: Kept<Noun>): Promise<void> {
    await writeFileAtomically(this.#file(noun, id), `${JSON.stringify(kept)}\n`, 0o600);
    this.#shelves[noun].set(id, kept);
    this.#tell(noun, id);
  }

  async remove(noun: HostNoun, id: string): Promise<void> {
    await rm(this.#file(noun, id), { force: true });
    if (this.#shelves[noun].delete(id)) this.#tell(noun, id);
  }

  /** Calls back after each change; returns the way to stop. */
  onChange(listener: StateListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(noun: HostNoun, id: string): void {
    for (const listener of this.#listeners) listener(noun, id);
  }

  #file(noun: HostNoun, id: string): string {
    return join(this.#folder, noun, `${id}.json`);
  }

  async #load<Noun extends HostNoun>(noun: Noun, file: string, log: Logger): Promise<void> {
    const path = join(this.#folder, noun, file);
    const id = idSchema.safeParse(file.replace(/\.json$/, ''));
    if (!file.endsWith('.json') || !id.success) {
      await rm(path, { force: true, recursive: true });
      return;
    }
    try {
      this.#shelves[noun].set(id.data, fileSchemas[noun].parse(JSON.parse(await readFile(path, 'utf8'))));
    } catch (error) {
      log.warn({ err: error, path }, 'a file of local state cannot be read; it is dropped and fetched again');
      await rm(path, { force: true });
    }
  }
}
