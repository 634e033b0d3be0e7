'use client';
import { useMutation } from '@tanstack/react-query';
import type { User } from '@unkai/contracts/resources/user';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { PickProject, useProjectName } from '#resources/pick-named.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

type UserFormProps = { domain: string; user?: User; onClose: () => void };

/** Makes a user of the domain, or changes what is known of one. */
export function UserForm({ domain, user, onClose }: UserFormProps) {
  const [draft, setDraft] = useState(() => draftOf(user));
  const { create, update } = useUserChange(onClose);
  const { isPending, error } = user ? update : create;
  const title = user ? 'Edit user' : 'Create user';
  const { name, email, description, password, expiresAt, defaultProjectId } = draft;
  const send = () =>
    user
      ? update.mutate({
          id: user.id,
          name,
          description,
          email: email || null,
          defaultProjectId: defaultProjectId || null,
          ...(expiresAt !== draftOf(user).expiresAt && {
            passwordExpiresAt: expiresAt === '' ? null : `${expiresAt}:00.000Z`,
          }),
        })
      : create.mutate({
          domainId: domain,
          name,
          description,
          ...(email !== '' && { email }),
          ...(password !== '' && { password }),
          ...(defaultProjectId !== '' && { defaultProjectId }),
        });
  return (
    <Dialog isOpen onClose={onClose} title={title} description={user ? undefined : newUser}>
      <Form
        label={title}
        submitLabel={user ? 'Save user' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={name === '' ? 'Give the user a name.' : undefined}
        onSubmit={send}
      >
        <UserFields draft={draft} onChange={setDraft} domain={domain} isNew={user === undefined} />
      </Form>
    </Dialog>
  );
}

type Draft = ReturnType<typeof draftOf>;
type UserFieldsProps = { draft: Draft; onChange: (draft: Draft) => void; domain: string; isNew: boolean };

function UserFields({ draft, onChange, domain, isNew }: UserFieldsProps) {
  const { defaultProjectId } = draft;
  const defaultProject = useProjectName(defaultProjectId);
  const field = (key: keyof Draft) => ({
    name: key,
    value: draft[key],
    onChange: (value: string) => onChange({ ...draft, [key]: value }),
  });
  return (
    <>
      <Field label="Name" {...field('name')} autoComplete="off" />
      {isNew && (
        <Field
          label="Password"
          {...field('password')}
          type="password"
          autoComplete="new-password"
          help="At least 8 characters. Without one the user cannot sign in by password."
          isOptional
        />
      )}
      {!isNew && (
        <Field
          label="Password expires at (UTC)"
          {...field('expiresAt')}
          name="passwordExpiresAt"
          type="datetime-local"
          help="Who signs in after that chooses another. Empty: never."
          isOptional
        />
      )}
      <Field label="E-mail" {...field('email')} type="email" autoComplete="off" isOptional />
      <Field label="Description" {...field('description')} isOptional />
      <PickProject
        label="Default project"
        name="defaultProjectId"
        value={{ id: defaultProjectId, label: defaultProjectId === '' ? none.label : defaultProject }}
        onChange={({ id }) => onChange({ ...draft, defaultProjectId: id })}
        placeholder={none.label}
        options={[none]}
        domain={domain}
        help="Where OpenStack’s clients work when they name no project. It gives no role."
        isOptional
      />
    </>
  );
}

const none = { id: '', label: 'None' };

const newUser = 'A user may do nothing until you give a role, to the user or to a group that the user is in.';

function draftOf(user: User | undefined) {
  return {
    name: user?.name ?? '',
    email: user?.email ?? '',
    description: user?.description ?? '',
    password: '',
    expiresAt: user?.passwordExpiresAt?.slice(0, 16) ?? '',
    defaultProjectId: user?.defaultProjectId ?? '',
  };
}

function useUserChange(onClose: () => void) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const create = useMutation(
    trpc.user.create.mutationOptions({ onSuccess: ({ name }) => settled(`${name} is ready`) }),
  );
  const update = useMutation(
    trpc.user.update.mutationOptions({ onSuccess: ({ name }) => settled(`${name} is changed`) }),
  );
  return { create, update };
}
