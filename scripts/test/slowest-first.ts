import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A whole distribution under emulation takes five minutes, most of them on one core: it begins first, others run beside it. */
const slow = /debian-image\.test\.ts$/;

/** Vitest's own order, but what takes by far the longest begins first. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => slow.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
