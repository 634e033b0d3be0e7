'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { count } from '#ui/amounts.ts';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';

type SecurityGroupDeleteProps = {
  group: SecurityGroup | undefined;
  onClose: () => void;
  onDeleted?: () => void;
};

/** Asks before a security group goes, with its rules. */
export function SecurityGroupDelete({ group, onClose, onDeleted }: SecurityGroupDeleteProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.securityGroup.delete.mutationOptions({
      onSuccess: () => {
        toast({ tone: 'ok', title: `${group?.name} is deleted` });
        onClose();
        onDeleted?.();
        void queryClient.invalidateQueries({ queryKey: trpc.securityGroup.list.pathKey() });
      },
    }),
  );
  if (!group) return null;
  return (
    <ConfirmDialog
      isOpen
      onClose={() => {
        remove.reset();
        onClose();
      }}
      title={`Delete ${group.name}?`}
      description={`Its ${count(group.rules.length, 'rule')} go${group.rules.length === 1 ? 'es' : ''} with it.`}
      action="Delete security group"
      onConfirm={() => remove.mutate({ id: group.id })}
      pending={remove.isPending}
      problem={remove.error ? problemOf(remove.error) : undefined}
    />
  );
}
