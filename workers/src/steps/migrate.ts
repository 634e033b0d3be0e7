import type { Failure } from '@unkai/contracts/errors';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Unit } from '@unkai/core/database/database';
import type { ImageStore } from '@unkai/core/image/image-store';
import { retractNetworks as retract } from '@unkai/core/store/host-network';
import { askServer, readServerLife } from '@unkai/core/store/server-lifecycle';
import * as store from '@unkai/core/store/server-migration';
import { nap, type RunFacts, type StepContext } from '@unkai/core/workflow/definition';
import { z } from 'zod';
import { asked, reported, silentHost } from './host-wait.ts';
import { ensureImageOn } from './image.ts';
import { ensureNetworksOn } from './network.ts';

const nothing = z.object({});

/** The migration of the run. Throws `not_found` when it is over. */
const migrationOf = ({ core, run }: StepContext) => store.requireMigration(core.database, store.migrationOf(run.input));

/** The migration while it can still be taken back; null when it is over or the server is the next host's already. */
async function turningBack({ core, run }: StepContext): Promise<store.Migration | null> {
  const migration = await store.readMigration(core.database, store.migrationOf(run.input));
  return migration === null || migration.switchedAt !== null ? null : migration;
}

/** Sees that the room is there: it is taken with the request, so that its answer says what is in the way. */
export async function confirmRoom(context: StepContext): Promise<void> {
  await migrationOf(context);
}

/** Gives the room back, and shows the server as it was. */
export async function giveUp({ core, commit, run }: StepContext): Promise<void> {
  const about = { id: store.migrationOf(run.input), requestId: run.requestId };
  await commit((unit) => store.abandonMigration(unit, core, about));
}

export async function showFailure(unit: Unit, { input }: RunFacts, failure: Failure): Promise<void> {
  await store.showMigrationFailure(unit, store.migrationOf(input), failure);
}

export async function ensureNetworks(context: StepContext) {
  return ensureNetworksOn(context, (await migrationOf(context)).toHost);
}

export async function retractNetworks(context: StepContext): Promise<void> {
  const { core, commit, run } = context;
  const migration = await turningBack(context);
  if (migration === null) return;
  const where = { serverId: run.resourceId, hostId: migration.toHostId, requestId: run.requestId };
  await commit((unit) => retract(unit, core, where));
}

export async function ensureImage(context: StepContext) {
  return ensureImageOn(context, (await migrationOf(context)).toHost);
}

/** Servers of one host go a few at a time: each is off only while its own disk is copied. */
export async function awaitTurn(context: StepContext) {
  const migration = await migrationOf(context);
  const before = await context.commit((unit) => store.takeTurn(unit, migration));
  if (before === 0) return undefined;
  return nap({ afterMs: 1_000, progress: 'Other servers of its host are moved before it; it runs on until then' });
}

/** Switches a server on again that ran. One that is to be deleted or made anew elsewhere stays off. */
export async function switchBackOn(context: StepContext) {
  const { core, run, once } = context;
  const migration = await turningBack(context);
  const life = await readServerLife(core.database, run.resourceId);
  if (migration === null || life === null || life.host === null) return undefined;
  if (!migration.wasRunning || life.state !== 'migrating' || life.host.isFenced) return undefined;
  const { generation } = await once(asked, async (unit) => {
    const ask = { serverId: run.resourceId, requestId: run.requestId, desiredPower: 'on' } as const;
    return { generation: await askServer(unit, core, ask) };
  });
  const hasAnswered = life.observedGeneration >= generation;
  if (hasAnswered && (life.observedState === 'failed' || life.observedPower === 'crashed')) return undefined;
  if (hasAnswered && life.observedState === 'present' && life.observedPower === 'on') return undefined;
  const until = { noun: 'server', id: life.id, generation } as const;
  return nap({ progress: life.host.isUp ? life.observedProgress : silentHost, until });
}

type Side = { readonly id: string; readonly isUp: boolean };

