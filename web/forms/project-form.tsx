'use client';
import { useMutation } from '@tanstack/react-query';
import type { Project } from '@unkai/contracts/resources/project';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { tagsIn } from '#resources/tags.tsx';
import { asTree } from '#shell/places.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';

type ProjectFormProps = {
  domain: string;
  /** The one to change; without it one is made. */
  project?: Project;
  /** Those that it may be put below. */
  projects: readonly Project[];
  parent?: Project;
  onClose: () => void;
};

/** Makes a project, below another if wanted, or changes what is said of one; where it stands never changes. */
export function ProjectForm({ domain, project, projects, parent, onClose }: ProjectFormProps) {
  const [draft, setDraft] = useState(() => draftOf(project, parent));
  const { create, update } = useProjectChange(onClose);
  const { isPending, error } = project ? update : create;
  const title = project ? 'Edit project' : 'Create project';
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const { name, description, tags, parentId, isEnabled } = draft;
  const given = { name, description, tags: tagsIn(tags) };
  const send = () =>
    project
      ? update.mutate({ id: project.id, ...given })
      : create.mutate({ domainId: domain, ...given, isEnabled, ...(parentId !== '' && { parentId }) });
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
        <ProjectFields draft={draft} set={set} {...(project === undefined && { projects })} />
      </Form>
    </Dialog>
  );
}

type ProjectFieldsProps = {
  draft: ReturnType<typeof draftOf>;
  set: (part: Partial<ReturnType<typeof draftOf>>) => void;
  /** For a new one: those that it may be put below. */
  projects?: readonly Project[];
};

function ProjectFields({ draft, set, projects }: ProjectFieldsProps) {
  const { name, description, tags, parentId, isEnabled } = draft;
  return (
    <>
      <Field label="Name" name="name" value={name} onChange={(value) => set({ name: value })} autoComplete="off" />
      {projects && (
        <Select
          label="Parent"
          name="parentId"
          value={parentId}
          onChange={(value) => set({ parentId: value })}
          options={parentOptions(projects)}
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
      {projects && (
        <Checkbox
          label="It can be used at once"
          isChecked={isEnabled}
          onChange={(value) => set({ isEnabled: value })}
        />
      )}
    </>
  );
}

const newProject = 'It begins with a network and a security group of its own, ready for servers.';

function draftOf(project: Project | undefined, parent: Project | undefined) {
  return {
    name: project?.name ?? '',
    description: project?.description ?? '',
    tags: project?.tags.join(', ') ?? '',
    parentId: parent?.id ?? '',
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

function parentOptions(projects: readonly Project[]) {
  return [
    { value: '', label: 'None: directly in the domain' },
    ...asTree(projects).map(({ id, name, depth, isEnabled }) => ({
      value: id,
      label: `${'— '.repeat(depth)}${name}`,
      disabledReason: isEnabled ? undefined : 'disabled',
    })),
  ];
}
