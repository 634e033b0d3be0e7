export type Key = {
  /** As `KeyboardEvent.key` has it. */
  key: string;
  /** Held down with it: ⌘ on a Mac, Ctrl elsewhere. */
  isWithCommand?: boolean;
  does: string;
  where: 'On every page' | 'In a list';
  /** The word for it below a list. */
  hint?: string;
};

/** Every key of the portal, once: what listens, the help, the hints below lists and the names for screen readers read it. */
export const keys = {
  palette: { key: 'k', isWithCommand: true, does: 'Find a page, a thing or an action', where: 'On every page' },
  help: { key: '?', does: 'Show these keys', where: 'On every page', hint: 'keys' },
  next: { key: 'j', does: 'Go to the next row', where: 'In a list', hint: 'move' },
  previous: { key: 'k', does: 'Go to the row before', where: 'In a list', hint: 'move' },
  // Nothing listens to this one: a row's link or menu has the focus, and the browser opens it.
  open: { key: 'Enter', does: 'Open the row, or its menu', where: 'In a list', hint: 'open' },
  create: { key: 'c', does: 'Create a server, in the list of servers', where: 'In a list', hint: 'create' },
  filter: { key: '/', does: 'Go to the filter', where: 'In a list', hint: 'filter' },
} as const satisfies Record<string, Key>;

/** For `aria-keyshortcuts`. */
export function shortcut({ key, isWithCommand }: Key): string {
  return isWithCommand ? `Control+${key.toUpperCase()} Meta+${key.toUpperCase()}` : key;
}

/** Some keys in a line, those that do the same together: `j / k move · / filter`. */
export function hintLine(some: readonly Key[]): string {
  const byHint = Map.groupBy(some, ({ hint }) => hint ?? '');
  return [...byHint].map(([hint, each]) => `${each.map(keyName).join(' / ')} ${hint}`).join(' · ');
}

function keyName({ key }: Key): string {
  return key.toLowerCase();
}
