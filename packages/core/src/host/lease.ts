import { UnkaiError } from '@unkai/contracts/errors';
import type { Unit } from '../database/database.ts';
import { emit } from '../events.ts';

/** How long a host may count on its servers after a heartbeat was answered. */
export const leaseSeconds = 30;

/** Who was last heard before may no longer count on what it has. */
export const leaseEndedBefore = () => new Date(Date.now() - leaseSeconds * 1000);

interface LeaseHolder {
  readonly id: string;
  readonly name: string;
  readonly isUp: boolean;
  readonly isForcedDown: boolean;
  readonly lastHeartbeatAt: Date;
}

/** Throws `wrong_state` while a host answers or may still count on its lease. */
export function requireDead({ name, isUp, isForcedDown, lastHeartbeatAt }: LeaseHolder): void {
  if (isUp) {
    throw new UnkaiError('wrong_state', `The host ${name} answers: its servers run there.`, {
      next: 'Stop the machine first, or say that it is off (isForcedDown) when you know that it is.',
    });
  }
  const leftMs = lastHeartbeatAt.getTime() + leaseSeconds * 1000 - Date.now();
  if (isForcedDown || leftMs <= 0) return;
  const seconds = Math.ceil(leftMs / 1000);
  throw new UnkaiError(
    'wrong_state',
    `The lease of the host ${name} ends in ${seconds} s: until then its servers are its own.`,
    {
      next: 'Ask again then, or say that the machine is off (isForcedDown) when you know that it is.',
    },
  );
}

/**
 * Ends what a host knows of its servers: when it comes back it finds another generation, and lets go of all that is not
 * its own any more before it counts again (H29). Throws `wrong_state` when it came back meanwhile.
 */
export async function fenceHost({ tx }: Unit, host: LeaseHolder): Promise<void> {
  const changed = await tx.$executeRaw`
    UPDATE host SET lease_generation = lease_generation + 1, fenced_at = now()
    WHERE id = ${host.id}::uuid AND NOT is_up`;
  if (changed === 0) throw new UnkaiError('wrong_state', `The host ${host.name} has just come back.`);
  await emit(tx, { projectId: null, noun: 'host', resourceId: host.id, kind: 'changed' });
}
