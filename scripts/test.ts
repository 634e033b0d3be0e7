// `./unkai test [part …]`: every part, a table of what took how long, and a closing line that counts.
import { checksPart } from './test/checks.ts';
import { type Failure, failureText } from './test/failure.ts';
import type { Count, Part } from './test/part.ts';
import { playwrightPart } from './test/playwright.ts';
import { vitestPart } from './test/vitest.ts';

const unit = vitestPart({
  name: 'unit',
  title: 'Units, properties, and the control plane on real Postgres and Redis',
  needsRoot: false,
  projects: ['!host', '!host-cloud', '!host-alone', '!stack', '!machine'],
});
const host = vitestPart({
  name: 'host',
  title: 'A real host: guests, switches, packets, metadata',
  needsRoot: true,
  projects: ['host', 'host-cloud', 'host-alone'],
});
const stack = vitestPart({
  name: 'stack',
  title: 'The whole stack: one command, faults, guest images, OpenStack’s client',
  needsRoot: true,
  projects: ['stack'],
});
const machine = vitestPart({
  name: 'machine',
  title: 'Debian machines that have nothing: one command, from packages to a server',
  needsRoot: true,
  projects: ['machine'],
});

/**
 * One group after the other. In the last one two rows of parts run side by side, since the stack and the pages wait half
 * of their time, for guests and for what is shown; units come after the stack, which takes less long than the pages.
 */
const groups: readonly (readonly (readonly Part[])[])[] = [[[checksPart]], [[host]], [[stack, unit], [playwrightPart]]];
/** What depends on package mirrors as well, and downloads hundreds of megabytes: runs when it is asked for. */
const onRequest: readonly Part[] = [machine];
const always = groups.flat(2);
const parts = [...always, ...onRequest];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. Parts: ${parts.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const chosen = wanted.length === 0 ? always : parts.filter(({ name }) => wanted.includes(name));
const needRoot = chosen.filter((part) => part.needsRoot).map(({ name }) => name);
if (needRoot.length > 0 && process.getuid?.() !== 0) {
  const others = parts.filter((part) => !part.needsRoot).map(({ name }) => name);
  process.stderr.write(`Root is needed for: ${needRoot.join(', ')}, which make real hosts.\n`);
  process.stderr.write(`Mend: sudo ./unkai test, or without root: ./unkai test ${others.join(' ')}\n`);
  process.exit(2);
}

const total: Count = { passed: 0, failed: 0, skipped: 0, failures: [], secondTries: [] };
const rows: string[] = [];

const secondsSince = (begun: number) => `${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s`;

async function runPart(part: Part): Promise<void> {
  process.stdout.write(`\n━━ ${part.name}: ${part.title}\n`);
  const begun = performance.now();
  const { passed, failed, skipped, failures, secondTries } = await part.run();
  const row = `  ${part.name.padEnd(8)}${secondsSince(begun)}   ${passed} passed, ${failed} failed, ${skipped} skipped`;
  process.stdout.write(`\n━━ ${row.trim()}\n`);
  rows.push(row);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const ofPart = (failure: Failure) => ({ ...failure, title: `${part.name}: ${failure.title}` });
  total.failures.push(...failures.map(ofPart));
  total.secondTries.push(...secondTries.map(ofPart));
}

async function runRow(row: readonly Part[]): Promise<void> {
  for (const part of row) if (chosen.includes(part)) await runPart(part);
}

const begun = performance.now();
for (const group of [...groups, [onRequest]]) await Promise.all(group.map(runRow));
// Named again here: a run prints thousands of lines, and whoever reads its end wants to know what to look for above.
if (total.secondTries.length > 0)
  process.stdout.write(`\nPassed only at the second try:\n${total.secondTries.map(failureText).join('')}`);
if (total.failures.length > 0) process.stdout.write(`\nFailed:\n${total.failures.map(failureText).join('')}`);
process.stdout.write(`\n${rows.join('\n')}\n  ${'all'.padEnd(8)}${secondsSince(begun)}\n\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
