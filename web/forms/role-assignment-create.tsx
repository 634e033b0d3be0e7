'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { givableRoles } from '#resources/roles.ts';
import { asTree } from '#shell/places.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';

/** What of an assignment is settled: whose it is, or where. */
export type RoleAssignmentGiven = { userId?: string; groupId?: string; projectId?: string };

type RoleAssignmentCreateProps = { domain: string; given?: RoleAssignmentGiven; onClose: () => void };

/** Gives a user or a group a role on the domain, on one of its projects, or, as an operator, on the system. */
export function RoleAssignmentCreate({ domain, given = {}, onClose }: RoleAssignmentCreateProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const settledHolder = holderOf(given);
  const [holder, setHolder] = useState(settledHolder);
  const [place, setPlace] = useState(given.projectId === undefined ? 'domain' : `project ${given.projectId}`);
  const [role, setRole] = useState<string>(builtInRoleIds.member);
  const [isInherited, setInherited] = useState(false);
  const { holders, places, roles } = useChoices(domain);
  const create = useMutation(
    trpc.roleAssignment.create.mutationOptions({ onSuccess: () => settled('The role is given, and counts already') }),
  );
  const isBelow = isInherited && place !== 'system';
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
          create.mutate({ role, isInherited: isBelow, ...holderInput(holder), ...placeInput(place, domain) })
        }
      >
        {settledHolder === '' && (
          <Select
            label="Who"
            name={holder.startsWith('group') ? 'groupId' : 'userId'}
            value={holder}
            onChange={setHolder}
            options={holders}
          />
        )}
        <Select label="Role" name="role" value={role} onChange={setRole} options={roles} />
        {given.projectId === undefined && (
          <Select label="Where" name="projectId" value={place} onChange={setPlace} options={places} />
        )}
        {place !== 'system' && (
          <Checkbox label="Inherited" note={inheritedNote} isChecked={isInherited} onChange={setInherited} />
        )}
      </Form>
    </Dialog>
  );
}

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
  if (place === 'system') return {};
  const [, projectId] = place.split(' ');
  return projectId === undefined ? { domainId } : { projectId };
}

function useChoices(domain: string) {
  const trpc = useTRPC();
  const query = { domainId: domain, limit: 1000 };
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const users = useQuery(trpc.user.list.queryOptions(query)).data?.items ?? [];
  const groups = useQuery(trpc.group.list.queryOptions(query)).data?.items ?? [];
  const projects = useQuery(trpc.project.list.queryOptions(query)).data?.items ?? [];
  const roles = useQuery(trpc.role.list.queryOptions({ limit: 1000 })).data?.items ?? [];
  const isOperator = user?.systemRole === 'admin';
  return {
    holders: [
      { value: '', label: 'Choose a user or a group' },
      ...byName(users).map(({ id, name }) => ({ value: `user ${id}`, label: name })),
      ...byName(groups).map(({ id, name }) => ({ value: `group ${id}`, label: `${name} (group)` })),
    ],
    places: [
      { value: 'domain', label: 'The domain itself' },
      ...asTree(projects).map(({ id, name, depth }) => ({
        value: `project ${id}`,
        label: `${'— '.repeat(depth)}${name}`,
      })),
      ...(isOperator ? [{ value: 'system', label: 'The whole system' }] : []),
    ],
    roles: givableRoles(roles, domain, isOperator),
  };
}

function byName<Item extends { name: string }>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}
