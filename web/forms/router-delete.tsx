'use client';
import type { Router } from '@unkai/contracts/resources/router';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { count } from '#ui/amounts.ts';
import { ChangeConfirm } from './change-confirm.tsx';

/** Why a router cannot be deleted now; undefined when it can. */
export function whyRouterStays({ interfaces }: Router): string | undefined {
  return interfaces.length > 0 ? `It joins ${count(interfaces.length, 'subnet')}: take it off them first.` : undefined;
}

type RouterDeleteProps = { router: Router; onClose: () => void; onDeleted?: () => void };

/** Asks before a router goes. */
export function RouterDelete({ router, onClose, onDeleted }: RouterDeleteProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${router.name}?`}
      description="Its address outside is free again."
      action="Delete router"
      done={`${router.name} is deleted`}
      change={() => client.router.delete.mutate({ id: router.id })}
      outdated={[trpc.router.list.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
