import { getConnInfo } from '@hono/node-server/conninfo';
import { invalidInput, UnkaiError } from '@unkai/contracts/errors';
import {
  type InterfaceSlots,
  interfaceSlots,
  interfaceSlotsHeader,
} from '@unkai/contracts/host/desired-server-migration';
import { hostNoun } from '@unkai/contracts/host/job';
import { heartbeat, joinRequest } from '@unkai/contracts/host/join';
import { hostReports, serverLogUpload } from '@unkai/contracts/host/report';
import { id as idSchema } from '@unkai/contracts/primitives';
import type { Core } from '@unkai/core/call';
import { authenticateHost, shownCredential } from '@unkai/core/host/credential';
import { readDesired, readDesiredIndex } from '@unkai/core/host/desired';
import { noteHeartbeat } from '@unkai/core/host/heartbeat';
import { joinHost } from '@unkai/core/host/join';
import { takeReports } from '@unkai/core/host/reports';
import { heartbeatHash, noteSameHeartbeat, type SameHeartbeat } from '@unkai/core/host/same-heartbeat';
import { findServerDisk, receiveServerDisk } from '@unkai/core/host/server-disk';
import { clientAddress } from '@unkai/core/identity/edge-trust';
import type { ImageStore } from '@unkai/core/image/image-store';
import { storeServerLog } from '@unkai/core/server-log';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { factsLimitBytes, heartbeatReply } from './heartbeat.ts';
import { hintStream } from './hints.ts';
import { bytesOf, imageBytes } from './image-bytes.ts';
import { parsedJson, readJsonBody, readText, requireJson } from './json-body.ts';
import { noSuchPath, problemResponse, requestIdOf } from './problem.ts';

export interface AgentDoorOptions {
  readonly images: ImageStore;
  /** What servers that move have on their disks, while it is on its way. */
  readonly disks: ImageStore;
  /** Redis as hosts reach it; its user and password are replaced by the host's own. */
  readonly hostRedisUrl: string;
  /** What `edgeProof` of the installation's secret gives. */
  readonly edgeProof: string;
}

const reportsLimitBytes = 1_048_576;
// A character of a log takes up to six bytes in JSON (\u0000).
const logLimitBytes = 2_097_152;

/**
 * The door for hosts. Each shows its own credential and sees and reports only what is on it; whatever else it asks about
 * is `absent`, whether it exists or not (A60, A62).
 */
export function agentDoor(core: Core, options: AgentDoorOptions): Hono {
  const door = new Hono();
  door.route('/agent', membership(core, options));
  door.route('/agent', desiredState(core, options));
  door.route('/agent', observedState(core));
  door.route('/agent', serverDisks(core, options));
  door.all('/agent/*', () => {
    throw noSuchPath();
  });
  door.onError((error, context) => {
    const response = problemResponse(error, requestIdOf(context.req.raw.headers), core.log);
    // Of a disk that is refused half-way the rest is still on its way: nothing else can come over this connection.
    if (context.req.method === 'PUT') response.headers.set('connection', 'close');
    return response;
  });
  return door;
}

/** How a machine becomes a host, and says that it still is one. */
function membership(core: Core, options: AgentDoorOptions): Hono {
  const door = new Hono();
  door.post('/join', async (context) => {
    const said = await readJsonBody(context.req.raw, joinRequest, factsLimitBytes);
    const { headers } = context.req.raw;
    const address = clientAddress(headers, options.edgeProof, connectionAddress(context));
    const redisUrl = options.hostRedisUrl;
    const { token, facts, credential } = said;
    const requestId = requestIdOf(headers);
    return context.json(await joinHost(core, { token, facts, credential, requestId, address, redisUrl }));
  });

  door.post('/heartbeat', async (context) => {
    return context.json(heartbeatReply(await heard(core, context), options.hostRedisUrl));
  });
  return door;
}

async function heard(core: Core, context: Context): Promise<SameHeartbeat> {
  const authorization = context.req.raw.headers.get('authorization');
  // Nobody's body is read without a credential, be it a wrong one.
  const text = shownCredential(authorization) === null ? '' : await readText(context.req.raw, factsLimitBytes);
  const bodyHash = heartbeatHash(text);
  const same = await noteSameHeartbeat(core, authorization, bodyHash);
  if (same !== null) return same;
  const host = await authenticateHost(core, authorization);
  requireJson(context.req.raw);
  return { host, lease: await noteHeartbeat(core, host, parsedJson(text, heartbeat), bodyHash) };
}

