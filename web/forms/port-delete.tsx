'use client';
import type { Port } from '@unkai/contracts/resources/port';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { portName } from '#resources/port.ts';
import { ChangeConfirm } from './change-confirm.tsx';

type PortDeleteProps = { port: Port; onClose: () => void; onDeleted?: () => void };

/** Asks before a port goes. */
export function PortDelete({ port, onClose, onDeleted }: PortDeleteProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const name = portName(port);
  return (
    <ChangeConfirm
      title={`Delete ${name}?`}
      description={`Its address ${port.addresses.map(({ address }) => address).join(', ')} is free again.`}
      action="Delete port"
      done={`${name} is deleted`}
      change={() => client.port.delete.mutate({ id: port.id })}
      outdated={[trpc.port.list.pathKey(), trpc.network.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
