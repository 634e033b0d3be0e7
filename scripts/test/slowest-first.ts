import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Tempest waits for most of its ten minutes, and a whole distribution under emulation takes six on one core: they begin
 * first, and others run beside whichever goes on.
 */
const slow = [/tempest\.test\.ts$/, /debian-image\.test\.ts$/];

/** Vitest's own order, but what takes by far the longest begins first. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const begin = slow.flatMap((name) => sorted.filter(({ moduleId }) => name.test(moduleId)));
    return [...begin, ...sorted.filter((file) => !begin.includes(file))];
  }
}
