'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import { type Server, serverCan } from '@unkai/contracts/resources/server';
import { Check, Pencil, X } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useDenial } from '#resources/project.ts';
import { IconButton } from '#ui/button.tsx';

/** The server's name, edited in place. */
export function ServerRename({ project, server }: { project: string; server: Server }) {
  const [isEditing, setEditing] = useState(false);
  // Whoever has typed a name goes on from where they began; nobody else's focus is moved.
  const [hasEdited, setEdited] = useState(false);
  const denial = useDenial(project)('server:update') ?? serverCan.update.reason(server) ?? undefined;
  const close = () => {
    setEditing(false);
    setEdited(true);
  };
  if (isEditing) return <NameForm server={server} onClose={close} />;
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <span className="min-w-0 wrap-anywhere">{server.name}</span>
      <IconButton
        aria-label="Rename server"
        disabledReason={denial}
        autoFocus={hasEdited}
        onClick={() => setEditing(true)}
      >
        <Pencil aria-hidden size={14} />
      </IconButton>
    </span>
  );
}

function NameForm({ server, onClose }: { server: Server; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(server.name);
  const update = useMutation(
    trpc.server.update.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.server.pathKey() });
        onClose();
      },
    }),
  );
  return (
    <form
      className="inline-flex flex-wrap items-center gap-1"
      aria-label="Rename server"
      onSubmit={(event) => {
        event.preventDefault();
        if (!update.isPending) update.mutate({ id: server.id, name });
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the field appears because the reader asked to type into it
        autoFocus
        aria-label="Name"
        aria-invalid={update.error ? true : undefined}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
        className="control w-64 max-md:w-56 border border-line-strong bg-surface px-2 aria-invalid:border-bad"
      />
      <IconButton type="submit" aria-label="Save name" pending={update.isPending}>
        <Check aria-hidden size={15} />
      </IconButton>
      <IconButton aria-label="Keep the old name" onClick={onClose}>
        <X aria-hidden size={15} />
      </IconButton>
      {update.error && <Fault problem={problemOf(update.error)} />}
    </form>
  );
}

function Fault({ problem: { errors, detail } }: { problem: Problem }) {
  return (
    <span role="alert" className="w-full font-normal text-bad-ink text-meta">
      {errors?.[0]?.message ?? detail}
    </span>
  );
}
