// What Tempest prints as it runs: a line for each test, and below it, when it failed, what was caught of it.

export interface Failure {
  /** Of the test, or of the class whose preparation or end failed, without what all have in common: see docs/openstack.md. */
  readonly name: string;
  /** How each of its tracebacks ends. */
  readonly reason: string;
}

export interface Results {
  readonly passed: readonly string[];
  readonly failures: readonly Failure[];
}

const beginning = String.raw`^(?:\{\d+\} )?(?:\w+Class \()?tempest\.api\.`;
const verdict = new RegExp(String.raw`${beginning}(?:identity\.)?([\w.]+).* \.\.\. (\w+)`);
/** The last call, and the exception with its details. */
const linesOfReason = 5;

export function resultsOf(...outputs: readonly string[]): Results {
  const passed: string[] = [];
  const failures: Failure[] = [];
  for (const part of outputs.flatMap((output) => output.split(new RegExp(`(?=${beginning})`, 'm')))) {
    const [, name = '', word] = verdict.exec(part) ?? [];
    if (word === 'ok') passed.push(name);
    if (word === 'FAILED') failures.push({ name, reason: reasonOf(part) });
  }
  return { passed, failures };
}

function reasonOf(part: string): string {
  const sections = part.split(/\n(?======+\n)/, 1).flatMap((text) => text.split(/^(?=Captured )/m));
  const ends = sections
    .filter((text) => text.startsWith('Captured traceback'))
    .map((text) => {
      // Without the empty lines, and those that underline a part of the code.
      const lines = text.split('\n').filter((line) => /[^\s^]/.test(line));
      return lines.slice(-linesOfReason).join('\n');
    });
  return ends.join('\n');
}

const isOf =
  ({ name }: Failure) =>
  (other: string) =>
    other === name || other.startsWith(`${name}.`);

/** Chooses these tests again, of a class all. */
export function regexOf(failures: readonly Failure[]): string {
  const names = failures.map(({ name }) => name.replaceAll('.', '\\.'));
  return `^tempest\\.api\\.(identity\\.)?(${names.join('|')})([.[]|$)`;
}

/**
 * Which of these failures did not come back when the same tests ran again: of a class that could not be prepared, those of
 * its tests that fail as `known` are no failure of the class. What did not run again has not passed.
 */
export function recovered(failures: readonly Failure[], again: Results, known: readonly string[]): Failure[] {
  const failedAgain = again.failures.map(({ name }) => name).filter((name) => !known.includes(name));
  return failures.filter((failure) => again.passed.some(isOf(failure)) && !failedAgain.some(isOf(failure)));
}

/** For people: each with its reason below. */
export function explained(failures: readonly Failure[]): string {
  return failures.map(({ name, reason }) => `${name}\n${reason}`).join('\n');
}
