'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Server } from '@unkai/contracts/resources/server';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';

type ServerDeleteProps = { server: Server | undefined; onClose: () => void; onDeleted?: () => void };

/** Asks for the server's name before it is deleted, and says what goes with it. */
export function ServerDelete({ server, onClose, onDeleted }: ServerDeleteProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.server.delete.mutationOptions({
      onSuccess: () => {
        toast({ tone: 'ok', title: `${server?.name} is being deleted` });
        void queryClient.invalidateQueries({ queryKey: trpc.server.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.operation.pathKey() });
        onClose();
        onDeleted?.();
      },
    }),
  );
  if (!server) return null;
  const addresses = server.addresses.map(({ address }) => address).join(', ');
  return (
    <ConfirmDialog
      isOpen
      onClose={() => {
        remove.reset();
        onClose();
      }}
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
      onConfirm={() => remove.mutate({ id: server.id })}
      pending={remove.isPending}
      problem={remove.error ? problemOf(remove.error) : undefined}
    />
  );
}
