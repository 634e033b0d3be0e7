'use client';
import { useQuery } from '@tanstack/react-query';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { AuditTable } from '#resources/audit-table.tsx';
import { ErrorState } from '#ui/problem.tsx';

type ServerActivityProps = { project: string; server: string };

/** Who did what to this server. */
export function ServerActivity({ project, server }: ServerActivityProps) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.audit.list.queryOptions({ projectId: project, resourceId: server, limit: 200 }),
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return <AuditTable lines={data?.items} />;
}
