import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { SlowestFirst } from './scripts/test/slowest-first.ts';

/** Tests in `<folder>/test`. Those that say so share one real Postgres and one real Redis, migrated and started once. */
function project(name: string, folder: string, test: TestProjectInlineConfiguration['test'] = {}) {
  return {
    test: {
      name,
      root: join(import.meta.dirname, folder),
      include: ['test/**/*.test.ts'],
      testTimeout: 20_000,
      hookTimeout: 60_000,
      // How long `expect.poll` goes on looking: a busy machine is slow, not wrong.
      expect: { poll: { timeout: 10_000, interval: 20 } },
      // Loading what a file tests takes longer than most files' tests: those that one worker runs share what is loaded.
      isolate: false,
      // What fails at a busy moment is tried once more, and then named at the end of the run: once is told from always.
      retry: 1,
      ...test,
    },
  };
}

const withServices = { globalSetup: join(import.meta.dirname, 'packages/testing/src/global-setup.ts') };

/** Tests that watch modules as they are called, for which these must be loaded anew. */
const ownModules = 'test/**/*.isolated.test.ts';

/** How much passes in a second: a guest that is emulated beside it would be counted too. */
const measured = 'test/real/qos.test.ts';

export default defineConfig({
  test: {
    // Each file has its own database, folder or namespace. Of two cores vitest would leave one to itself.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: SlowestFirst },
    projects: [
      project('scripts', 'scripts'),
      project('contracts', 'packages/contracts'),
      project('testing', 'packages/testing', withServices),
      // The Prisma CLI takes seconds a call on a busy machine.
      project('prisma', 'prisma', { ...withServices, testTimeout: 60_000 }),
      project('core', 'packages/core', withServices),
      project('api', 'api', { ...withServices, exclude: [ownModules] }),
      project('api-isolated', 'api', { ...withServices, include: [ownModules], isolate: true }),
      project('workers', 'workers', withServices),
      project('supervisor', 'supervisor', { exclude: ['test/stack/**', 'test/machine/**'] }),
      // A whole installation, started by the one command: faults, and guests that boot.
      project('stack', 'supervisor', {
        include: ['test/stack/**/*.test.ts'],
        // Each file has an installation of its own, on its own ports and in its own network: two at a time.
        maxWorkers: 2,
        sequence: { groupOrder: 1 },
        isolate: true,
        testTimeout: 600_000,
        hookTimeout: 900_000,
      }),
      // Whole machines, made of Debian's packages: minutes each, so they are asked for by name and tried once.
      project('machine', 'supervisor', {
        include: ['test/machine/**/*.test.ts'],
        maxWorkers: 2,
        retry: 0,
        sequence: { groupOrder: 4 },
        isolate: true,
        testTimeout: 5_400_000,
        hookTimeout: 900_000,
      }),
      project('web', 'web'),
      project('hostagent', 'hostagent', { exclude: ['test/real/**', 'test/cloud/**'] }),
      // Real QEMU, Open vSwitch and namespaces, as root: each file has hosts in namespaces of its own, two files at a time.
      project('host', 'hostagent', {
        include: ['test/real/**/*.test.ts'],
        exclude: [measured],
        maxWorkers: 2,
        sequence: { groupOrder: 2 },
        isolate: true,
        testTimeout: 300_000,
        hookTimeout: 300_000,
      }),
      // The control plane and three such hosts in one process, with Postgres and Redis.
      project('host-cloud', 'hostagent', {
        ...withServices,
        include: ['test/cloud/**/*.test.ts'],
        maxWorkers: 2,
        sequence: { groupOrder: 2 },
        isolate: true,
        testTimeout: 300_000,
        hookTimeout: 300_000,
      }),
      project('host-alone', 'hostagent', {
        include: [measured],
        maxWorkers: 1,
        sequence: { groupOrder: 3 },
        testTimeout: 300_000,
        hookTimeout: 300_000,
      }),
    ],
  },
});
