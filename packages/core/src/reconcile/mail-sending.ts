import { type Mailer, sendDueMails } from '../mail/mail-send.ts';
import type { Reconciler } from './reconciler.ts';

/** Sends what is due; somebody who signs up waits for it. What does not fit into one turn goes in the next. */
export function mailSending(mailer: Mailer | null): Reconciler {
  return {
    name: 'mail-sending',
    everyMs: 1_000,
    async run(core) {
      while ((await sendDueMails(core, mailer)) > 0);
    },
  };
}
