import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';

/** Whether nobody listens on this port of any address of this machine. */
export function isFreePort(candidate: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(candidate, '0.0.0.0', () => server.close(() => resolve(true)));
  });
}

/** Who listens on a port, as "nginx (pid 812)"; "another program" when this user may not see it. */
export async function listenerOf(port: number): Promise<string> {
  try {
    const { stdout } = await run(['ss', '-Hltnp', `sport = :${port}`]);
    const pid = /pid=(\d+)/.exec(stdout)?.[1];
    return pid === undefined ? 'another program' : `${await programOf(pid)} (pid ${pid})`;
  } catch {
    // Without iproute2 (simulated hosts do not need it) the name stays unknown.
    return 'another program';
  }
}

/** A program by the name that started it: what it calls its threads, which `ss` tells, says little ("MainThread"). */
async function programOf(pid: string): Promise<string> {
  const [program = ''] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
  // Some write a sentence over their arguments: "nginx: master process …".
  return basename(program.split(/[:\s]/)[0] ?? '') || 'a program';
}
