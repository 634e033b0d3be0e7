// Tries what the network half needs of the kernel and of Open vSwitch, in a network namespace that is gone afterwards.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '@unkai/contracts/host/finding';
import { type IpTool, openIp } from '../tools/ip.ts';
import { inNamespace } from '../tools/namespace.ts';
import { type OvsTool, openOvs } from '../tools/ovs.ts';
import type { OvsSettings } from '../tools/ovs-daemons.ts';
import { type Argv, run } from '../tools/run.ts';
import { bad, firstLine, found, ok, warn } from './finding.ts';

const kernelMend = "Use a kernel with this feature: Debian's own, linux-image-amd64, has it (modprobe loads it).";
/** A device's name is our prefix and a few letters: it may be at most 15 bytes long. */
const device = 'ukdoctor';

/** What it is tried with: this machine's own tools; a test has others. */
export type Bench = {
  run: typeof run;
  ip: Pick<IpTool, 'ensureNamespace' | 'purgeNamespace'>;
  openOvs(settings: OvsSettings): Promise<OvsTool>;
};

/** Network namespaces, taps, veths, VXLAN, nftables and a switch: each is made once. Needs root. */
export async function tryNetwork(bench: Bench = { run, ip: openIp(), openOvs }): Promise<Finding[]> {
  const namespace = `ukd${randomBytes(3).toString('hex')}`;
  const { ip } = bench;
  const tryDevice = (name: string, argv: Argv) =>
    found(name, kernelMend, () => makeDevice(bench, namespace, name, argv));
  try {
    await ip.ensureNamespace(namespace);
  } catch (error) {
    return [bad('network namespaces', firstLine(error), kernelMend)];
  }
  try {
    return [
      ok('network namespaces', 'One was made.'),
      await tryDevice('tap devices', ['tuntap', 'add', 'dev', `${device}0`, 'mode', 'tap']),
      await tryDevice('veth pairs', ['link', 'add', `${device}1`, 'type', 'veth', 'peer', 'name', `${device}2`]),
      await tryDevice('VXLAN', [
        'link',
        'add',
        `${device}3`,
        'type',
        'vxlan',
        'id',
        '1',
        'dstport',
        '4789',
        'dev',
        'lo',
      ]),
      await tryNft(bench, namespace),
      await trySwitch(bench, namespace),
    ];
  } finally {
    await ip.purgeNamespace(namespace);
  }
}

async function makeDevice({ run }: Bench, namespace: string, name: string, argv: Argv): Promise<Finding> {
  await run(['ip', '-netns', namespace, ...argv]);
  return ok(name, 'One was made.');
}

function tryNft({ run }: Bench, namespace: string): Promise<Finding> {
  return found('nftables', kernelMend, async () => {
    const rules =
      'table inet doctor {\nchain c {\ntype filter hook input priority 0;\nct state established accept\n}\n}\n';
    await run(inNamespace(namespace, ['nft', '-f', '-']), { input: rules });
    return ok('nftables', 'A rule on tracked connections was made.');
  });
}

/** Daemons of its own, so that a switch that works for others is left alone. */
async function trySwitch({ openOvs }: Bench, namespace: string): Promise<Finding> {
  const name = 'Open vSwitch';
  const home = await mkdtemp(join(tmpdir(), 'ukd-'));
  const ovs = await openOvs({ home, systemRunDirectory: home, namespace });
  try {
    return await found(name, 'apt-get install --reinstall openvswitch-switch openvswitch-common', async () => {
      await ovs.ensureRunning();
      const { datapath, why, version } = await ovs.ensureBridge();
      await ovs.ensurePort({ name: `${device}1`, ofport: 1, externalIds: {} });
      if (datapath === 'system') return ok(name, `${version}: the kernel switches (${why}).`);
      const mend = 'For speed: a kernel with the openvswitch module, such as linux-image-amd64.';
      return warn(name, `${version}: it works, ${why}.`, mend);
    });
  } finally {
    await ovs.purgeBridge();
    await ovs.close();
    await rm(home, { recursive: true, force: true });
  }
}
