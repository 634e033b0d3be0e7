import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

/** One line that says what was measured on; with the load of the last minute, since figures of a busy machine mislead. */
export function machineLine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memoryGib = (totalmem() / 1024 ** 3).toFixed(0);
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `${availableParallelism()} cores (${model}), ${memoryGib} GiB, Linux ${release()}, Node ${process.versions.node}, load before: ${load}`;
}
