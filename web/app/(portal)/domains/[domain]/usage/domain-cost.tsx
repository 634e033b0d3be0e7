'use client';
import { useQuery } from '@tanstack/react-query';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { BudgetPanel } from '#resources/budget-panel.tsx';
import { CostByProject } from '#resources/cost-by-project.tsx';
import { spanOf } from '#resources/cost-summary.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { useAddressValue } from '#table/filters.tsx';

/** What the projects of a domain cost. */
export function DomainCost({ domain }: { domain: string }) {
  const trpc = useTRPC();
  const denial = useDomainDenial(domain)('budget:create');
  const [month, setMonth] = useAddressValue('month');
  const input = { domainId: domain, ...spanOf(month) };
  const { data, error, refetch } = useQuery(trpc.usage.ofDomain.queryOptions(input));
  return (
    <CostByProject
      title="Cost of the domain"
      of="this domain"
      neededRole="reader on the domain"
      month={month}
      onMonth={setMonth}
      report={data}
      problem={error ? problemOf(error) : undefined}
      onRetry={() => void refetch()}
      budget={data && <BudgetPanel place={{ domainId: domain }} currency={data.currency} denial={denial} />}
    />
  );
}
