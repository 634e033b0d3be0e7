'use client';
import { useQuery } from '@tanstack/react-query';
import type { QosPolicy } from '@unkai/contracts/resources/qos-policy';
import Link from 'next/link';
import { useTRPC } from '#client/trpc.tsx';
import { portName } from '#resources/port.ts';
import { Panel } from '#ui/panel.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';

/** The networks and ports of the project that have a policy. */
export function QosPolicyUsers({ project, policy }: { project: string; policy: QosPolicy }) {
  const trpc = useTRPC();
  const all = { projectId: project, limit: 1000 };
  const networks = useQuery(trpc.network.list.queryOptions(all)).data?.items;
  const ports = useQuery(trpc.port.list.queryOptions(all)).data?.items;
  const hasIt = ({ qosPolicyId }: { qosPolicyId: string | null }) => qosPolicyId === policy.id;
  const users = networks &&
    ports && [
      ...networks.filter(hasIt).map(({ id, name }) => ({
        id,
        words: `Network ${name}`,
        note: 'its ports that have none of their own',
        href: paths.network({ project, network: id }),
      })),
      ...ports.filter(hasIt).map((port) => ({
        id: port.id,
        words: `Port ${portName(port)}`,
        note: 'instead of its network’s',
        href: paths.port({ project, port: port.id }),
      })),
    ];
  return (
    <Panel title="Used by">
      {users === undefined ? (
        <Skeleton className="h-5 w-48" />
      ) : users.length === 0 ? (
        <p className="text-ink-muted text-table">Nothing here yet. Choose it in the form of a network or a port.</p>
      ) : (
        <ul className="grid gap-1 text-table">
          {users.map(({ id, words, note, href }) => (
            <li key={id} className="flex flex-wrap items-baseline gap-x-2">
              <Link
                href={href}
                className="inline-flex min-h-6 items-center font-medium underline-offset-4 hover:underline"
              >
                {words}
              </Link>
              <span className="text-ink-muted">{note}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
