'use client';
import type { User } from '@unkai/contracts/resources/user';
import { useTRPCClient } from '#client/trpc.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { MenuItem } from '#ui/menu.tsx';
import { IdentityConfirm } from './identity-confirm.tsx';
import { UserForm } from './user-form.tsx';
import { UserPasswordSet } from './user-password-set.tsx';

export type UserAct =
  | { kind: 'create'; domain: string }
  | { kind: 'edit' | 'password' | 'disable' | 'enable' | 'delete'; user: User };

type UserDialogProps = { act: UserAct | undefined; onClose: () => void; onDeleted?: () => void };

/** The dialog of what was chosen; none when nothing was. */
export function UserDialog({ act, onClose, onDeleted }: UserDialogProps) {
  if (!act) return null;
  if (act.kind === 'create') return <UserForm domain={act.domain} onClose={onClose} />;
  const { kind, user } = act;
  if (kind === 'edit') return <UserForm domain={user.domainId} user={user} onClose={onClose} />;
  if (kind === 'password') return <UserPasswordSet user={user} onClose={onClose} />;
  if (kind === 'delete') return <UserDelete user={user} onClose={onClose} onDeleted={onDeleted} />;
  return <UserSwitch user={user} onClose={onClose} />;
}

/** What can be done with a user of the domain. */
export function UserMenu({ user, onAct }: { user: User; onAct: (act: UserAct) => void }) {
  const denial = useDomainDenial(user.domainId);
  const update = denial('user:update');
  return (
    <>
      <MenuItem disabledReason={update} onSelect={() => onAct({ kind: 'edit', user })}>
        Edit
      </MenuItem>
      <MenuItem disabledReason={update} onSelect={() => onAct({ kind: 'password', user })}>
        Set password
      </MenuItem>
      <MenuItem disabledReason={update} onSelect={() => onAct({ kind: user.isEnabled ? 'disable' : 'enable', user })}>
        {user.isEnabled ? 'Disable' : 'Enable'}
      </MenuItem>
      <MenuItem isDanger disabledReason={denial('user:delete')} onSelect={() => onAct({ kind: 'delete', user })}>
        Delete
      </MenuItem>
    </>
  );
}

function UserSwitch({ user: { id, name, isEnabled }, onClose }: { user: User; onClose: () => void }) {
  const client = useTRPCClient();
  const props = isEnabled
    ? {
        title: `Disable ${name}?`,
        description:
          'At once all sessions and tokens of this user are refused, and nobody can sign in by this name. Roles, keys and servers stay.',
        action: 'Disable user',
        done: `${name} is disabled`,
      }
    : {
        title: `Enable ${name}?`,
        description: 'This user can sign in again, with the roles that there were.',
        action: 'Enable user',
        done: `${name} is enabled`,
      };
  return (
    <IdentityConfirm
      {...props}
      change={() => client.user.update.mutate({ id, isEnabled: !isEnabled })}
      onClose={onClose}
    />
  );
}

type UserDeleteProps = { user: User; onClose: () => void; onDeleted?: (() => void) | undefined };

function UserDelete({ user: { id, name }, onClose, onDeleted }: UserDeleteProps) {
  const client = useTRPCClient();
  return (
    <IdentityConfirm
      title={`Delete ${name}?`}
      description="Sessions, tokens, key pairs and roles of this user go at once. Servers stay with their project."
      action="Delete user"
      done={`${name} is deleted`}
      typeToConfirm={name}
      change={() => client.user.delete.mutate({ id })}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
