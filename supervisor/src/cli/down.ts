import { run } from '@unkai/hostagent/tools/run';
import { giveUpNetwork } from '../claim.ts';
import { leaveTask } from '../programs.ts';
import { homeFolder, readSettings } from '../settings.ts';
import { supervisorPid } from '../status.ts';
import { step } from './steps.ts';
import { stopSupervisor } from './supervisor.ts';

/**
 * Stops the control plane and the agent. Guests and their network keep running, and `up` finds them again; unless
 * `withGuests`: then they are shut down, and nothing of the host runs or stands in the kernel any more. Data stays.
 */
export async function down(withGuests: boolean): Promise<void> {
  const home = homeFolder();
  const settings = await readSettings(home);
  const isRunning = (await supervisorPid(home)) !== null;
  if (!isRunning && !withGuests) {
    process.stdout.write(`Nothing runs in ${home}.\n`);
    return;
  }
  if (isRunning) {
    await step(`Stop the programs${withGuests ? '' : ' (guests keep running)'}`, './unkai status', async () => {
      await stopSupervisor(home);
      return undefined;
    });
  }
  if (!withGuests || settings.simulatedHosts > 0) return;
  await step('Stop the guests and their network', './unkai doctor', async () => {
    const { argv, env, cwd } = leaveTask(settings);
    const { stdout } = await run(argv, { env, cwd, timeoutMs: 180_000 });
    await giveUpNetwork({ namespace: process.env['UNKAI_NETNS'], home });
    return stdout.trim();
  });
}
