// What was checked when it was written, and is checked again when a host or a guest is told: in between, for lists, it
// is only read. To parse it with its schema would take a fifth of the time that a list of a thousand servers takes.

function isTexts(stored: object): stored is Record<string, string> {
  return Object.values(stored).every((value) => typeof value === 'string');
}

/** Text by key, such as metadata. Without the entries that are not text. */
export function textsIn(stored: unknown): Record<string, string> {
  if (typeof stored !== 'object' || stored === null) return {};
  if (isTexts(stored)) return stored;
  return textsIn(Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === 'string')));
}

/** The names of things with names, such as the keys of a server, in order. */
export function namesIn(stored: unknown): string[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((thing: unknown) => textsIn(thing)['name'] ?? []);
}
