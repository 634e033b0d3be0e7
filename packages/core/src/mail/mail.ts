import { randomUUID } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import { type Core, keysOf } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { seal, unseal } from '../sealed.ts';
import { type Letter, type MailTemplate, type MailValues, mailTemplates } from './mail-templates.ts';

/** A letter to one person, of one of the templates, told with its values. */
export interface NewMail<Name extends MailTemplate> {
  /** One address, without a name. */
  readonly to: string;
  readonly template: Name;
  readonly values: MailValues[Name];
  /** Whom and what it is about: it goes when they go. */
  readonly userId?: string | null;
  readonly domainId?: string | null;
  readonly projectId?: string | null;
}

/**
 * Writes a letter in the transaction of what it tells; workers send it once that is committed. Without an SMTP server it
 * is held for the operators. Gives its id. Throws `unavailable` in a program without the installation's secret.
 */
export async function queueMail<Name extends MailTemplate>(
  { tx }: Pick<Unit, 'tx'>,
  core: Core,
  { to, template, values, userId = null, domainId = null, projectId = null }: NewMail<Name>,
): Promise<string> {
  const id = randomUUID();
  const letter = mailTemplates[template](values);
  const sealedBody = seal(bodyOf(letter), sealedFor(id), keysOf(core).atRest);
  const about = { userId, domainId, projectId };
  await tx.mail.create({
    data: { id, recipient: to, subject: oneLine(letter.subject), template, sealedBody, ...about },
  });
  return id;
}

/** What a letter says. Throws when it was sealed for another letter, or by another installation. */
export function openMail(core: Core, { id, sealedBody }: { id: string; sealedBody: Uint8Array }): string {
  return unseal(sealedBody, sealedFor(id), keysOf(core).atRest);
}

/**
 * A link to a page of the portal. What the page needs to know and nobody else goes behind the `#`: browsers send that
 * part to no server, so it is in no log and in no Referer.
 */
export function linkTo({ origin }: Core, path: `/${string}`, secret?: string): string {
  if (origin === undefined) throw new UnkaiError('unavailable', 'This program was not told the public origin.');
  return `${origin.replace(/\/$/, '')}${path}${secret === undefined ? '' : `#${secret}`}`;
}

function sealedFor(id: string): string {
  return `mail ${id}`;
}

function bodyOf({ paragraphs }: Letter): string {
  return `${paragraphs.join('\n\n')}\n`;
}

const longestSubject = 200;

/** A name in it may be long, and a line break would be another header. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > longestSubject ? `${line.slice(0, longestSubject - 1)}…` : line;
}
