import { homeFolder } from '../settings.ts';
import { supervisorPid } from '../status.ts';
import { StepError, step } from './steps.ts';

/** Stops the control plane and the agent. Guests and their network keep running; `up` finds them again. */
export async function down(): Promise<void> {
  const home = homeFolder();
  const pid = await supervisorPid(home);
  if (pid === null) {
    process.stdout.write(`Nothing runs in ${home}.\n`);
    return;
  }
  await step('Stop the programs (guests keep running)', './unkai status', async () => {
    process.kill(pid, 'SIGTERM');
    const deadline = Date.now() + 60_000;
    while ((await supervisorPid(home)) !== null) {
      if (Date.now() > deadline) throw new StepError('It has not stopped after 60 s.', './unkai logs supervisor');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return undefined;
  });
}
