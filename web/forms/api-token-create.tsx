'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Permission } from '@unkai/contracts/permissions';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { lifetimes } from '#resources/lifetime.ts';
import { readPermissions, usablePermissions } from '#resources/permission-choice.ts';
import { PickProject } from '#resources/pick-named.tsx';
import { count } from '#ui/amounts.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Field } from '#ui/field.tsx';
import { type Once, OnceDialog } from '#ui/once-dialog.tsx';
import type { Picked } from '#ui/pick.tsx';
import { Select } from '#ui/select.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { CreateForm } from './create-form.tsx';
import { PermissionFields } from './permission-fields.tsx';

type Reach = 'all' | 'read' | 'chosen';
type Draft = { name: string; project: Picked; days: string; reach: Reach; chosen: ReadonlySet<Permission> };

/** Not confined to a project. */
const everywhere: Picked = { id: '', label: 'All projects that you reach, and your account' };
const blank: Draft = { name: '', project: everywhere, days: '90', reach: 'all', chosen: new Set() };

/** Makes an API token: what it may do, where, and for how long; then shows it once. */
export function ApiTokenCreate({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(blank);
  const create = useMutation(
    trpc.apiToken.create.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.apiToken.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.limits.pathKey() });
      },
    }),
  );
  const permissions = permissionsOf(draft);
  const nothing = permissions?.length === 0 ? 'Tick what it may do.' : undefined;
  return (
    <OnceDialog
      once={create.data && tokenOnce(create.data)}
      onClose={onClose}
      width="wide"
      title="New API token"
      description="For programs that talk to the API in your name. It never does more than you may yourself at that moment."
    >
      <CreateForm
        of="user"
        needs={{ apiTokens: 1 }}
        label="New API token"
        submitLabel="Make API token"
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={draft.name.trim() === '' ? 'Give it a name.' : nothing}
        onSubmit={() =>
          create.mutate({
            name: draft.name.trim(),
            expiresInDays: Number(draft.days),
            ...(permissions && { permissions: [...permissions] }),
            ...(draft.project.id && { projectId: draft.project.id }),
          })
        }
        onCancel={onClose}
      >
        <DraftFields draft={draft} change={(changed) => setDraft({ ...draft, ...changed })} />
      </CreateForm>
    </OnceDialog>
  );
}

/** What to ask for; undefined for everything that its user may. */
function permissionsOf({ reach, project, chosen }: Draft): readonly Permission[] | undefined {
  const isConfined = project.id !== '';
  if (reach === 'all') return undefined;
  if (reach === 'read') return readPermissions(isConfined);
  return usablePermissions(isConfined).filter((name) => chosen.has(name));
}

type DraftFieldsProps = { draft: Draft; change: (changed: Partial<Draft>) => void };

function DraftFields({ draft, change }: DraftFieldsProps) {
  const isConfined = draft.project.id !== '';
  return (
    <>
      <Field
        label="Name"
        name="name"
        value={draft.name}
        onChange={(name) => change({ name })}
        placeholder="ci"
        autoComplete="off"
        help="What uses it; it stands in the activity of your projects."
      />
      <PickProject
        label="Project"
        name="projectId"
        value={draft.project}
        onChange={(project) => change({ project })}
        placeholder={everywhere.label}
        options={[everywhere]}
        help={isConfined ? 'It reaches nothing outside this project, your own key pairs neither.' : undefined}
      />
      <Select
        label="Expires after"
        name="expiresInDays"
        value={draft.days}
        onChange={(days) => change({ days })}
        options={lifetimes}
      />
      <ReachFields draft={draft} change={change} />
    </>
  );
}

function ReachFields({ draft, change }: DraftFieldsProps) {
  const isConfined = draft.project.id !== '';
  return (
    <div className="grid gap-2">
      <p className="font-medium text-table">May do</p>
      <SegmentedControl<Reach>
        label="May do"
        value={draft.reach}
        onChange={(reach) => change({ reach })}
        options={[
          { value: 'all', label: 'All that you may' },
          { value: 'read', label: 'Only read' },
          { value: 'chosen', label: 'Chosen' },
        ]}
      />
      {draft.reach === 'chosen' && (
        <PermissionFields isConfined={isConfined} chosen={draft.chosen} onChange={(chosen) => change({ chosen })} />
      )}
      {draft.reach === 'chosen' && (
        <p role="status" className="text-ink-muted text-meta">
          {count(permissionsOf(draft)?.length ?? 0, 'permission')} chosen
        </p>
      )}
    </div>
  );
}

function tokenOnce({ name, token }: { name: string; token: string }): Once {
  const command = [
    `export UNKAI_URL=${window.location.origin}`,
    `export UNKAI_TOKEN=${token}`,
    'curl -H "Authorization: Bearer $UNKAI_TOKEN" $UNKAI_URL/v1/users/me',
  ].join('\n');
  return {
    title: `Keep the token ${name}`,
    description: 'It is shown now and never again; only its first characters are kept, to recognise it by.',
    kept: 'I have kept the token',
    content: (
      <>
        <CodeBlock code={token} label="API token" />
        <div className="grid min-w-0 grid-cols-1 gap-1.5">
          <p className="text-ink-muted text-table">Try it:</p>
          <CodeBlock code={command} label="Command" />
        </div>
      </>
    ),
  };
}
