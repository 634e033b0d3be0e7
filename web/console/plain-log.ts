const escapeCharacter = '\u001b';
const bell = '\u0007';
const controlSequence = '[0-?]*[ -/]*[@-~]';

/** The control sequences of ECMA-48: CSI, the strings (OSC, DCS, SOS, PM, APC) with what they hold, and the short ones. */
const sequences = new RegExp(
  [
    `${escapeCharacter}\\[${controlSequence}`,
    `\u009b${controlSequence}`,
    `${escapeCharacter}[\\]PX^_][^${bell}${escapeCharacter}]*(?:${bell}|${escapeCharacter}\\\\)?`,
    `${escapeCharacter}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);
/** Control characters that are no line end or tab, and those that turn the direction of text. */
const unseen = /[^\P{Cc}\n\r\t]|[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The text of a serial log without what a terminal would obey: colours, cursor moves, titles, links. A line that was
 * rewritten with carriage returns keeps its last form.
 */
export function plainLog(text: string): string {
  return text
    .replace(sequences, '')
    .replace(/\r+\n/g, '\n')
    .replace(unseen, '')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r') + 1))
    .join('\n');
}
