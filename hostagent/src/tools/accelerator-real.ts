import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accelerator } from '@unkai/contracts/host/facts';
import { z } from 'zod';
import type { AgentConfig } from '../config.ts';
import { writeFileAtomically } from '../files.ts';
import { bootSector } from '../probe/boot-sector.ts';
import type { Accelerator, AcceleratorTool } from './accelerator.ts';
import { qemuProgram } from './qemu-real.ts';
import { run, ToolError } from './run.ts';

const remembered = z.object({ key: z.string(), kind: accelerator, why: z.string() });
/** What isa-debug-exit makes of the 0x10 that the probe writes. */
const probeExitCode = 33;
const probeLimitMs = 4_000;

/**
 * Chooses KVM when a guest really runs on it: /dev/kvm that exists, opens and even starts a BIOS is no proof. The answer
 * is remembered in `file` for as long as `key` (this boot, this QEMU) holds, so that an agent that restarts is back at once.
 */
export function createAcceleratorTool(
  choice: AgentConfig['acceleratorChoice'],
  memory: { file: string; key: () => Promise<string> },
): AcceleratorTool {
  let chosen: Promise<Accelerator> | undefined;
  return {
    choose: () => {
      chosen ??= choose(choice, memory);
      return chosen;
    },
  };
}

async function choose(
  choice: AgentConfig['acceleratorChoice'],
  memory: { file: string; key: () => Promise<string> },
): Promise<Accelerator> {
  if (choice !== 'auto') return { kind: choice, why: `UNKAI_ACCEL=${choice} says so; nothing was probed.` };
  const key = await memory.key();
  const known = await recall(memory.file);
  if (known?.key === key) return { kind: known.kind, why: known.why };
  const answer = await decide();
  await writeFileAtomically(memory.file, `${JSON.stringify({ key, ...answer })}\n`, 0o600);
  return answer;
}

async function recall(file: string) {
  try {
    return remembered.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Not there, or not ours: probing again costs seconds, trusting it could cost every guest.
    return undefined;
  }
}

async function decide(): Promise<Accelerator> {
  try {
    await access('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch {
    return { kind: 'tcg', why: '/dev/kvm is missing or closed to this user, so guests are emulated.' };
  }
  const { works, why } = await probeAccelerator('kvm');
  if (works) return { kind: 'kvm', why: 'A test guest ran on KVM.' };
  return { kind: 'tcg', why: `KVM opens, but ${why}; guests are emulated.` };
}

/** Boots the probe on an accelerator, with the CPU that guests get there. `why` says what went wrong, in words. */
export async function probeAccelerator(kind: Accelerator['kind']): Promise<{ works: boolean; why: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-probe-'));
  try {
    const image = join(folder, 'boot-sector.img');
    await writeFile(image, bootSector, { mode: 0o600 });
    const { stdout } = await run(
      [
        qemuProgram,
        ...['-M', 'pc', '-accel', kind, '-cpu', kind === 'kvm' ? 'host' : 'max', '-m', '16'],
        ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-serial', 'stdio'],
        ...['-device', 'isa-debug-exit,iobase=0xf4,iosize=1'],
        ...['-drive', `file=${image},format=raw,if=ide,snapshot=on`],
      ],
      { timeoutMs: probeLimitMs, okCodes: [probeExitCode] },
    );
    return { works: stdout.includes('VIRTOK'), why: 'a test guest ended without its last word' };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { works: false, why: reasonOf(error) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function reasonOf(error: ToolError): string {
  if (error.timedOut) return `a test guest did not finish within ${probeLimitMs / 1000} seconds`;
  const words = error.stderr.trim().split('\n')[0]?.slice(0, 200) ?? '';
  return `a test guest could not run (${words === '' ? error.message.slice(0, 200) : words})`;
}
