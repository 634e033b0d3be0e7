import { type Mail, mailCan, type mailQuery, type mailRevealed, mailState } from '@unkai/contracts/resources/mail';
import type { Mail as MailRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { openMail } from '../mail/mail.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { requireState } from './refusal.ts';

/** Looks a letter up for an action. They are operators' business: their links are as good as the password of others. */
export async function findMail(
  call: Call,
  wanted: `mail:${'read' | 'reveal' | 'send' | 'delete'}`,
  id: string,
): Promise<MailRow> {
  const row = await call.core.database.prisma.mail.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'mail', id, projectId: null, ...(row && { name: row.subject }) });
}

export async function listMails(call: Call, query: z.output<typeof mailQuery>): Promise<Page<Mail>> {
  await grantedGlobally(call, 'mail:read');
  const { after, orderBy, take } = pageRows(query);
  const { state } = query;
  const where = { AND: [state === undefined ? {} : { state }, after] };
  return pageOf(await call.core.database.prisma.mail.findMany({ where, orderBy, take }), query, viewMail);
}

/** Shows what a letter says, once: then it is gone. Throws `wrong_state` for one that is being sent, or was. */
export async function revealMail(unit: Unit, call: Call, row: MailRow): Promise<z.infer<typeof mailRevealed>> {
  const locked = await lock(unit, row);
  requireState(mailCan.reveal, viewMail(locked));
  const text = openMail(call.core, { id: row.id, sealedBody: locked.sealedBody ?? new Uint8Array() });
  const shown = await unit.tx.mail.update({ where: { id: row.id }, data: { state: 'shown', sealedBody: null } });
  await record(unit, call, { action: 'mail:reveal', kind: 'changed', row });
  return { ...viewMail(shown), text };
}

/** Has it tried now, whatever became of it before. Throws `wrong_state` for one that was sent or shown. */
export async function sendMail(unit: Unit, call: Call, row: MailRow): Promise<Mail> {
  requireState(mailCan.send, viewMail(await lock(unit, row)));
  const data = { state: 'queued', attempts: 0, dueAt: new Date() };
  const queued = await unit.tx.mail.update({ where: { id: row.id }, data });
  await record(unit, call, { action: 'mail:send', kind: 'changed', row });
  return viewMail(queued);
}

/** What it said is gone with it; its links stay good until they expire. */
export async function deleteMail(unit: Unit, call: Call, row: MailRow): Promise<void> {
  await unit.tx.mail.deleteMany({ where: { id: row.id } });
  await record(unit, call, { action: 'mail:delete', kind: 'deleted', row });
}

/** Of two operators who want the same letter, the second finds what the first has left. */
async function lock({ tx }: Unit, { id }: MailRow): Promise<MailRow> {
  await tx.$queryRaw`SELECT FROM mail WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.mail.findUniqueOrThrow({ where: { id } });
}

interface MailChange {
  readonly action: `mail:${'reveal' | 'send' | 'delete'}`;
  readonly kind: 'changed' | 'deleted';
  readonly row: MailRow;
}

function record(unit: Unit, call: Call, { action, kind, row }: MailChange): Promise<void> {
  const about = { id: row.id, name: row.subject, projectId: null, detail: `to ${row.recipient}` };
  return recordChange(unit, call, { action, kind, ...about });
}

export function viewMail(row: MailRow): Mail {
  const { id, recipient, subject, template, attempts, lastError, dueAt, sentAt, createdAt } = row;
  const state = mailState.parse(row.state);
  return {
    id,
    recipient,
    subject,
    template,
    state,
    attempts,
    lastError,
    dueAt: state === 'queued' ? dueAt.toISOString() : null,
    sentAt: sentAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
