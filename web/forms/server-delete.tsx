'use client';
import type { Server } from '@unkai/contracts/resources/server';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from './change-confirm.tsx';

type ServerDeleteProps = { server: Server; onClose: () => void; onDeleted?: () => void };

/** Asks for the server's name before it is deleted, and says what goes with it. */
export function ServerDelete({ server, onClose, onDeleted }: ServerDeleteProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const addresses = server.addresses.map(({ address }) => address).join(', ');
  return (
    <ChangeConfirm
      title={`Delete ${server.name}?`}
      description={
        <>
          Its disk is erased and cannot be brought back
          {addresses && (
            <>
              , and its address <code className="numeric text-ink">{addresses}</code> becomes free
            </>
          )}
          .
        </>
      }
      action="Delete server"
      typeToConfirm={server.name}
      done={`${server.name} is being deleted`}
      change={() => client.server.delete.mutate({ id: server.id })}
      outdated={[trpc.server.pathKey(), trpc.operation.pathKey()]}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
