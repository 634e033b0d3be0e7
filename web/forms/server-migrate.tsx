'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Server } from '@unkai/contracts/resources/server';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';

/** Asks to which host a server is moved with its disk; the one that runs is off for that time. */
export function ServerMigrate({ server, onClose }: { server: Server; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settled = useSettled(onClose);
  const [hostName, setHostName] = useState('');
  const migrate = useMutation(
    trpc.server.migrate.mutationOptions({
      onSuccess: () => {
        settled(`${server.name} is being moved`);
        void queryClient.invalidateQueries({ queryKey: trpc.server.pathKey() });
      },
    }),
  );
  const whileCopied =
    server.state === 'running'
      ? 'It is shut down, is off while its disk is copied, and is switched on again on the other host.'
      : 'It stays off.';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Move ${server.name} to another host?`}
      description={`${whileCopied} Its addresses and what is on its disk stay what they are.`}
    >
      <Form
        label="Move server"
        submitLabel="Move server"
        onCancel={onClose}
        pending={migrate.isPending}
        submitError={migrate.error ? problemOf(migrate.error) : undefined}
        onSubmit={() => migrate.mutate({ id: server.id, ...(hostName !== '' && { hostName }) })}
      >
        <OtherHost current={server.hostName} value={hostName} onChange={setHostName} />
      </Form>
    </Dialog>
  );
}

type OtherHostProps = { current: string | null; value: string; onChange: (hostName: string) => void };

function OtherHost({ current, value, onChange }: OtherHostProps) {
  const hosts = useQuery(useTRPC().host.list.queryOptions({ limit: 200 }));
  const others = (hosts.data?.items ?? []).filter(({ name }) => name !== current);
  const options = others.map(({ name, isUp, isEnabled }) => ({
    value: name,
    label: name,
    disabledReason: isUp ? (isEnabled ? undefined : 'takes no new servers') : 'does not answer',
  }));
  return (
    <Select
      label="Host"
      name="hostName"
      value={value}
      onChange={onChange}
      options={[{ value: '', label: 'Any that has room' }, ...options]}
    />
  );
}
