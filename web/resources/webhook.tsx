import type { DeliveryState, Webhook, WebhookState } from '@unkai/contracts/resources/webhook';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';

const tones: Record<WebhookState, Tone> = { enabled: 'ok', failing: 'warn', disabled: 'off' };
const deliveryTones: Record<DeliveryState, Tone> = { waiting: 'busy', delivered: 'ok', failed: 'bad' };

export function WebhookBadge({ webhook: { state } }: { webhook: Pick<Webhook, 'state'> }) {
  return <StateBadge tone={tones[state]} word={state} />;
}

export function DeliveryBadge({ state }: { state: DeliveryState }) {
  return <StateBadge tone={deliveryTones[state]} word={state} />;
}

/** Why it is disabled, for who did not do it; undefined while it is not. */
export function disabledWords({ disabledBy }: Pick<Webhook, 'disabledBy'>): string | undefined {
  if (disabledBy === 'person') return 'Somebody disabled it. What happens meanwhile is not sent later.';
  if (disabledBy === 'gone') return 'Its receiver answered 410: it wants no more. Mend the receiver, then enable it.';
  if (disabledBy === 'failures') return 'Nothing arrived for three days. Mend the receiver, then enable it.';
  return undefined;
}
