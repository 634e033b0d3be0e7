import type { Failure } from '@unkai/contracts/errors';
import { UnkaiError } from '@unkai/contracts/errors';
import { readServerLife, type ServerLife } from '@unkai/core/store/server-lifecycle';
import { type Nap, nap, type StepContext } from '@unkai/core/workflow/definition';
import { z } from 'zod';

/** The generation of desired state that a host has to follow; 0 when there is nobody to wait for. */
export const asked = z.object({ generation: z.number().int() });

export type PlacedServer = ServerLife & { readonly host: NonNullable<ServerLife['host']> };

/** The server that a run works on, with its host. Throws `not_found` when it is gone, `wrong_state` without a host. */
export async function placedServer({ core, run }: StepContext): Promise<PlacedServer> {
  const life = await readServerLife(core.database, run.resourceId);
  if (life === null) throw new UnkaiError('not_found', `The server ${run.resourceName} is gone.`);
  const { host } = life;
  if (host === null) {
    throw new UnkaiError('wrong_state', 'The server was never made, so there is nothing to work on.', {
      next: 'Delete it and create it again.',
    });
  }
  return { ...life, host };
}

/** What a host said of a failure, as the error that ends the step. */
export function reported(failure: Failure | null): UnkaiError {
  if (failure === null) return new UnkaiError('host_failed', 'The host could not do it and gave no reason.');
  return new UnkaiError(failure.code, failure.message, { next: failure.next });
}

/** What a tenant reads while a host does not answer. It is waited for until the run's deadline: hosts do come back. */
export const silentHost = 'Its host does not answer; waiting for it';

/**
 * Waits until the host has followed to `generation` and the server is as wanted. Throws what the host reported when it
 * could not.
 */
export async function awaitServer(
  context: StepContext,
  generation: number,
  isThere: (life: ServerLife) => boolean,
): Promise<Nap | ServerLife> {
  const life = await placedServer(context);
  if (life.observedGeneration >= generation) {
    if (life.observedState === 'failed') throw reported(life.observedFailure);
    if (life.observedState === 'present' && isThere(life)) return life;
    if (life.observedPower === 'crashed') {
      throw life.observedFailure === null
        ? new UnkaiError('accelerator_failed', 'Its virtual machine ended unexpectedly.')
        : reported(life.observedFailure);
    }
  }
  const until = { noun: 'server', id: life.id, generation } as const;
  return nap({ progress: life.host.isUp ? life.observedProgress : silentHost, until });
}
