import { homeFolder, readSettings } from '../settings.ts';
import { readStatus } from '../status.ts';
import { printTable } from './steps.ts';

/** Prints what runs; exits with 3 when something does not, as service managers do (LSB). */
export async function status(asJson: boolean): Promise<void> {
  const home = homeFolder();
  const settings = await readSettings(home);
  const now = await readStatus(home);
  const isHealthy = now?.phase === 'running' && now.programs.every(({ state }) => state === 'ready');
  if (asJson) {
    const answer = {
      url: settings.publicUrl,
      home,
      healthy: isHealthy,
      ...(now ?? { phase: 'stopped', programs: [] }),
    };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  } else if (now === null) {
    process.stdout.write(`Unkai in ${home} is stopped. Start it: ./unkai up\n`);
  } else {
    process.stdout.write(`Unkai in ${home}: ${now.phase}, ${settings.publicUrl}\n`);
    if (now.failure !== null) process.stdout.write(`Failed: ${now.failure}\n`);
    printTable([
      ['NAME', 'STATE', 'PID', 'RESTARTS', 'SINCE'],
      ...now.programs.map((each) => [
        each.name,
        each.state,
        String(each.pid ?? '–'),
        String(each.restarts),
        each.since.replace(/\.\d+Z$/, 'Z'),
      ]),
    ]);
  }
  process.exitCode = isHealthy ? 0 : 3;
}
