// `./unkai test [part …]`: every part in turn, a table of what took how long, and a closing line that counts.
import { checksPart } from './test/checks.ts';
import type { Count, Part } from './test/part.ts';
import { playwrightPart } from './test/playwright.ts';
import { vitestPart } from './test/vitest.ts';

const parts: readonly Part[] = [
  checksPart,
  vitestPart(
    'unit',
    'Units, properties, and the control plane on real Postgres and Redis',
    '--project=!host',
    '--project=!stack',
  ),
  vitestPart('host', 'A real host: guests, switches, packets, metadata', '--project=host'),
  vitestPart('stack', 'The whole stack: one command, faults, guest images', '--project=stack'),
  playwrightPart,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. Parts: ${parts.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const rows: string[] = [];
for (const part of parts.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  process.stdout.write(`\n━━ ${part.name}: ${part.title}\n`);
  const begun = performance.now();
  const { passed, failed, skipped } = await part.run();
  const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(5);
  rows.push(`  ${part.name.padEnd(8)}${seconds} s   ${passed} passed, ${failed} failed, ${skipped} skipped`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
process.stdout.write(`\n${rows.join('\n')}\n\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
