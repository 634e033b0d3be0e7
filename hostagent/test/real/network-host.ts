// A host of its own for tests of the network half: a network namespace with its private Open vSwitch, a folder, and
// guests that are namespaces too, each behind a veth in the place of its tap. All of it goes away at the end.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DesiredNetworkSpec, DesiredPort, DesiredServerSpec } from '@unkai/contracts/host/desired';
import { pino } from 'pino';
import { hasErrorCode } from '../../src/files.ts';
import { Lease } from '../../src/lease.ts';
import type { NetworkHost } from '../../src/network-host.ts';
import { type Networking, startNetworking } from '../../src/networking.ts';
import { hostPaths } from '../../src/paths.ts';
import { ensure as ensureNetwork, list, purge as purgeNetwork } from '../../src/resources/network.ts';
import { ensurePort, purgePort } from '../../src/resources/port.ts';
import { StateStore } from '../../src/state.ts';
import { tapName } from '../../src/tools/device-names.ts';
import type { IpTool } from '../../src/tools/ip.ts';
import { inNamespace } from '../../src/tools/namespace.ts';
import { openNetworkTools } from '../../src/tools/network-tools.ts';
import { type Argv, type RunResult, run, type StartedProcess, start } from '../../src/tools/run.ts';

export type Guest = { namespace: string; serverId: string; port: DesiredPort };

const anyCode = Array.from({ length: 256 }, (_, code) => code);

export class TestHost {
  readonly namespace = `ukt${randomBytes(3).toString('hex')}`;
  readonly metadataRequests: string[] = [];
  readonly #guestOfTap = new Map<string, Guest>();
  readonly #guestNamespaces: string[] = [];
  readonly #folder: string;
  readonly #started: StartedProcess[] = [];
  host: NetworkHost;
  #networking: Networking | undefined;
  #isDead = false;

  private constructor(folder: string, host: NetworkHost) {
    this.#folder = folder;
    this.host = host;
  }

  /** `prepare` gives the new namespace its network before the agent starts, and names the device to other hosts. */
  static async start(prepare?: (namespace: string) => Promise<string>): Promise<TestHost> {
    const folder = await mkdtemp(join(tmpdir(), 'ukt-'));
    // As on a real host, where dnsmasq's own user passes through.
    await chmod(folder, 0o711);
    const paths = hostPaths(join(folder, 'host'));
    const log = pino({ level: process.env['UNKAI_LOG_LEVEL'] ?? 'silent' });
    const state = await StateStore.open(paths.state, log);
    const test: TestHost = new TestHost(folder, {
      config: { networkNamespace: '', underlayDevice: undefined, physicalNetworks: [] },
      paths,
      state,
      log,
      lease: await Lease.read(paths.lease),
      tools: await openNetworkTools({ home: join(folder, 'ovs'), systemRunDirectory: folder, namespace: 'unused' }),
      noteMetadataRequest: (serverId) => test.metadataRequests.push(serverId),
    });
    await test.confirmLease(86_400);
    await run(['ip', 'netns', 'add', test.namespace]);
    await run(['ip', '-netns', test.namespace, 'link', 'set', 'lo', 'up']);
    const underlayDevice = await prepare?.(test.namespace);
    test.host = { ...test.host, config: { networkNamespace: test.namespace, underlayDevice, physicalNetworks: [] } };
    await test.startAgent();
    return test;
  }

  /** The control plane hears the host, which may count on what it has for so long. */
  async confirmLease(seconds: number): Promise<void> {
    await this.host.lease.renew({ generation: 1, seconds }, performance.now(), async () => undefined);
  }

