import type { HostNoun } from '@unkai/contracts/host/job';
import type { HostContext, ResourceContext } from '../context.ts';
import type { Kept, SpecOf, StateStore } from '../state.ts';
import {
  ensure as ensureConsoleSession,
  list as listConsoleSessions,
  purge as purgeConsoleSession,
} from './console-session.ts';
import * as image from './image.ts';
import * as network from './network.ts';
import type { Observed } from './observed.ts';
import * as router from './router.ts';
import { ensure as ensureBranch, list as listBranches, purge as purgeBranch } from './router-branch.ts';
import * as server from './server.ts';
import { ensure as ensureMigration, list as listMigrations, purge as purgeMigration } from './server-migration.ts';

type Resource<Spec> = {
  ensure(context: ResourceContext, spec: Spec): Promise<Observed>;
  purge(context: ResourceContext, id: string): Promise<void>;
  list(host: HostContext): Promise<string[]>;
};

/** In the order in which they need each other: a server needs its networks and its image. */
const resources: { [Noun in HostNoun]: Resource<SpecOf[Noun]> } = {
  network: {
    ...network,
    ensure: async (context, spec) => {
      await network.ensure(context, spec);
      return {};
    },
  },
  router,
  'router-branch': { ensure: ensureBranch, purge: purgeBranch, list: listBranches },
  image,
  server,
  'server-migration': { ensure: ensureMigration, purge: purgeMigration, list: listMigrations },
  'console-session': { ensure: ensureConsoleSession, purge: purgeConsoleSession, list: listConsoleSessions },
};
export const nounsInOrder = [
  'network',
  'router',
  'router-branch',
  'image',
  'server',
  'server-migration',
  'console-session',
] as const satisfies HostNoun[];

/** Makes a noun what local state says it should be. Does nothing when local state says nothing. */
export async function ensure<Noun extends HostNoun>(
  context: ResourceContext,
  noun: Noun,
  id: string,
): Promise<Observed> {
  const kept = context.state.get(noun, id);
  if (kept === undefined) return { state: 'absent' };
  return resources[noun].ensure(context, kept.spec);
}

/** Removes a noun and all that the host has of it. */
export function purge(context: ResourceContext, noun: HostNoun, id: string): Promise<void> {
  return resources[noun].purge(context, id);
}

/** Ids of this noun that the host has something of, on disk, in the kernel or in local state. */
export async function list(host: HostContext, noun: HostNoun): Promise<string[]> {
  const kept = host.state.list(noun).map(({ spec }) => spec.id);
  return [...new Set([...kept, ...(await resources[noun].list(host))])];
}

/** Writes down what a noun should be. */
export function keep<Noun extends HostNoun>(
  state: StateStore,
  noun: Noun,
  id: string,
  { generation, spec }: Kept<Noun>,
): Promise<void> {
  return state.put(noun, id, { generation, spec });
}
