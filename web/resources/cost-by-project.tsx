'use client';
import type { Problem } from '@unkai/contracts/errors';
import type { UsageByProject } from '@unkai/contracts/resources/usage';
import { ChartNoAxesColumn } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { money } from '#ui/money.ts';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { DeniedState, ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../paths.ts';
import { CostSummary, MonthChoice } from './cost-summary.tsx';

type CostByProjectProps = {
  /** "Cost of the domain" */
  title: string;
  /** Of which the costs are: "this domain". */
  of: string;
  neededRole: string;
  month: string;
  onMonth: (month: string) => void;
  report: UsageByProject | undefined;
  problem: Problem | undefined;
  onRetry: () => void;
  /** What goes with this month, between its sum and the projects. */
  budget?: ReactNode;
};

/** What the projects of a domain or of the cloud cost. */
export function CostByProject({
  title,
  of,
  neededRole,
  month,
  onMonth,
  report,
  problem,
  onRetry,
  budget,
}: CostByProjectProps) {
  if (problem?.code === 'forbidden' || problem?.code === 'not_found') {
    return <DeniedState what={`the costs of ${of}`} neededRole={neededRole} />;
  }
  if (problem) return <ErrorState problem={problem} onRetry={onRetry} />;
  return (
    <>
      <PageHeader
        title={title}
        summary={report ? count(report.projects.length, 'project') : summarySkeleton}
        actions={
          <DocsPopover title={title}>
            What things cost is in the price lists. What has no price costs nothing. Deleted projects stay in the months
            in which they used something.
          </DocsPopover>
        }
      />
      <MonthChoice month={month} onChange={onMonth} />
      {report === undefined && <Skeleton className="h-56" />}
      {report && (
        <div className="grid gap-4">
          <CostSummary report={report} isPresent={month === ''} />
          {month === '' && budget}
          <Projects report={report} />
        </div>
      )}
    </>
  );
}

function Projects({ report: { projects, currency } }: { report: UsageByProject }) {
  type Row = { id: string; name: string; cost: string };
  const columns: readonly Column<Row>[] = [
    {
      header: 'Cost',
      cell: ({ cost }) => <span className="numeric">{money(cost, currency)}</span>,
      sortBy: ({ cost }) => Number(cost),
      align: 'end',
      isPhoneAside: true,
    },
  ];
  if (projects.length === 0) {
    return (
      <EmptyState
        icon={<ChartNoAxesColumn aria-hidden size={18} />}
        title="Nothing was used"
        purpose="Servers, images and floating IPs count from when they can be used until they are deleted."
      />
    );
  }
  const rows = projects.map(({ projectId, projectName, cost }) => ({ id: projectId, name: projectName, cost }));
  return (
    <Table
      label="Cost by project"
      nameHeader="Project"
      columns={columns}
      items={rows}
      href={({ id }) => paths.cost({ project: id })}
      phoneNote={() => ''}
    />
  );
}