  /** What a start of the agent does: new tools, local state read again, all that is there found. */
  async startAgent(): Promise<void> {
    const { paths, log } = this.host;
    const ovs = { home: join(paths.home, 'ovs'), systemRunDirectory: this.#folder, namespace: this.namespace };
    const tools = await openNetworkTools(ovs);
    this.host = {
      ...this.host,
      state: await StateStore.open(paths.state, log),
      tools: { ...tools, ip: { ...tools.ip, ensureTap: (tap) => this.#ensureVeth(tap) } },
    };
    this.#networking = await startNetworking(this.host);
  }

  /** The agent ends; what it made stays. */
  async stopAgent(): Promise<void> {
    await this.#networking?.stop();
    this.#networking = undefined;
  }

  facts() {
    if (this.#networking === undefined) throw new Error('the agent is not running');
    return this.#networking.facts();
  }

  async putNetwork(spec: DesiredNetworkSpec): Promise<void> {
    await this.host.state.put('network', spec.id, { generation: 1, spec });
    await ensureNetwork(this.host, spec);
  }

  async purgeNetwork(id: string): Promise<void> {
    await purgeNetwork(this.host, id);
    await this.host.state.remove('network', id);
  }

  /** Makes a server of one port and its guest: a namespace with the port's MAC, and no address yet. */
  async putServer(spec: DesiredServerSpec): Promise<Guest> {
    const [port] = spec.ports;
    if (port === undefined) throw new Error('a server of these tests has a port');
    const namespace = `${this.namespace}g${this.#guestNamespaces.length}`;
    const guest = { namespace, serverId: spec.id, port };
    await run(['ip', 'netns', 'add', namespace]);
    this.#guestNamespaces.push(namespace);
    this.#guestOfTap.set(tapName(port.id), guest);
    await this.host.state.put('server', spec.id, { generation: 1, spec });
    await ensurePort(this.host, spec.id, port);
    return guest;
  }

  async purgeServer(guest: Guest): Promise<void> {
    await purgePort(this.host, guest.serverId, guest.port.id);
    await this.host.state.remove('server', guest.serverId);
  }

  /** Runs a command in a guest; any exit code is an answer. */
  in(guest: Pick<Guest, 'namespace'>, argv: Argv, timeoutMs = 15_000): Promise<RunResult> {
    return run(inNamespace(guest.namespace, argv), { okCodes: anyCode, timeoutMs });
  }

  /** Runs a command in the host's own namespace, with the addresses of its Open vSwitch. */
  onHost(argv: Argv): Promise<RunResult> {
    const env = { OVS_RUNDIR: join(this.host.paths.home, 'ovs', 'run') };
    return run(inNamespace(this.namespace, argv), { okCodes: anyCode, env });
  }

  /** Gives a guest its address by hand, for tests that are not about DHCP. */
  async address({ namespace, port }: Guest): Promise<void> {
    const [own] = port.addresses;
    if (own === undefined) throw new Error('no address');
    await run(['ip', '-netns', namespace, 'address', 'add', `${own.address}/${own.prefixLength}`, 'dev', 'eth0']);
    await run(['ip', '-netns', namespace, 'route', 'replace', '169.254.169.254/32', 'dev', 'eth0']);
  }

  /** Asks for a lease as a guest does, sets it up, and gives what the server said. */
  async lease({ namespace }: Guest): Promise<Record<string, string>> {
    const script = join(this.#folder, `${namespace}.sh`);
    const answer = join(this.#folder, `${namespace}.lease`);
    await writeFile(script, leaseScript(answer), { mode: 0o755 });
    const argv = ['udhcpc', '-i', 'eth0', '-n', '-q', '-f', '-t', '4', '-T', '1', '-s', script] as const;
    const asked = ['staticroutes', 'mtu', 'ntpsrv', 'bootfile'].flatMap((name) => ['-O', name]);
    const { code } = await this.in({ namespace }, [...argv, ...asked]);
    if (code !== 0) return {};
    const { stdout } = await run(['cat', answer]);
    return Object.fromEntries(
      stdout.split('\n').map((line) => [line.split('=', 1)[0] ?? '', line.replace(/^\w+=/, '')]),
    );
  }

  async get(guest: Guest, path: string): Promise<{ status: number; body: string }> {
    const url = `http://169.254.169.254${path}`;
    const { stdout } = await this.in(guest, ['curl', '-s', '--path-as-is', '-m', '5', '-w', '\n%{http_code}', url]);
    const end = stdout.lastIndexOf('\n');
    return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
  }

  /** Starts a long-running Node program in a guest; `file` takes what it says. It is stopped at the end. */
  async startIn(guest: Guest, program: string, file = '/dev/null'): Promise<void> {
    const argv = inNamespace(guest.namespace, [process.execPath, '--eval', program]);
    this.#started.push(await start(argv, { stdoutFile: file }));
  }

  /** A file for what a guest's program says. */
  file(name: string): string {
    return join(this.#folder, name);
  }

  /** Puts a frame, in hexadecimal, into the switch as if the guest had sent it. */
  async inject(guest: Guest, frame: string): Promise<void> {
    const row = (await this.host.tools.ovs.ports()).find(({ name }) => name === tapName(guest.port.id));
    const packet = `in_port=${row?.ofport},packet=${frame},actions=table`;
    const { code, stderr } = await this.onHost(['ovs-ofctl', '-O', 'OpenFlow15', 'packet-out', 'br-int', packet]);
    if (code !== 0) throw new Error(stderr);
  }

  /** What would become of a packet, in ovs-ofctl's notation, as the switch itself says. */
  trace(packet: string): Promise<string> {
    return this.control(['ofproto/trace', 'br-int', packet]);
  }

  /** Connections that the switch tracks in a zone, one a line. */
  tracked(zone: number): Promise<string> {
    return this.control(['dpctl/dump-conntrack', `zone=${zone}`]);
  }

  async control(command: readonly string[]): Promise<string> {
    const pid = (await this.host.tools.ovs.switchProcess())?.split(':')[0];
    const control = join(this.host.paths.home, 'ovs', 'run', `ovs-vswitchd.${pid}.ctl`);
    return (await run(['ovs-appctl', '-t', control, ...command])).stdout;
  }

  /** Packets that a guest's device has received, of every kind. */
  async received({ namespace }: Guest): Promise<number> {
    const { stdout } = await run(['ip', '-netns', namespace, '-json', '-statistics', 'link', 'show', 'dev', 'eth0']);
    return JSON.parse(stdout)[0].stats64.rx.packets;
  }

  async stop(): Promise<void> {
    for (const started of this.#started) await started.stop('SIGKILL');
    if (this.#isDead) return this.#removeAll();
    try {
      for (const { spec } of this.host.state.list('server')) {
        for (const port of spec.ports) await purgePort(this.host, spec.id, port.id);
      }
      for (const id of await list(this.host)) await purgeNetwork(this.host, id);
      await this.stopAgent();
    } finally {
      await this.#removeAll();
    }
  }

  /** Ends its agent and its switch at once, and nothing of them comes back: the host is there no more for any other. */
  async die(): Promise<void> {
    this.#isDead = true;
    await this.stopAgent();
    for (const program of ['ovs-vswitchd', 'ovsdb-server']) await this.killDaemon(program, 'SIGKILL');
  }

  /** Also after a test that failed half-way. */
  async #removeAll(): Promise<void> {
    await removeNamespaces(this.namespace);
    await rm(this.#folder, { recursive: true, force: true });
  }

  async killDaemon(program: string, signal: NodeJS.Signals): Promise<void> {
    const { stdout } = await run(['cat', join(this.host.paths.home, 'ovs', 'run', `${program}.pid`)]);
    process.kill(Number.parseInt(stdout, 10), signal);
  }

  async #ensureVeth({ name, mtu }: Parameters<IpTool['ensureTap']>[0]): Promise<void> {
    if ((await this.host.tools.ip.links()).includes(name)) return;
    const guest = this.#guestOfTap.get(name);
    if (guest === undefined) throw new Error(`no guest for ${name}`);
    const ip = ['ip', '-netns', this.namespace] as const;
    const inside = ['ip', '-netns', guest.namespace] as const;
    const peer = ['type', 'veth', 'peer', 'name', 'eth0', 'netns', guest.namespace, 'address', guest.port.macAddress];
    await run([...ip, 'link', 'add', name, 'mtu', String(mtu), ...peer]);
    await run(inNamespace(guest.namespace, ['ethtool', '-K', 'eth0', 'tx', 'off']));
    await run([...ip, 'link', 'set', name, 'up']);
    await run([...inside, 'link', 'set', 'eth0', 'mtu', String(mtu), 'up']);
    await run([...inside, 'link', 'set', 'lo', 'up']);
  }
}

/** Everything of a host is in namespaces that begin with the name of its own: they go, with all that runs in them. */
export async function removeNamespaces(prefix: string): Promise<void> {
  const { stdout } = await run(['ip', 'netns', 'list']);
  const all = stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
  for (const name of all.filter((candidate) => candidate.startsWith(prefix))) {
    const pids = (await run(['ip', 'netns', 'pids', name])).stdout.split('\n').filter((line) => line !== '');
    for (const pid of pids) killIfThere(Number(pid));
    await run(['ip', 'netns', 'delete', name]);
  }
}

/** A process may end by itself between being listed and being killed. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!hasErrorCode(error, 'ESRCH')) throw error;
  }
}

function leaseScript(answer: string): string {
  return `#!/bin/sh
[ "$1" = bound ] || exit 0
ip address add "$ip/$mask" dev "$interface"
[ -n "$mtu" ] && ip link set "$interface" mtu "$mtu"
set -- $staticroutes
while [ -n "$2" ]; do ip route add "$1" via "$2" dev "$interface" onlink; shift 2; done
env > ${answer}
`;
}
