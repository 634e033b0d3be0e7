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

/** A session lives at most this long; the portal opens a new one by itself when it is over. */
export const consoleSessionMaxSeconds = 12 * 60 * 60;

/** Why the gateway closes a console's WebSocket: the close code, and the reason that a person reads. */
export const consoleClose = {
  left: { code: 1000, reason: 'The console was closed.' },
  tokenSpent: { code: 4001, reason: 'This console link was used already or is too old. Open the console again.' },
  hostSilent: { code: 4002, reason: 'The host of this server did not answer. Try again in a moment.' },
  serverGone: { code: 4003, reason: 'The server is gone, moved or switched off.' },
  hostEnded: { code: 4004, reason: 'The console ended on the host, as when the server is switched off.' },
  notPermitted: { code: 4005, reason: 'You may no longer use this console.' },
  tooSlow: { code: 4006, reason: 'The connection is too slow for this console. Open it again.' },
  tooLong: { code: 4007, reason: 'This console was open for its longest time. Open it again.' },
  hostRefused: { code: 4009, reason: 'The host could not open this console of the server.' },
  unavailable: { code: 4008, reason: 'The control plane does not answer. Try again in a moment.' },
  gatewayStopping: { code: 1012, reason: 'The console gateway restarts. Open the console again.' },
} as const satisfies Record<string, { code: number; reason: string }>;
export type ConsoleClose = keyof typeof consoleClose;
