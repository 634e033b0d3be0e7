'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '@unkai/contracts/resources/role';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ProblemNote } from '#ui/problem.tsx';

type RoleImpliedProps = { role: Role; roles: readonly Role[]; onClose: () => void };

/** Says which roles another brings along; each change counts at once. */
export function RoleImplied({ role, roles, onClose }: RoleImpliedProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries();
  const imply = useMutation(trpc.role.imply.mutationOptions({ onSuccess }));
  const unimply = useMutation(trpc.role.unimply.mutationOptions({ onSuccess }));
  const failed = imply.error ?? unimply.error;
  const others = roles.filter(({ id, domainId }) => id !== role.id && domainId === null);
  const change = (impliedRoleId: string, isImplied: boolean) => {
    imply.reset();
    unimply.reset();
    (isImplied ? imply : unimply).mutate({ id: role.id, impliedRoleId });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`What ${role.name} implies`}
      description="Whoever has the role has these as well. Each change counts at once, for everyone who has it."
    >
      <fieldset aria-label="Implied roles">
        {others.map(({ id, name, description }) => (
          <Checkbox
            key={id}
            label={name}
            {...(description !== '' && { note: description })}
            isChecked={role.implies.includes(id)}
            isDisabled={imply.isPending || unimply.isPending}
            onChange={(isImplied) => change(id, isImplied)}
          />
        ))}
      </fieldset>
      {failed && <ProblemNote problem={problemOf(failed)} />}
      <div className="flex justify-end">
        <Button onClick={onClose}>Done</Button>
      </div>
    </Dialog>
  );
}
