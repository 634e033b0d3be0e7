// What the accelerator's finding says of each kind of machine; the tests of the whole stack start the real guest.
import { expect, test } from 'vitest';
import { tryAccelerator } from '../../src/doctor/accelerator.ts';

type Kind = 'kvm' | 'tcg';

/** A machine on which a guest runs by those. */
function machine(hasKvm: boolean, ...working: Kind[]) {
  const probed: Kind[] = [];
  return {
    probed,
    hasKvm: () => hasKvm,
    probe: async (kind: Kind) => {
      probed.push(kind);
      return { works: working.includes(kind), why: `a test guest did not run on ${kind}` };
    },
  };
}

test('KVM is believed when a guest has run on it', async () => {
  const here = machine(true, 'kvm', 'tcg');
  expect(await tryAccelerator('auto', here)).toMatchObject({ state: 'ok', says: 'A test guest ran on KVM.' });
  expect(here.probed).toEqual(['kvm']);
});

test('a /dev/kvm on which no guest runs is a warning once a guest has run without it', async () => {
  const here = machine(true, 'tcg');
  expect(await tryAccelerator('auto', here)).toEqual({
    name: 'accelerator',
    state: 'warn',
    says: expect.stringMatching(/^KVM is there, but a test guest did not run on kvm\. Guests are emulated/),
    mend: 'On a virtual machine: turn on nested virtualisation at its host.',
  });
  expect(here.probed).toEqual(['kvm', 'tcg']);
});

test('without /dev/kvm guests are emulated, and the mend says where KVM comes from', async () => {
  expect(await tryAccelerator('auto', machine(false, 'tcg'))).toMatchObject({
    state: 'warn',
    mend: 'Turn on virtualisation in the firmware, then: modprobe kvm_intel || modprobe kvm_amd',
  });
});

test('a machine on which no guest runs at all is bad', async () => {
  expect(await tryAccelerator('auto', machine(false))).toEqual({
    name: 'accelerator',
    state: 'bad',
    says: 'There is no /dev/kvm, and emulation does not work either: a test guest did not run on tcg.',
    mend: 'apt-get install qemu-system-x86',
  });
});

test.each([
  [false, 'UNKAI_ACCEL=kvm, but there is no /dev/kvm.', 'modprobe kvm_intel || modprobe kvm_amd'],
  [true, 'UNKAI_ACCEL=kvm, but a test guest did not run on kvm.', 'UNKAI_ACCEL=auto ./unkai up'],
])('an operator who asks for KVM is not given emulation instead (/dev/kvm: %s)', async (hasKvm, says, mend) => {
  expect(await tryAccelerator('kvm', machine(hasKvm, 'tcg'))).toEqual({
    name: 'accelerator',
    state: 'bad',
    says,
    mend,
  });
});
