import { homeFolder } from '../settings.ts';
import { supervisorPid } from '../status.ts';
import { step } from './steps.ts';
import { stopSupervisor } from './supervisor.ts';

/** Stops the control plane and the agent. Guests and their network keep running; `up` finds them again. */
export async function down(): Promise<void> {
  const home = homeFolder();
  if ((await supervisorPid(home)) === null) {
    process.stdout.write(`Nothing runs in ${home}.\n`);
    return;
  }
  await step('Stop the programs (guests keep running)', './unkai status', async () => {
    await stopSupervisor(home);
    return undefined;
  });
}
