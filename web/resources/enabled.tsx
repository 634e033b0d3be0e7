import { StateBadge } from '#ui/state-badge.tsx';

/** Whether something of identity may be used. */
export function EnabledBadge({ isEnabled }: { isEnabled: boolean }) {
  return isEnabled ? <StateBadge tone="ok" word="enabled" /> : <StateBadge tone="off" word="disabled" />;
}

/** The column of `EnabledBadge` in a list. */
export const enabledColumn = {
  header: 'State',
  cell: ({ isEnabled }: { isEnabled: boolean }) => <EnabledBadge isEnabled={isEnabled} />,
  sortBy: ({ isEnabled }: { isEnabled: boolean }) => (isEnabled ? 0 : 1),
  isPhoneAside: true,
};
