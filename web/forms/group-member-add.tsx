'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { PickGroup, PickUser } from '#resources/pick-named.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import type { Picked } from '#ui/pick.tsx';

type Named = { id: string; name: string };
/** One of the two is settled; the other is chosen among those of the domain that are not together with it yet. */
type GroupMemberAddProps = { domain: string; taken: readonly string[]; onClose: () => void } & (
  | { group: Named }
  | { user: Named }
);

/** Puts a user into a group. */
export function GroupMemberAdd(props: GroupMemberAddProps) {
  const trpc = useTRPC();
  const settled = useSettled(props.onClose);
  const [chosen, setChosen] = useState<Picked>();
  const isUserChosen = 'group' in props;
  const add = useMutation(
    trpc.group.addMember.mutationOptions({ onSuccess: () => settled('The user is in the group') }),
  );
  const title = isUserChosen ? `Add a user to ${props.group.name}` : `Add ${props.user.name} to a group`;
  const send = () => {
    if (chosen === undefined) return;
    add.mutate('group' in props ? { id: props.group.id, userId: chosen.id } : { id: chosen.id, userId: props.user.id });
  };
  const picking = { value: chosen, onChange: setChosen, domain: props.domain, taken: props.taken };
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
        disabledReason={chosen === undefined ? `Choose a ${isUserChosen ? 'user' : 'group'}.` : undefined}
        onSubmit={send}
      >
        {isUserChosen ? (
          <PickUser label="User" name="userId" placeholder="Choose a user" {...picking} />
        ) : (
          <PickGroup label="Group" name="id" placeholder="Choose a group" {...picking} />
        )}
      </Form>
    </Dialog>
  );
}
