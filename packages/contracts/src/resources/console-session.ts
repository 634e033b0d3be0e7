import { z } from 'zod';
import { id, isoTime } from '../primitives.ts';

/** `screen` is RFB (VNC), `serial` is the bytes of the first serial port. */
export const consoleKind = z.enum(['screen', 'serial']);
export type ConsoleKind = z.infer<typeof consoleKind>;

export const consoleSessionCreate = z.strictObject({ kind: consoleKind });

/**
 * A one-time way to a console. The token is sent as the WebSocket subprotocol `unkai.token.<token>` beside
 * `unkai.console`, never in a URL, so that no log or Referer ever holds it (A37).
 */
export const consoleSession = z.object({
  id,
  serverId: id,
  kind: consoleKind,
  /** Path on the public origin to open a WebSocket to. */
  path: z.string(),
  token: z.string(),
  expiresAt: isoTime,
});

/** How long a token may wait for its one use. */
export const consoleTokenSeconds = 60;
export const consoleSubprotocol = 'unkai.console';
export const consoleTokenSubprotocolPrefix = 'unkai.token.';
