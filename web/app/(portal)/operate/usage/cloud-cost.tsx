'use client';
import { useQuery } from '@tanstack/react-query';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { CostByProject } from '#resources/cost-by-project.tsx';
import { spanOf } from '#resources/cost-summary.tsx';
import { useAddressValue } from '#table/filters.tsx';

/** What all projects cost, for operators. */
export function CloudCost() {
  const trpc = useTRPC();
  const [month, setMonth] = useAddressValue('month');
  const { data, error, refetch } = useQuery(trpc.usage.ofCloud.queryOptions(spanOf(month)));
  return (
    <CostByProject
      title="Cost of the cloud"
      of="this cloud"
      neededRole="reader on the system"
      month={month}
      onMonth={setMonth}
      report={data}
      problem={error ? problemOf(error) : undefined}
      onRetry={() => void refetch()}
    />
  );
}
