'use client';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { count } from '#ui/amounts.ts';
import { ChangeConfirm } from './change-confirm.tsx';

type SecurityGroupDeleteProps = {
  group: SecurityGroup;
  onClose: () => void;
  onDeleted?: () => void;
};

/** Asks before a security group goes, with its rules. */
export function SecurityGroupDelete({ group, onClose, onDeleted }: SecurityGroupDeleteProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${group.name}?`}
      description={`Its ${count(group.rules.length, 'rule')} go${group.rules.length === 1 ? 'es' : ''} with it.`}
      action="Delete security group"
      done={`${group.name} is deleted`}
      change={() => client.securityGroup.delete.mutate({ id: group.id })}
      // Not the group itself: its page, until it is left, would find nothing.
      outdated={[trpc.securityGroup.list.pathKey()]}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
