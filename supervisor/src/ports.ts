import { createServer } from 'node:net';
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
    const found = stdout.match(/\("(?<name>[^"]+)",pid=(?<pid>\d+)/)?.groups;
    return found === undefined ? 'another program' : `${found['name']} (pid ${found['pid']})`;
  } catch {
    // Without iproute2 (simulated hosts do not need it) the name stays unknown.
    return 'another program';
  }
}
