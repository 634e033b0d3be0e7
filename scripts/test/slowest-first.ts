import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes minutes, and mostly waits: a whole distribution under emulation, OpenStack's own tests, engines that are
 * killed, a lease that runs out. These begin first, in this order, and others run beside them.
 */
const slow = [
  /debian-image\.test\.ts$/,
  /tempest\.test\.ts$/,
  /stack\/faults\.test\.ts$/,
  /cloud\/network-host\.test\.ts$/,
];

/** Vitest's own order, but what takes by far the longest begins first. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => slow.some((pattern) => pattern.test(moduleId));
    const first = slow.flatMap((pattern) => sorted.filter(({ moduleId }) => pattern.test(moduleId)));
    return [...first, ...sorted.filter((file) => !isSlow(file))];
  }
}
