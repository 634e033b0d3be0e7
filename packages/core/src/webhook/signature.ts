import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A new secret to sign messages with: 256 random bits, as Standard Webhooks writes them. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(32).toString('base64');
}

interface Message {
  readonly id: string;
  /** Seconds since 1970; a receiver refuses what is older than a few minutes, so that nothing heard can be said again. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers that prove a message, as in Standard Webhooks 1.0: HMAC-SHA-256 over `id.timestamp.body`, one signature for
 * each secret that counts.
 */
export function signedHeaders({ id, timestamp, body }: Message, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
