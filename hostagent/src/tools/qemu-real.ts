import { mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import { hasErrorCode } from '../files.ts';
import type { ServerPaths } from '../paths.ts';
import { joinOwnCgroup, removeCgroup } from './cgroup.ts';
import { guestProcesses } from './guest-process.ts';
import { guestUser } from './guest-user.ts';
import { inNamespace } from './namespace.ts';
import type { Machine, QemuTool, RunningGuest } from './qemu.ts';
import { qemuArguments } from './qemu-arguments.ts';
import { lastLine, QemuGuest } from './qemu-guest.ts';
import { QmpError } from './qmp.ts';
import { type Argv, run, type StartedProcess, start } from './run.ts';

export const qemuProgram = 'qemu-system-x86_64';
const startLimitMs = 20_000;

/**
 * QEMU on this machine. `socketsFolder` tells the guests of this agent from those of any other; a network namespace is
 * where their taps are, when it is not the machine's own.
 */
export function createQemuTool(socketsFolder: string, namespace?: string): QemuTool {
  let version: string | undefined;
  return {
    version: async () => {
      if (version !== undefined) return version;
      const { stdout } = await run([qemuProgram, '--version']);
      version = /version (\S+)/.exec(stdout)?.[1] ?? 'unknown';
      return version;
    },
    start: (machine) => startGuest(machine, namespace),
    find: async (serverId, paths) => {
      const process = (await guestProcesses(socketsFolder)).find((candidate) => candidate.serverId === serverId);
      return process === undefined ? undefined : findGuest(new QemuGuest(process, paths));
    },
    list: async () => (await guestProcesses(socketsFolder)).map(({ serverId }) => serverId),
    lastWords: lastLine,
    forget: (serverId) => removeCgroup(serverId),
    bootId: async () => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
  };
}

async function findGuest(guest: QemuGuest): Promise<RunningGuest> {
  // A guest whose monitor does not answer now (an earlier agent may still hold it) is nevertheless there: each later
  // command tries again, and quit ends it by force.
  await guest.connect(2_000).catch((error: unknown) => {
    if (!(error instanceof QmpError)) throw error;
  });
  return guest;
}

async function startGuest(machine: Machine, namespace: string | undefined): Promise<RunningGuest> {
  const { paths, serverId } = machine;
  await prepareFiles(paths);
  const argv: Argv = [qemuProgram, ...qemuArguments(machine, guestUser(serverId))];
  const started = await start(inNamespace(namespace, argv), {
    detached: true,
    stdoutFile: paths.qemuLog,
  });
  await joinOwnCgroup(serverId, started.pid);
  const guest = new QemuGuest({ pid: started.pid, serverId }, paths);
  try {
    await connectOrFail(guest, started, paths);
    const status = await guest.status();
    if (status.kind === 'failed') throw new UnkaiError('accelerator_failed', status.reason);
    return guest;
  } catch (error) {
    await started.stop('SIGKILL');
    throw error;
  }
}

async function prepareFiles(paths: ServerPaths): Promise<void> {
  await mkdir(paths.run, { recursive: true, mode: 0o700 });
  // Made before QEMU makes them, with a mode of ours: what a guest prints is the tenant's business alone.
  await writeFile(paths.serialLog, '', { flag: 'a', mode: 0o600 });
  await writeFile(paths.qemuLog, '', { flag: 'a', mode: 0o600 });
  await truncate(paths.qemuLog);
  // A socket of an earlier run would be taken for a line to this one.
  await Promise.all([paths.qmp, paths.serial, paths.screen, paths.guestAgent].map((path) => rm(path, { force: true })));
}

async function connectOrFail(guest: QemuGuest, started: StartedProcess, paths: ServerPaths): Promise<void> {
  let hasExited = false;
  void started.exited.then(() => {
    hasExited = true;
  });
  for (const deadline = Date.now() + startLimitMs; ; ) {
    if (hasExited) {
      const words = await lastLine(paths);
      throw new UnkaiError(
        'accelerator_failed',
        `QEMU ended at its start: ${words === '' ? 'it gave no reason' : words}.`,
      );
    }
    if (Date.now() > deadline) {
      throw new UnkaiError(
        'accelerator_failed',
        `QEMU did not answer within ${startLimitMs / 1000} seconds of its start.`,
      );
    }
    if (!(await exists(paths.qmp))) {
      await sleep(5);
      continue;
    }
    try {
      return await guest.connect(startLimitMs);
    } catch (error) {
      if (!(error instanceof QmpError)) throw error;
      await sleep(10);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}
