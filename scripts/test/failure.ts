// A run prints thousands of lines; what its end says of a failure is to be understood without them.

/** What failed, by name, and why: as many lines as there are. */
export interface Failure {
  readonly title: string;
  readonly why: string;
}

/** What a runner knows of an error. */
export interface Thrown {
  readonly name?: string | undefined;
  readonly message?: string | undefined;
  /** What was expected and what came, line by line, with `+` or `-` before those that differ. */
  readonly diff?: string | undefined;
  /** Where in the test: `file:line`. */
  readonly place?: string | undefined;
  readonly cause?: Thrown | undefined;
}

const mostLines = 15;
const mostColumns = 200;
// Colours of a terminal: they are for who watches, not for a list at the end.
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

const linesOf = (text: string | undefined) =>
  (text ?? '')
    .replace(colours, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');

/** All that is known of an error, in as many lines as are read at the end of a run. */
export function whyOf(thrown: Thrown): string {
  const difference = changesOf(linesOf(thrown.diff));
  // Half of the lines for each, and what one does not need for the other.
  const half = Math.floor(mostLines / 2);
  const said = saidBy(thrown);
  const message = shortened(said, Math.max(half, mostLines - difference.length));
  const place = thrown.place === undefined ? [] : [`at ${thrown.place}`];
  return [...message, ...shortened(difference, mostLines - message.length), ...place].join('\n');
}

/** An error's own words, and below them those of what caused it. */
function saidBy({ name, message, cause }: Thrown): string[] {
  const [first = '', ...rest] = linesOf(message);
  const isNamed = name === undefined || name === '' || first.startsWith(`${name}:`);
  const own = [isNamed ? first : `${name}: ${first}`, ...rest].filter((line) => line !== '');
  const [why, ...more] = cause === undefined ? [] : saidBy(cause);
  return why === undefined ? own : [...own, `caused by ${why}`, ...more];
}

/** The lines that differ, each group with the line before it, which says where it is. */
function changesOf(diff: readonly string[]): string[] {
  const differs = (line: string | undefined) => line !== undefined && /^\s*[-+]/.test(line);
  return diff.filter((line, index) => differs(line) || differs(diff[index + 1]));
}

/** Its beginning and, longer, its end: a program says last why it failed. */
function shortened(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  const head = Math.max(1, Math.floor((most - 1) / 3));
  const tail = most - 1 - head;
  const left = lines.length - head - tail;
  return [...lines.slice(0, head), `… ${left} lines …`, ...(tail > 0 ? lines.slice(-tail) : [])];
}

/** The end of what a program said, on both of its streams. */
export function endOf(...streams: readonly string[]): string {
  return streams.flatMap((stream) => linesOf(stream).slice(-mostLines)).join('\n');
}

/** One failure of a list: its title, and indented below it why. */
export function failureText({ title, why }: Failure): string {
  const lines = linesOf(why).map((line) => (line.length > mostColumns ? `${line.slice(0, mostColumns - 1)}…` : line));
  return [`  ${title}`, ...lines.map((line) => `      ${line}`), ''].join('\n');
}
