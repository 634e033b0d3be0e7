'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { inDays, lifetimes } from '#resources/lifetime.ts';
import { PickProject } from '#resources/pick-named.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Form } from '#ui/form.tsx';
import { OnceDialog } from '#ui/once-dialog.tsx';
import type { Picked } from '#ui/pick.tsx';
import { Select } from '#ui/select.tsx';
import { useSecretOnce } from './application-credential-once.tsx';
import { LendableRoleFields, useLendableRoles } from './lendable-role-fields.tsx';
import { DescriptionField, NameField } from './name-field.tsx';

type Draft = {
  name: string;
  description: string;
  /** Undefined where one is in no project. */
  project: Picked | undefined;
  /** Those that are not lent; all others are. */
  left: ReadonlySet<string>;
  days: string;
  isUnrestricted: boolean;
};

/** Lends roles of one's own on a project to a program; then shows its secret once, with the files that carry it. */
export function ApplicationCredentialCreate({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { draft, change, roles, missing } = useDraft();
  const create = useMutation(
    trpc.applicationCredential.create.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries({ queryKey: trpc.applicationCredential.list.pathKey() }),
    }),
  );
  const once = useSecretOnce(create.data);
  const send = () => {
    const { name, description, project, left, days, isUnrestricted } = draft;
    if (project === undefined) return;
    create.mutate({
      name: name.trim(),
      description,
      projectId: project.id,
      isUnrestricted,
      roleIds: roles.held.map(({ id }) => id).filter((id) => !left.has(id)),
      ...(days !== '' && { expiresAt: inDays(Number(days)) }),
    });
  };
  return (
    <OnceDialog
      once={once}
      onClose={onClose}
      width="wide"
      title="New application credential"
      description="Lends roles of yours on one project to a program, which signs in with it in place of your password. What you lose, it loses."
    >
      <Form
        label="New application credential"
        submitLabel="Make application credential"
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={missing}
        onSubmit={send}
        onCancel={onClose}
      >
        <NameField value={draft.name} onChange={(name) => change({ name })} placeholder="deploy" />
        <DescriptionField value={draft.description} onChange={(description) => change({ description })} />
        <ProjectField draft={draft} change={change} />
        <LendableRoleFields roles={roles} left={draft.left} onChange={(left) => change({ left })} />
        <EndFields draft={draft} change={change} />
      </Form>
    </OnceDialog>
  );
}

type DraftFieldsProps = { draft: Draft; change: (changed: Partial<Draft>) => void };

function useDraft() {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const first = user?.projects[0];
  const [typed, setTyped] = useState<Partial<Draft>>({});
  const blank: Draft = {
    name: '',
    description: '',
    project: first && { id: first.id, label: first.name },
    days: '365',
    isUnrestricted: false,
    left: new Set(),
  };
  const draft = { ...blank, ...typed };
  const roles = useLendableRoles(draft.project?.id ?? '');
  const lent = roles.held.filter(({ id }) => !draft.left.has(id));
  const noName = draft.name.trim() === '' ? 'Give it a name.' : undefined;
  const noProject = draft.project === undefined ? 'Choose a project.' : undefined;
  const noRole = lent.length === 0 ? 'Lend at least one role on a project.' : undefined;
  const change = (changed: Partial<Draft>) => setTyped({ ...typed, ...changed });
  return { draft, change, roles, missing: noName ?? noProject ?? noRole };
}

function ProjectField({ draft, change }: DraftFieldsProps) {
  return (
    <PickProject
      label="Project"
      name="projectId"
      placeholder="Choose a project"
      value={draft.project}
      onChange={(project) => change({ project, left: new Set() })}
    />
  );
}

function EndFields({ draft, change }: DraftFieldsProps) {
  return (
    <>
      <Select
        label="Expires after"
        name="expiresAt"
        value={draft.days}
        onChange={(days) => change({ days })}
        options={[...lifetimes, { value: '', label: 'Never' }]}
      />
      <Checkbox
        label="Unrestricted"
        note="Lets the program make and remove credentials, as you may: who steals it can keep a way in after you delete it. Leave it off unless making credentials is its work."
        isChecked={draft.isUnrestricted}
        onChange={(isUnrestricted) => change({ isUnrestricted })}
      />
    </>
  );
}
