// Each thing that a kernel or a switch may lack: the finding names it, and what mends it. The machine is made up; the
// tests of the whole stack try the real one.
import { expect, test } from 'vitest';
import { type Bench, tryNetwork } from '../../src/doctor/network.ts';
import { simulatedNetworkTools } from '../../src/sim/network-tools.ts';
import { ToolError } from '../../src/tools/run.ts';

const kernelMend = "Use a kernel with this feature: Debian's own, linux-image-amd64, has it (modprobe loads it).";

/** A machine that has everything but what these words of a command ask for. */
function machineWithout(missing: string, said: string) {
  const left = new Set<string>();
  const { ovs } = simulatedNetworkTools((operation) => {
    if (operation === missing) throw new Error(said);
  });
  const bench: Bench = {
    async run(argv) {
      if (!argv.join(' ').includes(missing)) return { stdout: '', stderr: '', code: 0 };
      const failure = { code: 2, signal: null, stdout: '', stderr: said, timedOut: false };
      throw new ToolError({ argv, reason: 'failed with exit code 2', ...failure });
    },
    ip: {
      async ensureNamespace(name) {
        if (missing === 'namespace') throw new Error(said);
        left.add(name);
      },
      purgeNamespace: async (name) => void left.delete(name),
    },
    openOvs: async () => ovs,
  };
  return { bench, left };
}

test.each([
  ['tap devices', 'tuntap', 'open: No such file or directory', kernelMend],
  ['veth pairs', 'veth', 'RTNETLINK answers: Operation not supported', kernelMend],
  ['VXLAN', 'vxlan', 'RTNETLINK answers: Operation not supported', kernelMend],
  ['nftables', 'nft', 'Error: Could not process rule: No such file or directory', kernelMend],
  [
    'Open vSwitch',
    'ovs.ensureBridge',
    'The switch does not answer.',
    'apt-get install --reinstall openvswitch-switch openvswitch-common',
  ],
])(
  'without %s that is what is bad, with what mends it, and nothing of the trying is left',
  async (name, missing, said, mend) => {
    const { bench, left } = machineWithout(missing, said);
    const findings = await tryNetwork(bench);
    expect(findings.filter(({ state }) => state === 'bad')).toEqual([
      { name, state: 'bad', says: expect.stringContaining(said), mend },
    ]);
    expect(left).toEqual(new Set());
  },
);

test('without network namespaces nothing else is tried', async () => {
  const says = 'mount --make-shared /run/netns failed: Operation not permitted';
  const { bench } = machineWithout('namespace', says);
  expect(await tryNetwork(bench)).toEqual([{ name: 'network namespaces', state: 'bad', says, mend: kernelMend }]);
});

test('a switch without the kernel works, and says what would make it fast', async () => {
  const { bench } = machineWithout('nothing', '');
  const findings = await tryNetwork(bench);
  expect(findings.filter(({ state }) => state !== 'ok')).toEqual([
    {
      name: 'Open vSwitch',
      state: 'warn',
      says: expect.stringContaining('it works'),
      mend: 'For speed: a kernel with the openvswitch module, such as linux-image-amd64.',
    },
  ]);
});
