'use client';
import { useMutation } from '@tanstack/react-query';
import type { Project } from '@unkai/contracts/resources/project';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { PickProject } from '#resources/pick-named.tsx';
import { tagsIn } from '#resources/tags.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import type { Picked } from '#ui/pick.tsx';

type ProjectFormProps = {
  domain: string;
  /** The one to change; without it one is made. */
  project?: Project;
  /** For a new one: what it is put below, unless another is chosen. */
  parent?: Project;
  onClose: () => void;
};

/** Makes a project, below another if wanted, or changes what is said of one; where it stands never changes. */
export function ProjectForm({ domain, project, parent, onClose }: ProjectFormProps) {
  const [draft, setDraft] = useState(() => draftOf(project, parent));
  const { create, update } = useProjectChange(onClose);
  const { isPending, error } = project ? update : create;
  const title = project ? 'Edit project' : 'Create project';
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const { name, description, tags, below, isEnabled } = draft;
  const given = { name, description, tags: tagsIn(tags) };
  const send = () =>
    project
      ? update.mutate({ id: project.id, ...given })
      : create.mutate({ domainId: domain, ...given, isEnabled, ...(below.id !== '' && { parentId: below.id }) });
  return (
    <Dialog isOpen onClose={onClose} title={title} description={project ? undefined : newProject}>
      <Form
        label={title}
        submitLabel={project ? 'Save project' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={send}
      >
        <ProjectFields draft={draft} set={set} domain={domain} isNew={project === undefined} />
      </Form>
    </Dialog>
  );
}

type ProjectFieldsProps = {
  draft: ReturnType<typeof draftOf>;
  set: (part: Partial<ReturnType<typeof draftOf>>) => void;
  domain: string;
  isNew: boolean;
};

function ProjectFields({ draft, set, domain, isNew }: ProjectFieldsProps) {
  const { name, description, tags, below, isEnabled } = draft;
  return (
    <>
      <Field label="Name" name="name" value={name} onChange={(value) => set({ name: value })} autoComplete="off" />
      {isNew && (
        <PickProject
          label="Parent"
          name="parentId"
          value={below}
          onChange={(value) => set({ below: value })}
          placeholder={theDomain.label}
          options={[theDomain]}
          domain={domain}
        />
      )}
      <Field
        label="Description"
        name="description"
        value={description}
        onChange={(value) => set({ description: value })}
        isOptional
      />
      <Field
        label="Tags"
        name="tags"
        value={tags}
        onChange={(value) => set({ tags: value })}
        help="Words that it is found by, with commas between."
        isOptional
      />
      {isNew && (
        <Checkbox
          label="It can be used at once"
          isChecked={isEnabled}
          onChange={(value) => set({ isEnabled: value })}
        />
      )}
    </>
  );
}

const theDomain: Picked = { id: '', label: 'None: directly in the domain' };
const newProject = 'It begins with a network and a security group of its own, ready for servers.';

function draftOf(project: Project | undefined, parent: Project | undefined) {
  return {
    name: project?.name ?? '',
    description: project?.description ?? '',
    tags: project?.tags.join(', ') ?? '',
    below: parent ? { id: parent.id, label: parent.name } : theDomain,
    isEnabled: true,
  };
}

function useProjectChange(onClose: () => void) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const create = useMutation(
    trpc.project.create.mutationOptions({ onSuccess: ({ name }) => settled(`${name} is ready`) }),
  );
  const update = useMutation(
    trpc.project.update.mutationOptions({ onSuccess: ({ name }) => settled(`${name} is changed`) }),
  );
  return { create, update };
}
