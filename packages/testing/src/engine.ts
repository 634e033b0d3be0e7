import { type StartedProcess, start } from '@unkai/hostagent/tools/run';
import type { ServiceProcess } from '@unkai/supervisor/services/service';

/** A real Postgres or Redis that a test may stop, kill and start again. */
export type Engine = {
  pid: () => number;
  /** `kill -9`, and waits until it is gone. */
  kill: () => Promise<void>;
  /** The orderly way. */
  stop: () => Promise<void>;
  /** Starts it (again), on the same port and with the same data, and waits until it answers. */
  start: () => Promise<void>;
};

const startTimeoutMs = 30_000;
const lookAgainMs = 10;

/** Runs the described process until `stop`; its words go to `logFile`. It never outlives us, whatever ends us. */
export async function startEngine(described: ServiceProcess, logFile: string): Promise<Engine> {
  let running = await startUntilReady(described, logFile);
  return {
    pid: () => running.pid,
    async kill() {
      await running.stop('SIGKILL');
    },
    async stop() {
      await running.stop(described.stopSignal, described.stopGraceMs);
    },
    async start() {
      running = await startUntilReady(described, logFile);
    },
  };
}

async function startUntilReady(described: ServiceProcess, logFile: string): Promise<StartedProcess> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    // The kernel ends it with us, even when we are killed with -9.
    const argv = ['setpriv', '--pdeathsig', 'INT', '--', ...described.argv] as const;
    const child = await start(argv, { ...described, stdoutFile: logFile });
    let gone = false;
    void child.exited.then(() => {
      gone = true;
    });
    while (!gone && Date.now() < deadline) {
      if (await described.isReady()) return child;
      await pause();
    }
    await child.stop(described.stopSignal);
    // Children of a killed Postgres hold its memory for a moment; it refuses to start until they are gone.
    await pause();
  }
  throw new Error(`${described.name} did not become ready within ${startTimeoutMs} ms; see ${logFile}`);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, lookAgainMs));
}
