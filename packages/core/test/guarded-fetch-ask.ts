import { noOwnNetworks, ownNetworks } from '@unkai/core/outgoing/address-rule';
import { OutgoingFailure } from '@unkai/core/outgoing/failure';
import { type Guard, guardedFetch } from '@unkai/core/outgoing/guarded-fetch';
import type { Allowed } from '@unkai/core/outgoing/target';

export const anyPublic: Allowed = { kind: 'public', own: noOwnNetworks };
const withLoopback: Allowed = { kind: 'public', own: ownNetworks('127.0.0.0/8') };
export const hook = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"é":1}' } as const;
export const question = { method: 'GET', headers: {} } as const;

export function guard(changes: Partial<Guard> = {}): Guard {
  return { allowed: withLoopback, patienceMs: 20_000, mostBytes: 1_000, redirects: 3, ...changes };
}

/** Why it was refused, or came to nothing. */
export async function failure(
  target: string,
  changes: Partial<Guard> = {},
  request: typeof hook | typeof question = hook,
) {
  const outcome = await guardedFetch(target, request, guard(changes)).catch((error: unknown) => error);
  if (outcome instanceof OutgoingFailure) return outcome.code;
  throw new Error(`no refusal: ${JSON.stringify(outcome)}`);
}

export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString();
}
