'use client';
import { useMutation } from '@tanstack/react-query';
import { type RoleName, roleName } from '@unkai/contracts/permissions';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { useRoleChoices } from '#resources/role-choices.ts';
import type { Member } from '#resources/role-words.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { paths } from '../paths.ts';
import { IdentityConfirm } from './identity-confirm.tsx';

/** What is asked about a member, or about oneself. */
export type MemberAct = { kind: 'role' | 'remove'; member: Member } | { kind: 'leave' };
type MemberDialogProps = { project: string; act: MemberAct | undefined; onClose: () => void };

export function MemberDialog({ project, act, onClose }: MemberDialogProps) {
  const client = useTRPCClient();
  const router = useRouter();
  if (act === undefined) return null;
  if (act.kind === 'role') return <MemberRole {...{ project, member: act.member, onClose }} />;
  if (act.kind === 'remove') {
    const { id: userId, name } = act.member;
    return (
      <IdentityConfirm
        title={`Take ${name} out of the project?`}
        description="At once they see nothing of it any more. What they made stays."
        action="Take out"
        done={`${name} is out of the project`}
        change={() => client.member.remove.mutate({ id: project, userId })}
        onClose={onClose}
      />
    );
  }
  return (
    <IdentityConfirm
      title="Leave this project?"
      description="At once you see nothing of it any more. What you made stays. Only its managers can let you in again."
      action="Leave project"
      done="You have left the project"
      change={() => client.member.leaveProject.mutate({ id: project })}
      onDone={() => router.push(paths.home())}
      onClose={onClose}
    />
  );
}

type MemberRoleProps = { project: string; member: Member; onClose: () => void };

function MemberRole({ project, member, onClose }: MemberRoleProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const choices = useRoleChoices('project');
  const [role, setRole] = useState<RoleName>(() => givenRole(member));
  const update = useMutation(
    trpc.member.update.mutationOptions({
      onSuccess: () => settled(`${member.name} is ${role}, and it counts already`),
    }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Role of ${member.name}`}
      description="It takes the place of the roles that were given to them here by name."
    >
      <Form
        label="Change role"
        submitLabel="Change role"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        onSubmit={() => update.mutate({ id: project, userId: member.id, role })}
      >
        <Select
          label="Role"
          name="role"
          value={role}
          onChange={(value) => setRole(roleName.parse(value))}
          options={choices}
        />
      </Form>
    </Dialog>
  );
}

/** The highest built-in role among theirs. */
function givenRole({ roles }: Member): RoleName {
  const held = new Set(roles.map(({ role }) => role));
  return roleName.options.findLast((name) => held.has(name)) ?? 'reader';
}
