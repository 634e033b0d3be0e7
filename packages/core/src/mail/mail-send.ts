import { sql } from 'kysely';
import type { Core } from '../call.ts';
import { openMail } from './mail.ts';

/** What a mail server is handed. `id` makes the Message-ID: a letter that is sent twice is known as one. */
export interface OutgoingMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands letters to a mail server. */
export interface Mailer {
  /** Throws `MailRefused` when the server will never take it, and anything else when it may later. */
  send(mail: OutgoingMail): Promise<void>;
}

/** The mail server said a clear no, such as to an address that it does not know. */
export class MailRefused extends Error {}

interface DueMail {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly sealed_body: Uint8Array;
  readonly attempts: number;
}

// A server that is away for an afternoon loses nothing; after about two days the letter is of no use.
const waitSeconds = [10, 60, 300, 900, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 24 * 3_600];
/** Longer than any try takes: a letter whose worker died is taken up by another after it. */
const claimSeconds = 120;
const atOnce = 10;

/**
 * Sends what is due, oldest first, at most ten letters; gives how many it took up. Several workers may do so at once: each
 * letter is taken by one. With `mailer` null there is no mail server: what is queued is held for the operators.
 */
export async function sendDueMails(core: Core, mailer: Mailer | null): Promise<number> {
  if (mailer === null) return holdMails(core);
  const due = await claimMails(core);
  await Promise.all(due.map((mail) => sendMail(core, mailer, mail)));
  return due.length;
}

async function holdMails({ database }: Core): Promise<number> {
  const { count } = await database.prisma.mail.updateMany({ where: { state: 'queued' }, data: { state: 'held' } });
  return count;
}

async function claimMails({ database }: Core): Promise<DueMail[]> {
  const { rows } = await sql<DueMail>`
    UPDATE mail SET attempts = attempts + 1, due_at = now() + ${claimSeconds} * interval '1 second'
    WHERE id IN (
      SELECT id FROM mail WHERE state = 'queued' AND due_at <= now() ORDER BY due_at LIMIT ${atOnce} FOR UPDATE SKIP LOCKED
    )
    RETURNING id, recipient, subject, sealed_body, attempts`.execute(database.kysely);
  return rows;
}

async function sendMail(core: Core, mailer: Mailer, mail: DueMail): Promise<void> {
  const { id, recipient, subject, attempts } = mail;
  const { prisma } = core.database;
  try {
    const text = openMail(core, { id, sealedBody: mail.sealed_body });
    await mailer.send({ id, to: recipient, subject, text });
  } catch (error) {
    const wait = waitSeconds[attempts - 1];
    const isOver = error instanceof MailRefused || wait === undefined;
    const dueAt = new Date(Date.now() + (wait ?? 0) * 1000);
    // Only what waits: an operator may have shown or deleted it meanwhile.
    await prisma.mail.updateMany({
      where: { id, state: 'queued' },
      data: { lastError: reasonOf(error), ...(isOver ? { state: 'failed' } : { dueAt }) },
    });
    core.log.warn({ mailId: id, attempts, isOver, err: error }, 'a letter was not sent');
    return;
  }
  await prisma.mail.updateMany({
    where: { id, state: 'queued' },
    data: { state: 'sent', sentAt: new Date(), sealedBody: null, lastError: null },
  });
}

const longestReason = 300;

/** In one line, for operators; mail servers write much. */
function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : 'It is not known why.';
  return words.replace(/\p{Cc}+/gu, ' ').slice(0, longestReason);
}
