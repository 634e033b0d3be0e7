import { UnkaiError } from '@unkai/contracts/errors';
import * as store from '@unkai/core/store/host-network';
import { readServerLife } from '@unkai/core/store/server-lifecycle';
import { nap, type StepContext } from '@unkai/core/workflow/definition';
import { z } from 'zod';
import { placedServer, reported, silentHost } from './host-wait.ts';

/**
 * Sees that every port of the server has its address. They are given in the transaction that creates the server, so that
 * its answer shows them and quota is spent at once; what they hold is given back by this step's undo.
 */
export async function confirmAddresses({ core, run }: StepContext): Promise<void> {
  const missing = await store.countPortsWithoutAddress(core.database, run.resourceId);
  if (missing > 0) throw new UnkaiError('addresses_exhausted', `${missing} of its ports have no address.`);
}

/** Gives ports and addresses back. The host has let go of the server by now, so no address is used twice (H30). */
export async function releaseAddresses({ core, commit, run }: StepContext): Promise<void> {
  await commit((unit) => store.releasePorts(unit, core, run.resourceId, run.requestId));
}

const changes = z.array(z.object({ networkId: z.string(), generation: z.number().int() }));

/** Tells the hosts of the server's networks, and waits until its own host has them. */
export async function ensureNetworks(context: StepContext) {
  const { host } = await placedServer(context);
  return ensureNetworksOn(context, host);
}

/** The same for a host that the server is not on yet. */
export async function ensureNetworksOn(context: StepContext, host: { readonly id: string; readonly isUp: boolean }) {
  const { core, run } = context;
  const announced = await context.once(changes, (unit) =>
    store.announceNetworks(unit, core, { serverId: run.resourceId, hostId: host.id, requestId: run.requestId }),
  );
  const lag = await store.readNetworkLag(core.database, host.id, announced);
  if (lag === null) return undefined;
  if (lag.failure !== null) throw reported(lag.failure);
  const until = { noun: 'network', id: lag.networkId, generation: lag.generation } as const;
  return nap({ progress: host.isUp ? null : silentHost, until });
}

/** Takes from the host the networks that nobody else has there; the host follows in its own time. */
export async function retractNetworks({ core, commit, run }: StepContext): Promise<void> {
  const life = await readServerLife(core.database, run.resourceId);
  const hostId = life?.host?.id;
  if (hostId === undefined) return;
  const where = { serverId: run.resourceId, hostId, requestId: run.requestId };
  await commit((unit) => store.retractNetworks(unit, core, where));
}
