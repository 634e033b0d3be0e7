import type { AuditLine } from '@unkai/contracts/resources/audit';

type Changed = Pick<AuditLine, 'before' | 'after'>;

/** A field as people say it: "isEnabled" is "enabled", "memoryMib" is "memory MiB". */
export function fieldWords(field: string): string {
  const words = field.replace(/^is(?=[A-Z])/, '').replaceAll(/([A-Z])/g, ' $1');
  return words
    .trim()
    .toLowerCase()
    .replace(/\bmib\b/, 'MiB')
    .replace(/\bgib\b/, 'GiB')
    .replace(/\bid\b/, 'id');
}

/** A value as people say it. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueWords).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What a line says of each field: how it was, how it is, or both. */
export function changesOf({ before, after }: Changed): readonly { field: string; was?: string; is?: string }[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.map((field) => ({
    field,
    ...(before !== null && { was: valueWords(before[field]) }),
    ...(after !== null && { is: valueWords(after[field]) }),
  }));
}

/** The values that a line keeps, folded away behind the names of the fields. */
export function AuditChanges({ line }: { line: Changed }) {
  const changes = changesOf(line);
  if (changes.length === 0) return null;
  return (
    <details className="text-ink-muted text-meta">
      <summary className="w-fit cursor-pointer rounded-control py-0.5 max-md:py-2">
        {changes.map(({ field }) => fieldWords(field)).join(', ')}
      </summary>
      <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {changes.map(({ field, was, is }) => (
          <div key={field} className="contents">
            <dt>{fieldWords(field)}</dt>
            <dd className="wrap-anywhere">
              {was !== undefined && <del className={is === undefined ? 'no-underline' : ''}>{was}</del>}
              {was !== undefined && is !== undefined && <span aria-hidden> → </span>}
              {is !== undefined && <ins className="text-ink no-underline">{is}</ins>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
