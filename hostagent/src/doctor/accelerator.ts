import { existsSync } from 'node:fs';
import type { Finding } from '@unkai/contracts/host/finding';
import type { AgentConfig } from '../config.ts';
import { probeAccelerator } from '../tools/accelerator-real.ts';
import { bad, ok, warn } from './finding.ts';

const name = 'accelerator';

/** The machine as it is; a test has others. */
const thisMachine = { hasKvm: () => existsSync('/dev/kvm'), probe: probeAccelerator };
type Machine = typeof thisMachine;

/** Starts the probe's guest, really: on KVM where there is one, and emulated when that fails. */
export async function tryAccelerator(
  choice: AgentConfig['acceleratorChoice'],
  machine: Machine = thisMachine,
): Promise<Finding> {
  const emulated = (reason: string, mend: string) => tryEmulation(machine, reason, mend);
  if (choice !== 'tcg' && machine.hasKvm()) {
    const { works, why } = await machine.probe('kvm');
    if (works) return ok(name, 'A test guest ran on KVM.');
    if (choice === 'kvm') return bad(name, `UNKAI_ACCEL=kvm, but ${why}.`, 'UNKAI_ACCEL=auto ./unkai up');
    return emulated(`KVM is there, but ${why}`, 'On a virtual machine: turn on nested virtualisation at its host.');
  }
  if (choice === 'kvm') {
    return bad(name, 'UNKAI_ACCEL=kvm, but there is no /dev/kvm.', 'modprobe kvm_intel || modprobe kvm_amd');
  }
  if (choice === 'tcg') return emulated('UNKAI_ACCEL=tcg says so', 'UNKAI_ACCEL=auto ./unkai up');
  return emulated(
    'There is no /dev/kvm',
    'Turn on virtualisation in the firmware, then: modprobe kvm_intel || modprobe kvm_amd',
  );
}

async function tryEmulation({ probe }: Machine, reason: string, mend: string): Promise<Finding> {
  const { works, why } = await probe('tcg');
  if (!works)
    return bad(name, `${reason}, and emulation does not work either: ${why}.`, 'apt-get install qemu-system-x86');
  return warn(name, `${reason}. Guests are emulated (a test guest ran): they work, many times slower.`, mend);
}
