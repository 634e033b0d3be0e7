// A Debian 12 machine with nothing of ours, made of packages in a folder: processes, mounts, network and name of its own.
// It reaches the network through this machine as an ordinary program, so nothing here is configured for it.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Argv, type RunResult, run, type StartedProcess, start } from '@unkai/hostagent/tools/run';
import { freePort } from '@unkai/testing/services';
import { checkout, eventually } from '../stack/installation.ts';

const suite = 'bookworm';
/** Beside the essential packages: what a Debian server has from its installer, as far as any of it matters to us. */
const plainPackages = ['apt', 'ca-certificates', 'debian-archive-keyring', 'iproute2', 'passwd', 'procps'];
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** What tells programs how the network is reached here, if anything does. */
const passedOn = /^(https?|all|no)_proxy$|^npm_config_(registry|https?_proxy|cafile)$|^NODE_EXTRA_CA_CERTS$/i;
const trusted = '/etc/ssl/certs/ca-certificates.crt';
const portOfThePortal = 7080;
const anyCode = Array.from({ length: 256 }, (_, code) => code);
const minutes = 60_000;

/** The packages of such a machine, from the mirrors that this one's apt uses. Takes a minute. */
export async function installDebian(root: string): Promise<void> {
  const options = (await aptOptions()).map((option) => `--aptopt=${option}`);
  const include = `--include=${plainPackages.join(',')}`;
  const argv: Argv = ['mmdebstrap', '--quiet', '--variant=minbase', include, ...options, suite, root, '-'];
  await run(argv, { input: await sources(), timeoutMs: 10 * minutes });
}

async function sources(): Promise<string> {
  const debian = ['Created-By: Packages', 'Origin: Debian'];
  const { stdout } = await run(['apt-get', 'indextargets', '--format', '$(LABEL) $(REPO_URI)', ...debian]);
  const mirrors = new Map(stdout.split('\n').map((line) => [line.split(' ')[0], line.split(' ')[1]]));
  const line = (label: string, name: string) => `deb [signed-by=${keyring}] ${mirrors.get(label)} ${name} main\n`;
  if (!mirrors.has('Debian') || !mirrors.has('Debian-Security')) {
    throw new Error('This machine’s apt knows no Debian mirror: apt-get update, or add one to /etc/apt/sources.list.d');
  }
  const main = line('Debian', suite) + line('Debian', `${suite}-updates`);
  return main + line('Debian-Security', `${suite}-security`);
}

/** Proxies and time checks, which the mirrors may depend on. */
async function aptOptions(): Promise<string[]> {
  const { stdout } = await run(['apt-config', 'dump']);
  const wanted = /^Acquire::(https?::(.*::)?Proxy|Check-Valid-Until|Check-Date) /i;
  return stdout.split('\n').filter((line) => wanted.test(line));
}

export class Machine {
  readonly #processes: StartedProcess[];
  readonly #pid: number;
  /** Where its portal is reached from this machine. */
  readonly url: string;

  private constructor(pid: number, port: number, processes: StartedProcess[]) {
    this.#pid = pid;
    this.url = `http://127.0.0.1:${port}`;
    this.#processes = processes;
  }

  /** Switches on the machine whose files are a copy of `debian` in `folder`, with a clone of this checkout in `home`. */
  static async start(debian: string, folder: string, home: string): Promise<Machine> {
    const root = join(folder, 'root');
    await mkdir(folder);
    await run(['cp', '--archive', '--reflink=auto', debian, root], { timeoutMs: 5 * minutes });
    await writeFile(join(root, 'etc/resolv.conf'), 'nameserver 10.0.2.3\n');
    await writeFile(join(root, 'etc/hostname'), 'bare\n');
    await writeFile(join(root, 'etc/hosts'), '127.0.0.1 localhost\n127.0.1.1 bare\n');
    await cp(trusted, join(root, trusted));
    await run(['git', 'clone', '--quiet', checkout, join(root, home, 'unkai')], { timeoutMs: 5 * minutes });
    const log = join(folder, 'machine.log');
    const first = await start(mortal('unshare', ...namespaces, join(import.meta.dirname, 'init.sh'), root, 'bare'), {
      stdoutFile: log,
    });
    const ready = async () => ((await readFile(log, 'utf8')).includes('ready\n') ? true : undefined);
    await eventually('the machine is there', ready, 20_000);
    const children = await readFile(`/proc/${first.pid}/task/${first.pid}/children`, 'utf8');
    const pid = Number(children.trim());
    const { port, network } = await reachNetwork(pid, folder);
    return new Machine(pid, port, [network, first]);
  }

  /** Runs a command there, by default as root and in root's home; any exit code is an answer. */
  run(argv: Argv, { user = 'root', home = '/root', timeoutMs = 60 * minutes } = {}): Promise<RunResult> {
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const network = Object.entries(process.env).flatMap(([name, value]) =>
      passedOn.test(name) && value !== undefined ? [`${name}=${value}`] : [],
    );
    const enter = ['nsenter', `--target=${this.#pid}`, '--all', '--root', `--wdns=${home}`] as const;
    const become = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'];
    const clean = ['env', '--ignore-environment', path, `HOME=${home}`, 'TERM=dumb', ...network];
    return run([...enter, ...become, ...clean, ...argv], { okCodes: anyCode, timeoutMs });
  }

  /** The command lines of its processes, without the first and the one that looks. */
  async processes(): Promise<string[]> {
    const { stdout } = await this.run(['ps', '-e', '--no-headers', '-o', 'pid=,args=']);
    const lines = stdout.split('\n').map((line) => line.trim());
    return lines.filter((line) => line !== '' && !/^1 | ps -e /.test(line));
  }

  /** Cuts its power: all of its processes and mounts end with its first process. */
  async stop(): Promise<void> {
    for (const each of this.#processes) await each.stop('SIGKILL');
  }
}

/** Ends when this process does, however that ends. */
function mortal(...argv: Argv): Argv {
  return ['setpriv', '--pdeathsig', 'KILL', ...argv];
}

const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--uts', '--ipc', '--net', '--cgroup'];

/** Gives the machine a network card with a way out, and a way in to its portal: a port of this machine's loopback. */
async function reachNetwork(pid: number, folder: string): Promise<{ port: number; network: StartedProcess }> {
  const socket = join(folder, 'network.sock');
  const log = join(folder, 'network.log');
  const options = ['--configure', '--mtu=1500', '--disable-host-loopback', `--api-socket=${socket}`];
  const network = await start(mortal('slirp4netns', ...options, String(pid), 'eth0'), { stdoutFile: log });
  const port = await freePort();
  const forward = { proto: 'tcp', host_addr: '127.0.0.1', host_port: port, guest_port: portOfThePortal };
  const said = await eventually('the machine has a network', () => ask(socket, forward), 20_000);
  if (!said.includes('"return"')) throw new Error(`slirp4netns: ${said}`);
  return { port, network };
}

async function ask(socket: string, forward: object): Promise<string> {
  const line = connect(socket);
  line.end(JSON.stringify({ execute: 'add_hostfwd', arguments: forward }));
  return text(line);
}
