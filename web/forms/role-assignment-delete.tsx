'use client';
import { useMutation } from '@tanstack/react-query';
import type { RoleAssignment } from '@unkai/contracts/resources/role-assignment';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { placeWords } from '#resources/role-words.ts';
import { ConfirmDialog } from '#ui/dialog.tsx';

type RoleAssignmentDeleteProps = { assignment: RoleAssignment | undefined; onClose: () => void };

/** Asks before a role is taken away. */
export function RoleAssignmentDelete({ assignment, onClose }: RoleAssignmentDeleteProps) {
  const trpc = useTRPC();
  const close = () => {
    remove.reset();
    onClose();
  };
  const settled = useSettled(close);
  const remove = useMutation(
    trpc.roleAssignment.delete.mutationOptions({ onSuccess: () => settled('The role is taken away') }),
  );
  if (!assignment) return null;
  const { role, userName, groupName, isInherited } = assignment;
  const holder = userName ?? `the group ${groupName}`;
  return (
    <ConfirmDialog
      isOpen
      onClose={close}
      title={`Take ${role} from ${holder}?`}
      description={`At once it counts no longer on ${isInherited ? 'what is below ' : ''}${placeWords(assignment)}. What was made with it stays.`}
      action="Take role away"
      onConfirm={() => remove.mutate({ id: assignment.id })}
      pending={remove.isPending}
      problem={remove.error ? problemOf(remove.error) : undefined}
    />
  );
}
