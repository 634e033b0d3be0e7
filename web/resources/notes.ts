/** `disk=ssd; gpu=yes` as texts by key; undefined where a part has no `=`. */
export function notesOf(text: string): Record<string, string> | undefined {
  const parts = text.split(';').flatMap((part) => part.trim() || []);
  const pairs = parts.map((part) => [part.split('=')[0]?.trim() ?? '', part.split('=').slice(1).join('=').trim()]);
  const isWhole = parts.every((part) => /^[^=]+=./.test(part));
  return isWhole ? Object.fromEntries(pairs) : undefined;
}

/** The same as people write it. */
export function notesText(notes: Readonly<Record<string, string>>): string {
  return Object.entries(notes)
    .map(([key, value]) => `${key}=${value}`)
    .join('; ');
}
