'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { PickHolder, PickProject } from '#resources/pick-named.tsx';
import { givableRoles } from '#resources/roles.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import type { Picked } from '#ui/pick.tsx';
import { Select } from '#ui/select.tsx';

/** What of an assignment is settled: whose it is, or where. */
export type RoleAssignmentGiven = { userId?: string; groupId?: string; projectId?: string };

type RoleAssignmentCreateProps = { domain: string; given?: RoleAssignmentGiven; onClose: () => void };

/** Gives a user or a group a role on the domain, on one of its projects, or, as an operator, on the system. */
export function RoleAssignmentCreate({ domain, given = {}, onClose }: RoleAssignmentCreateProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const settledHolder = holderOf(given);
  const [chosen, setChosen] = useState<Picked>();
  const holder = chosen?.id ?? settledHolder;
  const [place, setPlace] = useState<Picked>({ id: given.projectId ?? theDomain.id, label: theDomain.label });
  const [role, setRole] = useState<string>(builtInRoleIds.member);
  const [isInherited, setInherited] = useState(false);
  const { roles, isOperator } = useRoles(domain);
  const create = useMutation(
    trpc.roleAssignment.create.mutationOptions({ onSuccess: () => settled('The role is given, and counts already') }),
  );
  const isBelow = isInherited && place.id !== theSystem.id;
  return (
    <Dialog isOpen onClose={onClose} title="Give a role">
      <Form
        label="Give a role"
        submitLabel="Give role"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={holder === '' ? 'Choose who gets it.' : undefined}
        onSubmit={() =>
          create.mutate({ role, isInherited: isBelow, ...holderInput(holder), ...placeInput(place.id, domain) })
        }
      >
        {settledHolder === '' && <Who value={chosen} onChange={setChosen} domain={domain} />}
        <Select label="Role" name="role" value={role} onChange={setRole} options={roles} />
        {given.projectId === undefined && (
          <Where value={place} onChange={setPlace} domain={domain} isOperator={isOperator} />
        )}
        {place.id !== theSystem.id && (
          <Checkbox label="Inherited" note={inheritedNote} isChecked={isInherited} onChange={setInherited} />
        )}
      </Form>
    </Dialog>
  );
}

type FieldProps<Value> = { value: Value; onChange: (value: Picked) => void; domain: string };

function Who(props: FieldProps<Picked | undefined>) {
  const name = props.value?.id.startsWith('group') ? 'groupId' : 'userId';
  return <PickHolder label="Who" name={name} placeholder="Choose a user or a group" {...props} />;
}

function Where({ isOperator, ...props }: FieldProps<Picked> & { isOperator: boolean }) {
  const options = isOperator ? [theDomain, theSystem] : [theDomain];
  return <PickProject label="Where" name="projectId" placeholder={theDomain.label} options={options} {...props} />;
}

const theDomain = { id: 'domain', label: 'The domain itself' };
const theSystem = { id: 'system', label: 'The whole system' };
const inheritedNote = 'It counts on the projects below, and not on the place itself.';

function holderOf({ userId, groupId }: RoleAssignmentGiven): string {
  if (userId !== undefined) return `user ${userId}`;
  return groupId === undefined ? '' : `group ${groupId}`;
}

function holderInput(holder: string): { userId: string } | { groupId: string } {
  const [kind, id = ''] = holder.split(' ');
  return kind === 'group' ? { groupId: id } : { userId: id };
}

function placeInput(place: string, domainId: string): { domainId?: string; projectId?: string } {
  if (place === theSystem.id) return {};
  return place === theDomain.id ? { domainId } : { projectId: place };
}

function useRoles(domain: string) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const roles = useQuery(trpc.role.list.queryOptions({ limit: 1000 })).data?.items ?? [];
  const isOperator = user?.systemRole === 'admin';
  return { isOperator, roles: givableRoles(roles, domain, isOperator) };
}
