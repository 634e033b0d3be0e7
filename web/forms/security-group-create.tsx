'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { useToast } from '#ui/toast.tsx';
import { CreateForm } from './create-form.tsx';

const needs = { securityGroups: 1, securityGroupRules: 2 } as const;

type SecurityGroupCreateProps = { project: string; onClose: () => void; onCreated: (group: SecurityGroup) => void };

/** Makes a security group; its rules are added on its page. */
export function SecurityGroupCreate({ project, onClose, onCreated }: SecurityGroupCreateProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = useMutation(
    trpc.securityGroup.create.mutationOptions({
      onSuccess: (group) => {
        toast({ tone: 'ok', title: `${group.name} is ready` });
        void queryClient.invalidateQueries({ queryKey: trpc.securityGroup.pathKey() });
        onClose();
        onCreated(group);
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Create security group"
      description="It begins with one rule: everything may go out. Nothing may come in until you add a rule."
    >
      <CreateForm
        of={{ project }}
        needs={needs}
        label="Create security group"
        submitLabel="Create security group"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={() => create.mutate({ projectId: project, name, ...(description !== '' && { description }) })}
      >
        <Field label="Name" name="name" value={name} onChange={setName} placeholder="web" autoComplete="off" />
        <Field label="Description" name="description" value={description} onChange={setDescription} isOptional />
      </CreateForm>
    </Dialog>
  );
}
