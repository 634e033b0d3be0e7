// Types of every package, by the native compiler: seconds where tsc takes a minute.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, nodeModule, succeeds } from './test/command.ts';

const packages = [
  'packages/contracts',
  'packages/client',
  'packages/core',
  'packages/testing',
  'prisma',
  'api',
  'workers',
  'hostagent',
  'supervisor',
  'web',
  'e2e',
  'bench',
  'scripts',
];

let failed = false;
for (const folder of packages.filter((each) => existsSync(join(checkout, each, 'tsconfig.json')))) {
  if (await succeeds(nodeModule('typescript-native/bin/tsc', '--project', folder))) continue;
  process.stderr.write(`types: ${folder}\n`);
  failed = true;
}
process.exitCode = failed ? 1 : 0;
