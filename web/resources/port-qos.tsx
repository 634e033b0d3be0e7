'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { Port } from '@unkai/contracts/resources/port';
import Link from 'next/link';
import { useTRPC } from '#client/trpc.tsx';
import { paths } from '../paths.ts';
import { policyWords } from './qos-policy.ts';

type PortQosProps = { project: string; port: Pick<Port, 'networkId' | 'qosPolicyId'> };

/** How fast a port is, by the policy that holds for it: its own, or that of its network. */
export function PortQos({ project, port: { networkId, qosPolicyId: own } }: PortQosProps) {
  const trpc = useTRPC();
  const networks = useQuery(trpc.network.list.queryOptions({ projectId: project, limit: 1000 })).data?.items;
  const held = own ?? networks?.find(({ id }) => id === networkId)?.qosPolicyId ?? null;
  const { data: policy } = useQuery(trpc.qosPolicy.get.queryOptions(held === null ? skipToken : { id: held }));
  if (held === null) return <span className="text-ink-muted">none: as fast as its host lets it be</span>;
  if (policy === undefined) return <span className="text-ink-muted">one that an operator gave</span>;
  return (
    <>
      <Link
        href={paths.qosPolicy({ project, policy: policy.id })}
        className="font-medium underline-offset-4 hover:underline"
      >
        {policy.name}
      </Link>
      <span className="text-ink-muted">
        : {policyWords(policy)}
        {own === null && ', by its network'}
      </span>
    </>
  );
}
