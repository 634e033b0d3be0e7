// Comma-separated values as RFC 4180 writes them, for people who open them in a spreadsheet.

/** What a spreadsheet would run instead of show, were a cell to begin with it. */
const formula = /^[=+\-@\t\r]/;

/** A line of cells, with its end. Text that a spreadsheet would take for a formula is told as text by an apostrophe. */
export function csvLine(cells: ReadonlyArray<string | null>): string {
  return `${cells.map((cell) => quoted(cell ?? '')).join(',')}\r\n`;
}

function quoted(text: string): string {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
