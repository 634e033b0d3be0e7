import type { Webhook, WebhookDelivery } from '@unkai/prisma/client';
import { type Core, keysOf } from '../call.ts';
import { OutgoingFailure } from '../outgoing/failure.ts';
import { guardedFetch } from '../outgoing/guarded-fetch.ts';
import type { Resolve } from '../outgoing/target.ts';
import { unseal } from '../sealed.ts';
import { webhookOwner } from '../store/webhook.ts';
import { messageOf } from './message.ts';
import { signedHeaders } from './signature.ts';
import { webhookTargets } from './target.ts';

export interface AttemptOptions {
  readonly signal: AbortSignal;
  /** How long a receiver may take until its answer begins. */
  readonly patienceMs: number;
  readonly resolve?: Resolve;
}

export interface Outcome {
  readonly isTaken: boolean;
  readonly status: number | null;
  /** Why it does not count as taken. */
  readonly error: string | null;
}

/** Sends a message once. Only the status of the answer is looked at; not a byte of its body is read (A30). */
export async function attempt(
  core: Core,
  webhook: Webhook,
  delivery: WebhookDelivery,
  { signal, patienceMs, resolve }: AttemptOptions,
): Promise<Outcome> {
  const body = messageOf(delivery, webhook.projectId);
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Unkai-Webhooks/1',
    ...signedHeaders({ id: delivery.id, timestamp, body }, secretsOf(core, webhook)),
  };
  try {
    const answer = await guardedFetch(
      webhook.url,
      { method: 'POST', headers, body },
      {
        allowed: webhookTargets(core),
        patienceMs,
        mostBytes: 0,
        redirects: 3,
        signal,
        ...(resolve !== undefined && { resolve }),
      },
    );
    answer.discard();
    const { status } = answer;
    const isTaken = status >= 200 && status < 300;
    return { isTaken, status, error: isTaken ? null : `The receiver answered ${status}.` };
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error;
    return { isTaken: false, status: null, error: words(error) };
  }
}

/** A sentence about what the tenant named, and nothing of what is behind it. */
function words({ code, message }: OutgoingFailure): string {
  const isAboutUrl = ['address', 'scheme', 'credentials', 'port', 'target'].includes(code);
  return `${isAboutUrl ? 'The address, or where it redirects to,' : 'The receiver'} ${message}.`;
}

/** The present one first, then the one before it while receivers may still know only that. */
function secretsOf(core: Core, { id, sealedSecret, sealedFormerSecret, formerSecretUntil }: Webhook): string[] {
  const open = (sealed: Uint8Array) => unseal(sealed, webhookOwner(id), keysOf(core).atRest);
  const isFormerGood = formerSecretUntil !== null && formerSecretUntil.getTime() > Date.now();
  return [open(sealedSecret), ...(sealedFormerSecret !== null && isFormerGood ? [open(sealedFormerSecret)] : [])];
}
