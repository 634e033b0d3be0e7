import { readFile } from 'node:fs/promises';
import { joinTokenCreated } from '@unkai/contracts/resources/host';
import { adminTokenFile } from '../programs.ts';
import { homeFolder, readSettings } from '../settings.ts';
import { StepError } from './steps.ts';

const mostHours = 720;

/** Makes a token with which one machine may join within so many hours, and prints the command to type there. */
export async function joinToken(hours: number): Promise<void> {
  if (!Number.isInteger(hours) || hours < 1 || hours > mostHours) {
    throw new StepError(`--hours must be a whole number from 1 to ${mostHours}.`, './unkai join-token --hours 24');
  }
  const { home, publicUrl } = await readSettings(homeFolder());
  const token = (await readFile(adminTokenFile(home), 'utf8')).trim();
  const answer = await fetch(`${publicUrl}/v1/join-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ expiresInHours: hours }),
    signal: AbortSignal.timeout(15_000),
  });
  if (!answer.ok) throw new StepError(`No token was made: ${answer.status} ${await answer.text()}`, './unkai status');
  const made = joinTokenCreated.parse(await answer.json());
  process.stdout.write(`./unkai join ${publicUrl} ${made.token}\n`);
  process.stderr.write(`Once, on one machine, until ${made.expiresAt}. From elsewhere, say an address it can reach.\n`);
}
