'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';

type Named = { id: string; name: string };
/** One of the two is settled; the other is chosen among those that are not together yet. */
type GroupMemberAddProps = { onClose: () => void } & (
  | { group: Named; users: readonly Named[] }
  | { user: Named; groups: readonly Named[] }
);

/** Puts a user into a group. */
export function GroupMemberAdd(props: GroupMemberAddProps) {
  const trpc = useTRPC();
  const settled = useSettled(props.onClose);
  const [chosen, setChosen] = useState('');
  const isUserChosen = 'users' in props;
  const among = isUserChosen ? props.users : props.groups;
  const add = useMutation(
    trpc.group.addMember.mutationOptions({ onSuccess: () => settled('The user is in the group') }),
  );
  const title = isUserChosen ? `Add a user to ${props.group.name}` : `Add ${props.user.name} to a group`;
  const send = () =>
    isUserChosen
      ? add.mutate({ id: props.group.id, userId: chosen })
      : add.mutate({ id: chosen, userId: props.user.id });
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={title}
      description="All roles of the group count for its users at once."
    >
      <Form
        label={title}
        submitLabel="Add to group"
        onCancel={props.onClose}
        pending={add.isPending}
        submitError={add.error ? problemOf(add.error) : undefined}
        disabledReason={chosen === '' ? `Choose a ${isUserChosen ? 'user' : 'group'}.` : undefined}
        onSubmit={send}
      >
        <Select
          label={isUserChosen ? 'User' : 'Group'}
          name={isUserChosen ? 'userId' : 'id'}
          value={chosen}
          onChange={setChosen}
          options={[
            { value: '', label: among.length === 0 ? 'There is none left' : 'Choose one' },
            ...among
              .toSorted((one, other) => one.name.localeCompare(other.name))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Form>
    </Dialog>
  );
}
