import { readdir, readFile } from 'node:fs/promises';
import type { NetworkHost } from '../../src/network-host.ts';
import type { Argv, RunResult } from '../../src/tools/run.ts';
import { contents } from './routers.ts';

/** A host as tests look at it from outside: its folders and tools, and everything in namespaces of its name. */
type Inspected = {
  readonly namespace: string;
  readonly host: NetworkHost;
  onHost(argv: Argv): Promise<RunResult>;
};

/** Whatever the machine has of a host: devices, places on the bridge, flows, rules, processes, files. */
export async function remains(inspected: Inspected): Promise<Record<string, unknown>> {
  const { host } = inspected;
  const kept = (await readdir(host.paths.state, { recursive: true })).filter((name) => name.endsWith('.json'));
  const said = async (...argv: Argv) => (await inspected.onHost(argv)).stdout.split('\n').toSorted();
  return {
    ...Object(await contents(inspected)),
    processes: await processesOf(host.paths.home),
    files: (await filesIn(host.paths.network)).map(withoutPid).toSorted(),
    servers: [...(await filesIn(host.paths.servers)), ...(await filesIn(host.paths.sockets))],
    kept: kept.filter((name) => !name.startsWith('image/')),
    rules: await said('nft', 'list', 'ruleset'),
    flows: (await said('ovs-ofctl', '-O', 'OpenFlow15', '--no-stats', 'dump-flows', 'br-int')).filter(isFlow),
    meters: (await said('ovs-ofctl', '-O', 'OpenFlow15', 'dump-meters', 'br-int')).filter((line) =>
      line.includes('meter='),
    ),
    limits: await said('ovs-vsctl', '--columns=type', 'list', 'QoS'),
  };
}

const filesIn = (folder: string) => readdir(folder, { recursive: true }).catch(() => []);
/** A socket of the switch has its process in its name, and that may be another one now. */
const withoutPid = (name: string) => name.replace(/\.\d+\.ctl$/, '.ctl');
/** The first line of a dump counts. */
const isFlow = (line: string) => line.includes('table=');

/** How many processes have this folder in their command line. */
async function processesOf(folder: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(folder)).length;
}
