import type { Core } from '../call.ts';
import { noOwnNetworks } from '../outgoing/address-rule.ts';
import { OutgoingFailure } from '../outgoing/failure.ts';
import { type Allowed, readTarget } from '../outgoing/target.ts';
import { refuseField } from '../store/refusal.ts';

/** Where tenants' webhooks may lead. */
export function webhookTargets({ ownNetworks = noOwnNetworks }: Pick<Core, 'ownNetworks'>): Allowed {
  return { kind: 'public', own: ownNetworks };
}

/**
 * The address as it is kept, once everything is right with it that can be told without asking anybody. Where its name
 * leads is seen each time that something is sent. Throws `invalid_input`.
 */
export function checkedUrl(core: Core, url: string): string {
  try {
    const target = readTarget(url, webhookTargets(core));
    if (target.hash === '') return target.href;
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error;
    throw refuseField(
      'url',
      error.message,
      'Give an address that everybody can reach, such as https://example.com/hook.',
    );
  }
  throw refuseField('url', 'must not have a fragment', 'Leave out "#" and what follows: it is never sent.');
}
