// Which piece may import which (docs/architecture.md draws it). `scripts/check-architecture.ts` also breaks each rule on
// purpose and expects to be told.
const pieces = {
  'packages/contracts': [],
  'packages/client': [],
  'packages/core': ['packages/contracts', 'prisma'],
  prisma: ['hostagent/src/tools/run.ts'],
  api: ['packages/core', 'packages/contracts'],
  workers: ['packages/core', 'packages/contracts'],
  hostagent: ['packages/contracts'],
  web: ['packages/contracts'],
  e2e: [
    'packages/contracts',
    'packages/client',
    'packages/testing/src/openid-provider.ts',
    'packages/testing/src/mail-server.ts',
    'packages/testing/src/installation-database.ts',
  ],
  bench: [
    'packages/contracts',
    'packages/core/src/identity/credentials.ts',
    'packages/core/src/identity/password-hash.ts',
    'packages/core/src/database/database.ts',
    'packages/core/src/keys.ts',
    'packages/core/src/placement',
    'packages/core/src/quota/quota.ts',
    'packages/core/src/identity/token.ts',
    'hostagent',
  ],
  supervisor: ['packages/contracts', 'hostagent/src/tools/run.ts', 'prisma/src/generate.ts'],
};

const test = '/test/';

const arrows = Object.entries(pieces).map(([from, allowed]) => ({
  name: `arrows-of-${from.replace('packages/', '')}`,
  comment: `${from} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}.`,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: test },
  to: {
    path: '^(packages|prisma|api|workers|hostagent|supervisor|web|e2e|scripts|bench)/',
    pathNot: [`^${from}/`, ...allowed.map((each) => `^${each}`)],
    dependencyTypesNot: ['type-only'],
  },
}));

export default {
  forbidden: [
    ...arrows,
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one thing, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'processes-in-one-place',
      comment: 'Only hostagent/src/tools/run.ts starts processes: no shell, time limits, typed failures.',
      severity: 'error',
      from: { pathNot: ['^hostagent/src/tools/run\\.ts$', test, '^e2e/'] },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'database-in-core',
      comment: 'Only packages/core speaks to the database; everything else goes through its lookups.',
      severity: 'error',
      from: { path: '^(api|workers|web|hostagent|supervisor)/', pathNot: test },
      to: { path: ['node_modules/(@prisma|kysely|pg)/', '^prisma/generated'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^prisma/generated'] },
    exclude: { path: ['\\.next/', '/dist/'] },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};
