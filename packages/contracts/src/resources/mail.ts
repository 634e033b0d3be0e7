import { z } from 'zod';
import { id, isoTime, pageQuery } from '../primitives.ts';
import { defineActions } from '../state-table.ts';

export const mailStates = {
  queued: 'Waits for its next try.',
  held: 'There is no mail server; an operator can show it once, or send it when there is one.',
  sent: 'The mail server took it; what it said is no longer kept.',
  failed: 'The mail server refused it, or could not be reached for days.',
  shown: 'An operator was shown what it says; it is no longer kept.',
} as const satisfies Record<string, string>;
export type MailState = keyof typeof mailStates;
export const mailState = z.enum(['queued', 'held', 'sent', 'failed', 'shown']);

const isGone = 'What it said is no longer kept.';
export const mailCan = defineActions<MailState, 'reveal' | 'send'>({
  reveal: { states: ['held', 'failed'], otherwise: `Only what is held or failed can be shown. ${isGone}` },
  send: { states: ['queued', 'held', 'failed'], otherwise: isGone },
});

export const mailQuery = pageQuery.extend({ state: mailState.optional() });

/** A letter without what it says. */
export const mail = z.object({
  id,
  recipient: z.string(),
  subject: z.string(),
  template: z.string(),
  state: mailState,
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  /** When it is tried next; null unless it waits. */
  dueAt: isoTime.nullable(),
  sentAt: isoTime.nullable(),
  createdAt: isoTime,
});
export type Mail = z.infer<typeof mail>;

/** What a letter says, with its links. It is shown once, here. */
export const mailRevealed = mail.extend({ text: z.string() });
