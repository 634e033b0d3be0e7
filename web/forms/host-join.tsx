'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Form } from '#ui/form.tsx';
import { OnceDialog } from '#ui/once-dialog.tsx';
import { Select } from '#ui/select.tsx';
import { useOrigin } from '#ui/use-origin.ts';

const lifetimes = [
  { value: '1', label: '1 hour' },
  { value: '24', label: '1 day' },
  { value: '168', label: '1 week' },
] as const;

/** Makes a token with which one machine may join, and shows the command to type there. */
export function HostJoin({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const origin = useOrigin();
  const [hours, setHours] = useState('24');
  const { data, mutate, isPending, error } = useMutation(
    trpc.joinToken.create.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries({ queryKey: trpc.joinToken.pathKey() }),
    }),
  );
  const once = data && {
    title: 'Type this on the machine',
    description: 'As root, in a checkout of Unkai. The token lets one machine join, once, and is not shown again.',
    kept: 'I have kept the command',
    content: <CodeBlock label="Command" code={`sudo ./unkai join ${origin} ${data.token}`} />,
  };
  return (
    <OnceDialog
      title="Add a host"
      description="It brings what a host needs, starts its agent, and takes servers from its first heartbeat on."
      once={once}
      onClose={onClose}
    >
      <Form
        label="Add a host"
        submitLabel="Make token"
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        onSubmit={() => mutate({ expiresInHours: Number(hours) })}
      >
        <Select
          label="The token ends after"
          name="expiresInHours"
          value={hours}
          onChange={setHours}
          options={lifetimes}
        />
      </Form>
    </OnceDialog>
  );
}
