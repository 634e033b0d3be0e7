'use client';
import { useTRPCClient } from '#client/trpc.tsx';
import { IdentityConfirm } from './identity-confirm.tsx';

type Named = { id: string; name: string };
type GroupMemberRemoveProps = { group: Named; user: Named; onClose: () => void };

/** Asks before a user leaves a group. */
export function GroupMemberRemove({ group, user, onClose }: GroupMemberRemoveProps) {
  const client = useTRPCClient();
  return (
    <IdentityConfirm
      title={`Take ${user.name} out of ${group.name}?`}
      description="What the user may do through the group ends at once."
      action="Take user out"
      done={`${user.name} is out of ${group.name}`}
      change={() => client.group.removeMember.mutate({ id: group.id, userId: user.id })}
      onClose={onClose}
    />
  );
}
