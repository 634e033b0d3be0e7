import { join } from 'node:path';
import type { Argv } from './run.ts';

/** Where `ip netns` keeps its names. */
export const namespaceFolder = '/run/netns';

/**
 * The command that runs `argv` in a named network namespace (`ip netns`); `argv` itself without a name. Only the network
 * is changed: files and mounts stay as they are. The program replaces nsenter, so its pid is the one that was started.
 */
export function inNamespace(namespace: string | undefined, argv: Argv): Argv {
  if (namespace === undefined) return argv;
  return ['nsenter', `--net=${join(namespaceFolder, namespace)}`, '--', ...argv];
}

/** The command `ip` on the devices of a named network namespace; on the machine's own without a name. */
export function ipIn(namespace: string | undefined, argv: readonly string[]): Argv {
  return namespace === undefined ? ['ip', ...argv] : ['ip', '-netns', namespace, ...argv];
}
