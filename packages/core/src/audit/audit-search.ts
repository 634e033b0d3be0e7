// How a filter becomes a question to the index of words that the migration `audit_proof` made; see `audit_words` there.
import type { AuditFilter } from '@unkai/contracts/resources/audit';

/** Exactly those characters that separate words in `audit_words`, and the blank. */
const separators = /[ \t\r\n:;,./\\|_@()[\]{}<>"'`~!?*&^%$#=+-]+/;
const mostTerms = 10;

/** The question as text of a tsquery; null where every line answers it. */
export function auditQuestion(filter: Omit<AuditFilter, 'resourceId' | 'from' | 'to'>): string | null {
  const { text = '', action, noun, outcome, actorId, credentialId, requestId, address } = filter;
  const terms = [
    ...whole('action', action),
    ...whole('noun', noun),
    ...whole('actor', actorId),
    ...whole('credential', credentialId?.toLowerCase()),
    ...whole('request', requestId?.toLowerCase()),
    ...whole('address', address?.toLowerCase()),
    // Almost every line was done: no index finds those sooner than the lines themselves do.
    ...whole('outcome', outcome === 'refused' ? outcome : undefined),
    ...text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, mostTerms).flatMap(termOf),
  ];
  return terms.length === 0 ? null : terms.join(' & ');
}

function whole(field: string, value: string | undefined): string[] {
  return value === undefined ? [] : [quoted(`=${field}=${value}`)];
}

const remembered = ['request', 'resource', 'actor', 'credential', 'address'];

/** Something that somebody typed: an id or address as a whole, or words that begin like it. */
function termOf(typed: string): string[] {
  const words = typed.split(separators).filter(Boolean);
  if (words.length === 0) return [];
  const beginnings = words.map((word) => `${quoted(word)}:*`).join(' & ');
  const wholes = remembered.map((field) => quoted(`=${field}=${typed}`));
  return [`(${[...wholes, `(${beginnings})`].join(' | ')})`];
}

function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
