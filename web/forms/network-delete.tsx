'use client';
import type { Network } from '@unkai/contracts/resources/network';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { count } from '#ui/amounts.ts';
import { ChangeConfirm } from './change-confirm.tsx';

type NetworkDeleteProps = { network: Network; onClose: () => void; onDeleted?: () => void };

/** Why a network cannot be deleted now; undefined when it can. */
export function whyNetworkStays({ portCount, isDefault }: Network): string | undefined {
  if (isDefault) return 'The default network of a project stays. Leave it unused.';
  return portCount > 0 ? `${count(portCount, 'port')} still in it: delete the servers that use it first.` : undefined;
}

/** Asks before a network goes, with its subnets. */
export function NetworkDelete({ network, onClose, onDeleted }: NetworkDeleteProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${network.name}?`}
      description={`Its ${count(network.subnets.length, 'subnet')} go with it.`}
      action="Delete network"
      done={`${network.name} is deleted`}
      change={() => client.network.delete.mutate({ id: network.id })}
      // Not the network itself: its page, until it is left, would find nothing.
      outdated={[trpc.network.list.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