/** What should be on the host. */
function desiredState(core: Core, options: AgentDoorOptions): Hono {
  const door = new Hono();
  door.get('/desired', async (context) => {
    const host = await callingHost(core, context);
    return context.json(await readDesiredIndex(core.database, host.id));
  });

  door.get('/hints', async (context) => hintStream(core, (await callingHost(core, context)).id));

  door.get('/desired/:noun/:id', async (context) => {
    const host = await callingHost(core, context);
    const { noun, id } = parsedPath(context, z.object({ noun: hostNoun, id: idSchema }));
    return context.json(await readDesired(core.database, host.id, noun, id));
  });

  door.get('/images/:id/file', async (context) => {
    const host = await callingHost(core, context);
    const { id } = parsedPath(context, z.object({ id: idSchema }));
    const desired = await readDesired(core.database, host.id, 'image', id);
    // Read through the same rule as the desired state: a host gets the bytes it should have and no others (A24).
    if (desired.presence === 'absent') throw new UnkaiError('not_found', `This host should not have the image ${id}.`);
    return imageBytes(options.images, id, context.req.raw.headers.get('range')).catch((error: unknown) => {
      // A plain no, which no retry of the host mends; the image is missing, not this program broken.
      throw isMissing(error) ? new UnkaiError('not_found', error.message, { cause: error }) : error;
    });
  });
  return door;
}

/** What is on the host, as it says itself. */
function observedState(core: Core): Hono {
  const door = new Hono();
  door.post('/reports', async (context) => {
    const host = await callingHost(core, context);
    const reports = await readJsonBody(context.req.raw, hostReports, reportsLimitBytes);
    await takeReports(core, host, reports, reports.requestId ?? requestIdOf(context.req.raw.headers));
    return context.body(null, 204);
  });

  door.put('/servers/:id/log', async (context) => {
    const host = await callingHost(core, context);
    const { id } = parsedPath(context, z.object({ id: idSchema }));
    await storeServerLog(core, host, id, await readJsonBody(context.req.raw, serverLogUpload, logLimitBytes));
    return context.body(null, 204);
  });
  return door;
}

/** Disks of servers that move: one host sends, another one fetches. */
function serverDisks(core: Core, { disks }: AgentDoorOptions): Hono {
  const door = new Hono();
  const path = '/server-migrations/:id/disk';
  door.put(path, async (context) => {
    const { id: hostId } = await callingHost(core, context);
    const { id: migrationId } = parsedPath(context, z.object({ id: idSchema }));
    const slots = slotsOf(context);
    const bytes = bytesOf(context.req.raw);
    return context.json(await receiveServerDisk(core, { migrationId, hostId, disks, slots, bytes }));
  });

  door.get(path, async (context) => {
    const { id: hostId } = await callingHost(core, context);
    const { id: migrationId } = parsedPath(context, z.object({ id: idSchema }));
    const name = await findServerDisk(core, hostId, migrationId);
    return imageBytes(disks, name, context.req.raw.headers.get('range'));
  });
  return door;
}

function slotsOf(context: Context): InterfaceSlots {
  const parsed = interfaceSlots.safeParse(parsedText(context.req.header(interfaceSlotsHeader) ?? '{}'));
  if (!parsed.success) throw invalidInput(parsed.error, interfaceSlotsHeader);
  return parsed.data;
}

/** Undefined for what is no JSON. */
function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function callingHost(core: Core, context: Context) {
  return authenticateHost(core, context.req.raw.headers.get('authorization'));
}

function parsedPath<Schema extends z.ZodType>(context: Context, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(context.req.param());
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

function isMissing(error: unknown): error is UnkaiError {
  return error instanceof UnkaiError && error.code === 'image_missing';
}

function connectionAddress(context: Context): string | null {
  try {
    return getConnInfo(context).remote.address ?? null;
  } catch {
    // A request that was made in this process has no connection.
    return null;
  }
}
