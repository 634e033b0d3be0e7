'use client';
import { useQuery } from '@tanstack/react-query';
import type { ApiToken } from '@unkai/contracts/resources/api-token';
import { KeySquare, Plus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ApiTokenCreate } from '#forms/api-token-create.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { Expiry } from '#resources/expiry.tsx';
import { ProjectName } from '#resources/project-name.tsx';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Tooltip } from '#ui/tooltip.tsx';
import { paths } from '../../../../paths.ts';
import { ProfileBar } from '../profile-bar.tsx';

const columns: readonly Column<ApiToken>[] = [
  {
    header: 'Begins with',
    cell: ({ prefix }) => <code className="numeric text-ink-muted">{prefix}…</code>,
    isMinor: true,
  },
  { header: 'May do', cell: ({ permissions }) => <Reach permissions={permissions} /> },
  {
    header: 'Project',
    cell: ({ projectId }) => (projectId === null ? 'all of yours' : <ProjectName id={projectId} />),
    isMinor: true,
  },
  {
    header: 'Last used',
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? (
        <span className="text-ink-muted">never</span>
      ) : (
        <RelativeTime at={lastUsedAt} suffix="ago" />
      ),
    sortBy: ({ lastUsedAt }) => (lastUsedAt === null ? 0 : -Date.parse(lastUsedAt)),
  },
  {
    header: 'Expires',
    cell: ({ expiresAt }) => <Expiry at={expiresAt} />,
    sortBy: ({ expiresAt }) => Date.parse(expiresAt),
    isPhoneAside: true,
  },
];

function reachWords(permissions: ApiToken['permissions']): string {
  return permissions === null ? 'all that you may' : count(permissions.length, 'permission');
}

function Reach({ permissions }: Pick<ApiToken, 'permissions'>) {
  if (permissions === null) return reachWords(permissions);
  return (
    <Tooltip content={permissions.join(', ')}>
      <button type="button" className="underline decoration-line-strong decoration-dotted underline-offset-4">
        {reachWords(permissions)}
      </button>
    </Tooltip>
  );
}

/** The caller's API tokens. */
export function ApiTokenList() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.apiToken.list.queryOptions({ limit: 1000 }));
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken>();
  const newToken = () => setCreating(true);
  useQuickActions([{ id: 'new api token', label: 'New API token', group: 'On this page', run: newToken }]);
  const create = (
    <Button variant="primary" icon={<Plus aria-hidden size={15} />} onClick={newToken}>
      New API token
    </Button>
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      {data?.items.length === 0 ? (
        <EmptyState
          icon={<KeySquare aria-hidden size={18} />}
          title="No API tokens yet"
          purpose="A token lets a program talk to the API in your name: all that you may, or only what you tick."
          action={create}
          command={curlCommand('/api-tokens', { name: 'ci', permissions: ['server:read'], expiresInDays: 30 })}
          docs={{ href: paths.apiReference(), label: 'API tokens in the API reference' }}
        />
      ) : (
        <>
          <ProfileBar
            words="For programs that talk to the API in your name. Revoke what you no longer know."
            action={create}
          />
          <Table
            label="API tokens"
            columns={columns}
            items={data?.items}
            phoneNote={({ prefix, permissions }) => `${prefix}… · ${reachWords(permissions)}`}
            menu={(token) => (
              <MenuItem isDanger onSelect={() => setRevoking(token)}>
                Revoke
              </MenuItem>
            )}
          />
        </>
      )}
      {isCreating && <ApiTokenCreate onClose={() => setCreating(false)} />}
      {revoking && <Revoke token={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

function Revoke({ token: { id, name }, onClose }: { token: ApiToken; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Revoke ${name}?`}
      description="Programs that use it are refused from the next request on. It cannot be brought back."
      action="Revoke API token"
      done={`${name} is revoked`}
      change={() => client.apiToken.delete.mutate({ id })}
      outdated={[trpc.apiToken.pathKey()]}
      onClose={onClose}
    />
  );
}
