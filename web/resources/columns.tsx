import { CopyId } from '#ui/copy.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';

/** Columns that many lists have alike. */
export const idColumn = { header: 'Id', cell: ({ id }: { id: string }) => <CopyId id={id} />, isMinor: true };

export const ageColumn = {
  header: 'Age',
  cell: ({ createdAt }: { createdAt: string }) => (
    <span className="text-ink-muted">
      <RelativeTime at={createdAt} />
    </span>
  ),
  sortBy: ({ createdAt }: { createdAt: string }) => -Date.parse(createdAt),
  align: 'end' as const,
};

export const descriptionColumn = {
  header: 'Description',
  cell: ({ description }: { description: string }) => (
    <span className="block max-w-xs truncate text-ink-muted" title={description}>
      {description}
    </span>
  ),
  isMinor: true,
};
