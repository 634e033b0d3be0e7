'use client';
import { useMutation } from '@tanstack/react-query';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { ConfirmDialog } from '#ui/dialog.tsx';

type Named = { id: string; name: string };
type GroupMemberRemoveProps = { group: Named; user: Named; onClose: () => void };

/** Asks before a user leaves a group. */
export function GroupMemberRemove({ group, user, onClose }: GroupMemberRemoveProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const remove = useMutation(
    trpc.group.removeMember.mutationOptions({ onSuccess: () => settled(`${user.name} is out of ${group.name}`) }),
  );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Take ${user.name} out of ${group.name}?`}
      description="What the user may do through the group ends at once."
      action="Take user out"
      onConfirm={() => remove.mutate({ id: group.id, userId: user.id })}
      pending={remove.isPending}
      problem={remove.error ? problemOf(remove.error) : undefined}
    />
  );
}
