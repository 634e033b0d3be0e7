import type { EffectiveRole } from '@unkai/contracts/resources/role-assignment';
import { placeWords, sourcesWords } from './role-words.ts';

/** A role that counts as a row of a table, called by whose it is or by the role. */
export type EffectiveRow = { id: string; name: string; counts: EffectiveRole };

export function effectiveRow(counts: EffectiveRole, by: 'holder' | 'role'): EffectiveRow {
  const { userId, roleId, projectId, domainId, role, userName } = counts;
  const place = projectId ?? domainId ?? 'system';
  return { id: `${userId} ${roleId} ${place}`, name: by === 'role' ? role : (userName ?? ''), counts };
}

export const effectiveColumns = {
  role: {
    header: 'Role',
    cell: ({ counts }: EffectiveRow) => counts.role,
    sortBy: ({ counts }: EffectiveRow) => counts.role,
  },
  place: {
    header: 'Where',
    cell: ({ counts }: EffectiveRow) => placeWords(counts),
    sortBy: ({ counts }: EffectiveRow) => placeWords(counts),
  },
  why: {
    header: 'Comes from',
    cell: ({ counts }: EffectiveRow) => (
      <ul className="py-1.5 text-ink-muted">
        {sourcesWords(counts).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    ),
  },
};
