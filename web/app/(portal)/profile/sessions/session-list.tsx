'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '@unkai/contracts/resources/session';
import { LogOut } from 'lucide-react';
import { useMemo, useState } from 'react';
import { leave } from '#client/leave.ts';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { userAgentWords } from '#resources/user-agent.ts';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime, TimeUntil } from '#ui/relative-time.tsx';
import { useToast } from '#ui/toast.tsx';
import { ProfileBar } from '../profile-bar.tsx';

type Row = Session & { name: string };

const columns: readonly Column<Row>[] = [
  {
    header: 'From',
    cell: ({ address }) => <code className="numeric">{address ?? 'unknown'}</code>,
    sortBy: ({ address }) => address ?? '',
  },
  {
    header: 'Last used',
    cell: ({ lastUsedAt }) => <RelativeTime at={lastUsedAt} suffix="ago" />,
    sortBy: ({ lastUsedAt }) => -Date.parse(lastUsedAt),
    isPhoneAside: true,
  },
  {
    header: 'Signed in',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} suffix="ago" />,
    sortBy: ({ createdAt }) => -Date.parse(createdAt),
    isMinor: true,
  },
  {
    header: 'Ends in',
    cell: ({ expiresAt }) => <TimeUntil at={expiresAt} />,
    sortBy: ({ expiresAt }) => Date.parse(expiresAt),
    align: 'end',
    isMinor: true,
  },
];

/** Where one is signed in, and the way to end that. */
export function SessionList() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.session.list.queryOptions({ limit: 1000 }));
  const rows = useMemo(() => data?.items.map((each) => ({ ...each, name: userAgentWords(each.userAgent) })), [data]);
  const [isEndingAll, setEndingAll] = useState(false);
  const end = useEnd();
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  const others = rows?.filter(({ isCurrent }) => !isCurrent).length;
  return (
    <>
      <ProfileBar
        words="Each browser in which you are signed in. Last uses are noted once a minute; a session ends after 12 hours."
        action={
          <Button
            variant="danger"
            icon={<LogOut aria-hidden size={14} />}
            disabledReason={others === 0 ? 'This is your only session.' : undefined}
            onClick={() => setEndingAll(true)}
          >
            Sign out all others
          </Button>
        }
      />
      <Table
        label="Sessions"
        nameHeader="Browser"
        columns={columns}
        items={rows}
        nameAside={({ isCurrent }) => isCurrent && <Badge>this one</Badge>}
        phoneNote={({ address }) => address ?? 'unknown address'}
        menu={(row) => (
          <MenuItem isDanger onSelect={() => (row.isCurrent ? void leave() : end(row))}>
            {row.isCurrent ? 'Sign out here' : 'Sign out'}
          </MenuItem>
        )}
      />
      {isEndingAll && <EndAll others={others ?? 0} onClose={() => setEndingAll(false)} />}
    </>
  );
}

/** Ends another session; who is in it is asked to sign in again. */
function useEnd() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutateAsync } = useMutation(trpc.session.delete.mutationOptions());
  return ({ id, name }: Row) => {
    mutateAsync({ id })
      .then(() => toast({ tone: 'ok', title: `${name} is signed out` }))
      .catch((failed: unknown) => {
        toast({ tone: 'bad', title: `${name} is not signed out`, detail: problemOf(failed).detail });
      })
      .finally(() => void queryClient.invalidateQueries({ queryKey: trpc.session.list.pathKey() }));
  };
}

function EndAll({ others, onClose }: { others: number; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Sign out ${count(others, 'other session')}?`}
      description="Whoever works in them is asked to sign in again. This session stays. If you did not know one of them, change your password too."
      action="Sign out all others"
      done="All other sessions have ended"
      change={() => client.session.deleteOthers.mutate()}
      outdated={[trpc.session.list.pathKey()]}
      onClose={onClose}
    />
  );
}
