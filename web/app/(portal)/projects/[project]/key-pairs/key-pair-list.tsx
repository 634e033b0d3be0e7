'use client';
import { useQuery } from '@tanstack/react-query';
import type { KeyPair } from '@unkai/contracts/resources/key-pair';
import { KeyRound, Plus } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { KeyPairCreate } from '#forms/key-pair-create.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { FilterField, useAddressValue } from '#table/filters.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { paths } from '../../../../../paths.ts';

const columns: readonly Column<KeyPair>[] = [
  { header: 'Kind', cell: ({ kind }) => <code className="numeric">{kind}</code>, sortBy: ({ kind }) => kind },
  {
    header: 'Fingerprint',
    cell: ({ fingerprintSha256 }) => (
      <span className="inline-flex max-w-full items-center gap-1">
        <code className="numeric truncate text-ink-muted">{fingerprintSha256}</code>
        <CopyButton text={fingerprintSha256} what="fingerprint" />
      </span>
    ),
    isMinor: true,
  },
  {
    header: 'Age',
    cell: ({ createdAt }) => (
      <span className="text-ink-muted">
        <RelativeTime at={createdAt} />
      </span>
    ),
    sortBy: ({ createdAt }) => -Date.parse(createdAt),
    align: 'end',
  },
];

const docs = (
  <DocsPopover title="Key pairs">
    The public half of a key pair is put into a server when it is made; the private half, which only you have, logs you
    in. Key pairs are yours, not the project's.
  </DocsPopover>
);

/** The caller's own key pairs; they serve in every project. */
export function KeyPairList(_: { project: string }) {
  const trpc = useTRPC();
  const [filter, setFilter] = useAddressValue('filter');
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<KeyPair>();
  const { data, error, refetch } = useQuery(trpc.keyPair.list.queryOptions({ limit: 1000 }));
  const shown = useMemo(() => data?.items.filter((keyPair) => holds(keyPair, filter)), [data, filter]);
  const create = (
    <Button variant="primary" icon={<Plus aria-hidden size={15} />} onClick={() => setCreating(true)}>
      New key pair
    </Button>
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title="Key pairs"
        summary={data ? `${count(data.items.length, 'key pair')} of yours, for every project` : summarySkeleton}
        actions={
          <>
            {docs}
            {create}
          </>
        }
      />
      {data?.items.length === 0 ? (
        <NoKeyPairs action={create} />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <FilterField label="Filter by name or fingerprint" value={filter} onChange={setFilter} />
          </div>
          <KeyPairTable keyPairs={shown} onDelete={setDeleting} />
        </>
      )}
      {isCreating && <KeyPairCreate onClose={() => setCreating(false)} />}
      {deleting && <KeyPairDelete keyPair={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

function holds({ name, fingerprintSha256 }: KeyPair, filter: string): boolean {
  return `${name} ${fingerprintSha256}`.toLowerCase().includes(filter.trim().toLowerCase());
}

type KeyPairTableProps = { keyPairs: readonly KeyPair[] | undefined; onDelete: (keyPair: KeyPair) => void };

function KeyPairTable({ keyPairs, onDelete }: KeyPairTableProps) {
  return (
    <Table
      label="Key pairs"
      columns={columns}
      items={keyPairs}
      phoneNote={({ kind, fingerprintSha256 }) => `${kind} · ${fingerprintSha256}`}
      menu={(keyPair) => (
        <MenuItem isDanger onSelect={() => onDelete(keyPair)}>
          Delete
        </MenuItem>
      )}
    />
  );
}

function NoKeyPairs({ action }: { action: ReactNode }) {
  return (
    <EmptyState
      icon={<KeyRound aria-hidden size={18} />}
      title="No key pairs yet"
      purpose="A key pair logs you in to the servers you make: paste the public half of one you have, or generate one here."
      action={action}
      command={curlCommand('/key-pairs', { name: 'laptop', publicKey: 'ssh-ed25519 AAAA… you@laptop' })}
      docs={{ href: paths.apiReference(), label: 'Key pairs in the API reference' }}
    />
  );
}

function KeyPairDelete({ keyPair, onClose }: { keyPair: KeyPair; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${keyPair.name}?`}
      description="New servers can no longer be made with it. Servers that have it already keep it."
      action="Delete key pair"
      done={`${keyPair.name} is deleted`}
      change={() => client.keyPair.delete.mutate({ id: keyPair.id })}
      outdated={[trpc.keyPair.pathKey()]}
      onClose={onClose}
    />
  );
}
