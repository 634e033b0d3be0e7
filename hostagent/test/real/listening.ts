// What listens on a host: the sockets of its namespaces and of its own programs outside of them.
import { readdir, readFile } from 'node:fs/promises';
import { run } from '../../src/tools/run.ts';

export type Listener = { namespace: string; protocol: string; address: string; port: number; program: string };

/** TCP sockets that take connections and UDP sockets that take packets, of a host whose files lie in `home`. */
export async function listening(namespace: string, home: string): Promise<Listener[]> {
  const own = (await readdir('/run/netns')).filter((name) => name.startsWith(namespace));
  const inside = own.map(async (name) => socketsOf(name, (await run(['ip', 'netns', 'exec', name, ...list])).stdout));
  const pids = await programsOf(home);
  const outside = socketsOf('', (await run([...list])).stdout).filter((socket) =>
    socket.pids.some((pid) => pids.has(pid)),
  );
  return [...(await Promise.all(inside)).flat(), ...outside].map(({ pids: _pids, ...socket }) => socket);
}

const list = ['ss', '--no-header', '--listening', '--tcp', '--udp', '--numeric', '--processes'] as const;

function socketsOf(namespace: string, text: string): (Listener & { pids: readonly number[] })[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [protocol = '', , , , place = ''] = line.split(/\s+/);
      const at = place.lastIndexOf(':');
      // Several while a program starts another: that has its sockets too until it becomes what it is to be.
      const users = [...line.matchAll(/"([^"]+)",pid=(\d+)/g)].map(([, name = '', pid]) => ({
        name,
        pid: Number(pid),
      }));
      const address = place.slice(0, at).replace(/%.*/, '');
      const program = users.at(-1)?.name ?? '';
      return {
        namespace,
        protocol,
        address,
        port: Number(place.slice(at + 1)),
        program,
        pids: users.map(({ pid }) => pid),
      };
    });
}

/** Processes that this home is named to, by an argument or by their environment. */
async function programsOf(home: string): Promise<Set<number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const told = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const named = await Promise.all(
    pids.map(async (pid) => `${await told(pid, 'cmdline')}\0${await told(pid, 'environ')}`.includes(home)),
  );
  return new Set(pids.filter((_pid, index) => named[index]).map(Number));
}
