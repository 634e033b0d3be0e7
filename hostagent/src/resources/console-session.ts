import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredConsoleSessionSpec } from '@unkai/contracts/host/desired';
import type { ConsoleClose } from '@unkai/contracts/resources/console-session';
import type { WebSocket } from 'ws';
import { type ConsoleLine, closeWith, dial, joinScreen, joinSerial, keepAlive } from '../console/console-line.ts';
import type { HostContext, ResourceContext } from '../context.ts';
import type { Observed } from './observed.ts';

/**
 * Carries a console to the gateway that asks for it: the host dials out, so it needs no open port. Each session is dialled
 * once; when it is over it stays over. Throws when the server does not run, has no such console, or the gateway does not answer.
 */
export async function ensure(context: ResourceContext, spec: DesiredConsoleSessionSpec): Promise<Observed> {
  const known = context.sessions.get(spec.id);
  if (known !== undefined) return known.isOver ? { state: 'absent' } : {};
  const session: ConsoleLine = { serverId: spec.serverId, isOver: false, close: () => undefined };
  context.sessions.set(spec.id, session);
  try {
    await connect(context, spec, session);
    return {};
  } catch (error) {
    session.isOver = true;
    throw error;
  }
}

/** Ends a session. Harmless twice. */
export async function purge(context: ResourceContext, id: string): Promise<void> {
  context.sessions.get(id)?.close('hostEnded');
  context.sessions.delete(id);
}

/** Ends all sessions of a server that is no longer here. */
export function endSessionsOf(host: HostContext, serverId: string, why: ConsoleClose): void {
  for (const session of host.sessions.values()) if (session.serverId === serverId) session.close(why);
}

/** Ids of all sessions that this process knows; none outlives it. */
export async function list(host: HostContext): Promise<string[]> {
  return [...host.sessions.keys()];
}

async function connect(context: ResourceContext, spec: DesiredConsoleSessionSpec, session: ConsoleLine): Promise<void> {
  const { join, letGo } = await openConsole(context, spec);
  const socket = await dialGateway(context, spec).catch((error: unknown) => {
    letGo();
    throw error;
  });
  session.close = (why) => closeWith(socket, why);
  socket.on('close', () => {
    session.isOver = true;
    context.touch('console-session', spec.id);
  });
  keepAlive(socket);
  join(socket);
}

/** Opens the guest's side first: a viewer of a server that does not run is told so, and no gateway is bothered. */
async function openConsole(context: ResourceContext, spec: DesiredConsoleSessionSpec) {
  const guest = await context.guests.find(spec.serverId);
  if (guest === undefined) throw new UnkaiError('wrong_state', 'The server does not run, so it has no console.');
  if (spec.kind === 'screen') {
    const screen = await guest.openScreen();
    return {
      join: (socket: WebSocket) => joinScreen(socket, screen, spec.isReadOnly),
      letGo: () => void screen.destroy(),
    };
  }
  await context.consoles.attach(guest);
  const serial = context.consoles.serial(spec.serverId);
  if (serial === undefined) throw new UnkaiError('host_failed', 'The serial console of this server has just ended.');
  return {
    join: (socket: WebSocket) => joinSerial(socket, serial, spec.isReadOnly),
    letGo: () => undefined,
  };
}

async function dialGateway(context: ResourceContext, spec: DesiredConsoleSessionSpec): Promise<WebSocket> {
  try {
    return await dial(spec.gatewayUrl, context.controlPlane.authorization());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnkaiError('host_unreachable', `The console gateway did not take the connection: ${reason}.`, { cause });
  }
}