/** Gives a host its part, and waits until it has done it. */
async function awaitPart(context: StepContext, side: 'fromHost' | 'toHost') {
  const { core, run, once } = context;
  const migration = await migrationOf(context);
  const host: Side = migration[side];
  await once(nothing, async (unit) => {
    await store.askPart(unit, core, { migrationId: migration.id, hostId: host.id, requestId: run.requestId });
    return {};
  });
  const part = store.partOf(await migrationOf(context), host.id);
  if (part?.observedState === 'present') return undefined;
  if (part?.observedState === 'failed') throw reported(part.observedFailure);
  const until = { noun: 'server-migration', id: migration.id, generation: 0 } as const;
  return nap({ progress: host.isUp ? (part?.observedProgress ?? null) : silentHost, until });
}

/** Has the host send what the guest has written, and sees that all of it has arrived. */
export async function sendDisk(context: StepContext) {
  const waits = await awaitPart(context, 'fromHost');
  if (waits !== undefined) return waits;
  const { sha256 } = await migrationOf(context);
  if (sha256 === null) throw new UnkaiError('host_failed', 'The host says that it sent the disk, and it did not come.');
  return undefined;
}

export function forgetDisk(disks: ImageStore) {
  return async (context: StepContext): Promise<void> => {
    const { core, commit, run } = context;
    const migration = await turningBack(context);
    if (migration === null) return;
    const { id: migrationId, fromHostId: hostId } = migration;
    const name = await commit(async (unit) => {
      await store.leavePart(unit, core, { migrationId, hostId, requestId: run.requestId });
      return store.forgetDisk(unit, migrationId);
    });
    if (name !== null) await disks.remove(name);
  };
}

export async function fetchDisk(context: StepContext) {
  return awaitPart(context, 'toHost');
}

/** Has the chosen host let go of what it fetched, and waits for its word; one that is away does so when it is back. */
export async function dropDisk(context: StepContext) {
  const { core, run, once } = context;
  const migration = await turningBack(context);
  if (migration === null) return undefined;
  const { id: migrationId, toHostId: hostId, toHost } = migration;
  await once(nothing, async (unit) => {
    await store.leavePart(unit, core, { migrationId, hostId, requestId: run.requestId });
    return {};
  });
  const now = await turningBack(context);
  const part = now === null ? null : store.partOf(now, hostId);
  if (part === null || part.observedState === 'absent' || !toHost.isUp) return undefined;
  const until = { noun: 'server-migration', id: migrationId, generation: 0 } as const;
  return nap({ progress: part.observedFailure?.message ?? null, until });
}

/** The one moment in which the server becomes another host's. */
export async function switchOver(context: StepContext) {
  const { core, commit, run } = context;
  const migration = await migrationOf(context);
  if (migration.switchedAt !== null) return undefined;
  if (await commit((unit) => store.switchOver(unit, core, migration, run.requestId))) return undefined;
  const life = await readServerLife(core.database, run.resourceId);
  if (life === null || life.state !== 'migrating' || life.observedState === 'failed') {
    throw new UnkaiError('wrong_state', 'The server is not as it was when its disk was sent.');
  }
  return nap({ afterMs: 1_000, progress: life.observedProgress });
}

/** Waits until the host of before has let go of the server. For one that is away the reconciler late-migrations does. */
export function clearHostOfBefore(disks: ImageStore) {
  return async (context: StepContext) => {
    const { core, commit, run } = context;
    const id = store.migrationOf(run.input);
    const migration = await store.readMigration(core.database, id);
    if (migration === null) return undefined;
    if (migration.uploadId !== null) await disks.remove(migration.uploadId);
    const isOver = await commit((unit) => store.finishMigration(unit, core, { id, requestId: run.requestId }));
    if (isOver || !migration.fromHost.isUp) return undefined;
    const until = { noun: 'server', id: run.resourceId, generation: 0 } as const;
    return nap({ progress: 'Its host of before removes what it had of it', until });
  };
}
