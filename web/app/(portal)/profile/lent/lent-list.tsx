'use client';
import { useQuery } from '@tanstack/react-query';
import type { Credential } from '@unkai/contracts/resources/credential';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import type { Trust } from '@unkai/contracts/resources/trust';
import { type ReactNode, useMemo, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { Expiry } from '#resources/expiry.tsx';
import { ProjectName } from '#resources/project-name.tsx';
import { type Column, Table } from '#table/table.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { CopyId } from '#ui/copy.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';

/** What one has lent to other people, or keeps here for programs: to look at and to take back. */
export function LentList() {
  return (
    <div className="grid grid-cols-1 gap-7">
      <Part title="Trusts" words="Let another user act with roles of yours on a project, or let you act with theirs.">
        <Trusts />
      </Part>
      <Part
        title="Keys and secrets"
        words="EC2 keys and other secrets that are kept for you, encrypted, and never shown."
      >
        <Credentials />
      </Part>
    </div>
  );
}

function Part({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid min-w-0 grid-cols-1 gap-3">
      <div>
        <h2 className="font-semibold">{title}</h2>
        <p className="text-ink-muted text-table">{words}</p>
      </div>
      {children}
    </section>
  );
}

function Nothing({ words, command }: { words: string; command: string }) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2 rounded-panel border border-dashed bg-surface p-4">
      <p className="text-ink-muted">{words}</p>
      <CodeBlock code={command} label="Command" />
    </div>
  );
}

type TrustRow = Trust & { name: string };
const rolesOf = ({ roles }: Trust) => roles.map(({ name }) => name).join(', ');

const trustColumns: readonly Column<TrustRow>[] = [
  { header: 'Project', cell: ({ projectId }) => <ProjectName id={projectId} /> },
  { header: 'Roles', cell: rolesOf },
  {
    header: 'Acts as',
    cell: ({ isImpersonating }) => (isImpersonating ? 'who gave it' : 'themselves'),
    isMinor: true,
  },
  { header: 'Uses left', cell: ({ remainingUses }) => remainingUses ?? 'any number', isMinor: true },
  { header: 'Expires', cell: ({ expiresAt }) => <Expiry at={expiresAt} />, isPhoneAside: true },
];

/** To whom, or from whom: users who are not one's own business have no name here. */
function trustName({ trustorId, trusteeId }: Trust, user: CurrentUser | undefined): string {
  return trustorId === user?.id ? `To user ${trusteeId}` : `From user ${trustorId}`;
}

function Trusts() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const { data, error, refetch } = useQuery(trpc.trust.list.queryOptions({ limit: 1000 }));
  const rows = useMemo(() => data?.items.map((trust) => ({ ...trust, name: trustName(trust, user) })), [data, user]);
  const [ending, setEnding] = useState<TrustRow>();
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (rows?.length === 0) {
    return (
      <Nothing
        words="No trusts yet: you neither gave nor got one."
        command="openstack trust create --project … --role member <you> <them>"
      />
    );
  }
  return (
    <>
      <Table
        label="Trusts"
        nameHeader="With"
        columns={trustColumns}
        items={rows}
        phoneNote={rolesOf}
        menu={(trust) => (
          <MenuItem
            isDanger
            disabledReason={trust.trustorId === user?.id ? undefined : 'Who gave it takes it back.'}
            onSelect={() => setEnding(trust)}
          >
            Take back
          </MenuItem>
        )}
      />
      {ending && (
        <ChangeConfirm
          title="Take this trust back?"
          description="The other user loses these roles at once, and the tokens made with the trust end."
          action="Take back trust"
          done="The trust is taken back"
          change={() => client.trust.delete.mutate({ id: ending.id })}
          outdated={[trpc.trust.pathKey()]}
          onClose={() => setEnding(undefined)}
        />
      )}
    </>
  );
}

type CredentialRow = Credential & { name: string };

const credentialColumns: readonly Column<CredentialRow>[] = [
  {
    header: 'Access key',
    cell: ({ accessKey }) => (accessKey === null ? '' : <CopyId id={accessKey} what="access key" />),
    isMinor: true,
  },
  { header: 'Project', cell: ({ projectId }) => (projectId === null ? 'none' : <ProjectName id={projectId} />) },
  { header: 'Age', cell: ({ createdAt }) => <RelativeTime at={createdAt} />, align: 'end', isPhoneAside: true },
];

function Credentials() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { data, error, refetch } = useQuery(trpc.credential.list.queryOptions({ limit: 1000 }));
  const rows = useMemo(() => data?.items.map((each) => ({ ...each, name: each.type })), [data]);
  const [deleting, setDeleting] = useState<CredentialRow>();
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (rows?.length === 0) return <Nothing words="No keys or secrets yet." command="openstack ec2 credentials create" />;
  return (
    <>
      <Table
        label="Keys and secrets"
        nameHeader="Type"
        columns={credentialColumns}
        items={rows}
        phoneNote={({ accessKey }) => accessKey ?? ''}
        menu={(credential) => (
          <MenuItem isDanger onSelect={() => setDeleting(credential)}>
            Delete
          </MenuItem>
        )}
      />
      {deleting && (
        <ChangeConfirm
          title={`Delete this ${deleting.name} credential?`}
          description="Programs that use it are refused at once. The secret cannot be brought back."
          action="Delete credential"
          done="The credential is deleted"
          change={() => client.credential.delete.mutate({ id: deleting.id })}
          outdated={[trpc.credential.pathKey()]}
          onClose={() => setDeleting(undefined)}
        />
      )}
    </>
  );
}
