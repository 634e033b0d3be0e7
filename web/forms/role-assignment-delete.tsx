'use client';
import type { RoleAssignment } from '@unkai/contracts/resources/role-assignment';
import { useTRPCClient } from '#client/trpc.tsx';
import { placeWords } from '#resources/role-words.ts';
import { IdentityConfirm } from './identity-confirm.tsx';

type RoleAssignmentDeleteProps = { assignment: RoleAssignment; onClose: () => void };

/** Asks before a role is taken away. */
export function RoleAssignmentDelete({ assignment, onClose }: RoleAssignmentDeleteProps) {
  const client = useTRPCClient();
  const { role, userName, groupName, isInherited } = assignment;
  const holder = userName ?? `the group ${groupName}`;
  return (
    <IdentityConfirm
      title={`Take ${role} from ${holder}?`}
      description={`At once it counts no longer on ${isInherited ? 'what is below ' : ''}${placeWords(assignment)}. What was made with it stays.`}
      action="Take role away"
      done="The role is taken away"
      change={() => client.roleAssignment.delete.mutate({ id: assignment.id })}
      onClose={onClose}
    />
  );
}
