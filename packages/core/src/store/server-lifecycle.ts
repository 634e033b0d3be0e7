import { type Failure, failure } from '@unkai/contracts/errors';
import { notes } from '@unkai/contracts/primitives';
import { type ServerState, serverState } from '@unkai/contracts/resources/server';
import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Database, Unit } from '../database/database.ts';
import { emit } from '../events.ts';

export interface ServerHost {
  readonly id: string;
  readonly name: string;
  readonly isUp: boolean;
  /** It lets go of whatever is not its own before it counts again. */
  readonly isFenced: boolean;
}

/** A server as its workflows see it: what it should be, what its host says it is, and whether that host answers. */
export interface ServerLife {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly state: ServerState;
  readonly generation: number;
  readonly desiredPresence: string;
  readonly desiredPower: string;
  readonly observedGeneration: number;
  readonly observedState: string | null;
  readonly observedPower: string | null;
  readonly observedProgress: string | null;
  readonly observedFailure: Failure | null;
  readonly host: ServerHost | null;
}

/** Reads a server for a step; null when it is gone. */
export async function readServerLife({ kysely }: Database, id: string): Promise<ServerLife | null> {
  const row = await kysely
    .selectFrom('server')
    .leftJoin('host', 'host.id', 'server.host_id')
    .select(['server.id', 'server.name', 'server.project_id as projectId', 'server.state', 'server.generation'])
    .select(['server.desired_presence as desiredPresence', 'server.desired_power as desiredPower'])
    .select(['server.observed_generation as observedGeneration', 'server.observed_state as observedState'])
    .select(['server.observed_power as observedPower', 'server.observed_progress as observedProgress'])
    .select(['server.observed_failure', 'host.id as hostId', 'host.name as hostName', 'host.is_up as hostIsUp'])
    .select('host.fenced_at as fencedAt')
    .where('server.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const { observed_failure, hostId, hostName, hostIsUp, fencedAt, state, ...columns } = row;
  const host = { isUp: hostIsUp === true, isFenced: fencedAt !== null };
  return {
    ...columns,
    state: serverState.parse(state),
    observedFailure: failure.safeParse(observed_failure).data ?? null,
    host: hostId === null || hostName === null ? null : { id: hostId, name: hostName, ...host },
  };
}

export interface ServerAsk {
  readonly serverId: string;
  readonly requestId: string;
  readonly desiredPresence?: 'present' | 'absent';
  readonly desiredPower?: 'on' | 'off';
}

/**
 * Changes what a server should be on its host and hints the host after the commit. Gives the generation to wait for;
 * 0 when the server is gone or on no host, so that there is nobody to wait for.
 */
export async function askServer({ tx, afterCommit }: Unit, core: Core, ask: ServerAsk): Promise<number> {
  const { serverId, requestId, desiredPresence = null, desiredPower = null } = ask;
  const [row] = asked.parse(
    await tx.$queryRaw`
    UPDATE server SET generation = generation + 1, updated_at = now(),
      desired_presence = coalesce(${desiredPresence}, desired_presence),
      desired_power = coalesce(${desiredPower}, desired_power)
    WHERE id = ${serverId}::uuid AND host_id IS NOT NULL RETURNING generation, host_id AS "hostId"`,
  );
  if (row === undefined) return 0;
  const { generation, hostId } = row;
  afterCommit(() => core.queues.hintHost(hostId, { noun: 'server', id: serverId, requestId }));
  return generation;
}

const asked = z.array(z.object({ generation: z.number(), hostId: z.string() }));

export interface ServerSettling {
  readonly serverId: string;
  readonly projectId: string | null;
  /** States in which the change is still wanted: a server that is being deleted meanwhile stays so. */
  readonly from: readonly ServerState[];
  readonly to: ServerState;
  readonly failure?: Failure;
  readonly isLaunched?: boolean;
  readonly desiredPower?: 'on' | 'off';
}

/** Moves a server to the state that an operation has led to, and tells live pages. Says whether it did. */
export async function settleServer({ tx }: Unit, settling: ServerSettling): Promise<boolean> {
  const { serverId, projectId, from, to, isLaunched, desiredPower } = settling;
  // Prisma tells a JSON null from an SQL null by an object of its own; raw SQL says what is meant.
  const reason = settling.failure === undefined ? null : JSON.stringify(settling.failure);
  const changed = await tx.$executeRaw`
    UPDATE server SET state = ${to}, failure = ${reason}::jsonb, updated_at = now(),
      desired_power = coalesce(${desiredPower ?? null}, desired_power),
      launched_at = CASE WHEN ${isLaunched ?? false} THEN coalesce(launched_at, now()) ELSE launched_at END
    WHERE id = ${serverId}::uuid AND state = ANY(${[...from]})`;
  if (changed === 0) return false;
  await emit(tx, { projectId, noun: 'server', resourceId: serverId, kind: 'changed' });
  return true;
}

const placementRequest = z.object({
  hostId: z.string().nullable(),
  vcpus: z.number(),
  memoryMib: z.number(),
  diskGib: z.number(),
  availabilityZone: z.string().nullable(),
  architecture: z.string(),
  imageId: z.string().nullable(),
  projectId: z.string(),
  extraSpecs: notes.catch({}),
  imageProperties: notes.catch({}),
});

/** What placement must know of a server; null when it is gone. Its disk is never smaller than its image. */
export async function readPlacementRequest({ tx }: Unit, serverId: string) {
  const [row] = await tx.$queryRaw<unknown[]>`
    SELECT wanted_host_id AS "hostId", vcpus, memory_mib AS "memoryMib", availability_zone AS "availabilityZone", image_id AS "imageId",
      server.project_id AS "projectId", extra_specs AS "extraSpecs", coalesce(image.properties, '{}') AS "imageProperties",
      greatest(disk_gib, ceil(coalesce(image.virtual_size_bytes, 0) / (1024 ^ 3)))::int AS "diskGib",
      coalesce(image.architecture, 'x86_64') AS architecture
    FROM server LEFT JOIN image ON image.id = server.image_id WHERE server.id = ${serverId}::uuid`;
  return row === undefined ? null : placementRequest.parse(row);
}

/** Puts a server on its host, or on none. One that asked for no zone is in its host's from then on. */
export async function assignHost({ tx }: Unit, serverId: string, hostId: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE server SET host_id = ${hostId}::uuid,
      availability_zone = coalesce(availability_zone, (SELECT availability_zone FROM host WHERE id = ${hostId}::uuid))
    WHERE id = ${serverId}::uuid`;
}

/** Removes the row of a server that holds nothing any more. Harmless twice. */
export async function removeServer({ tx }: Unit, serverId: string, projectId: string | null): Promise<void> {
  const { count } = await tx.server.deleteMany({ where: { id: serverId } });
  if (count > 0) await emit(tx, { projectId, noun: 'server', resourceId: serverId, kind: 'deleted' });
}

/** Asks a server's host for an act that is carried out once, known by `actionId`. Gives the generation. */
export async function requestAction(
  unit: Unit,
  core: Core,
  act: { actionId: string; kind: 'reboot-soft' | 'reboot-hard'; serverId: string; requestId: string },
): Promise<number> {
  const { actionId, kind, serverId, requestId } = act;
  await unit.tx.serverAction.upsert({
    where: { id: actionId },
    create: { id: actionId, serverId, kind },
    update: {},
    select: { id: true },
  });
  return askServer(unit, core, { serverId, requestId });
}

/** Whether an act was carried out, and how; null while it was not. */
export async function readActionEnd(
  { kysely }: Database,
  actionId: string,
): Promise<{ failure: Failure | null } | null> {
  const row = await kysely
    .selectFrom('server_action')
    .select(['done_at', 'failure'])
    .where('id', '=', actionId)
    .executeTakeFirst();
  if (!row || row.done_at === null) return null;
  return { failure: failure.safeParse(row.failure).data ?? null };
}

/** Withdraws acts that were not carried out, so that none happens long after it was asked for. */
export async function withdrawAction({ tx }: Unit, actionId: string): Promise<void> {
  await tx.serverAction.deleteMany({ where: { id: actionId, doneAt: null } });
}

/** The image that a server stands on; null when there is none or the server is gone. */
export async function readServerImageId({ kysely }: Database, serverId: string): Promise<string | null> {
  const row = await kysely.selectFrom('server').select('image_id').where('id', '=', serverId).executeTakeFirst();
  return row?.image_id ?? null;
}
