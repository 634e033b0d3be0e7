'use client';
import { useQuery } from '@tanstack/react-query';
import { type UsageLine, type UsageReport, usageKinds } from '@unkai/contracts/resources/usage';
import { ChartNoAxesColumn, Download } from 'lucide-react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { BudgetPanel } from '#resources/budget-panel.tsx';
import { CostSummary, MonthChoice, spanOf } from '#resources/cost-summary.tsx';
import { useManagingDenial } from '#resources/identity.ts';
import { useAddressValue } from '#table/filters.tsx';
import { type Column, Table } from '#table/table.tsx';
import { bytes, count } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { buttonClasses } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { money } from '#ui/money.ts';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { DeniedState, ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../paths.ts';

/** What the project's things cost in a month, and what this one will come to. */
export function ProjectCost({ project }: { project: string }) {
  const trpc = useTRPC();
  const denial = useManagingDenial(project);
  const [month, setMonth] = useAddressValue('month');
  const span = spanOf(month);
  const options = { refetchInterval: month === '' ? 30_000 : (false as const) };
  const { data, error, refetch } = useQuery(
    trpc.usage.ofProject.queryOptions({ projectId: project, ...span }, options),
  );
  const problem = error ? problemOf(error) : undefined;
  if (problem?.code === 'forbidden' || problem?.code === 'not_found') {
    return <DeniedState what="the costs of this project" neededRole="reader on the project" />;
  }
  if (problem) return <ErrorState problem={problem} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title="Cost"
        summary={data ? <Summary report={data} /> : summarySkeleton}
        actions={
          <>
            <DocsPopover title="Cost">
              A server counts from when it first runs until it is deleted, stopped ones at a price of their own; an
              image while it can be used; a floating IP until it is given back. Each change of state is charged to the
              millisecond.
            </DocsPopover>
            <a className={buttonClasses('secondary')} href={paths.apiUsageFile({ project, ...span })} download>
              <Download aria-hidden size={14} />
              Save as CSV
            </a>
          </>
        }
      />
      <MonthChoice month={month} onChange={setMonth} />
      {data === undefined && <Skeleton className="h-56" />}
      {data && (
        <div className="grid gap-4">
          <CostSummary report={data} isPresent={month === ''} />
          {month === '' && <BudgetPanel place={{ projectId: project }} currency={data.currency} denial={denial} />}
          <Lines report={data} project={project} />
        </div>
      )}
    </>
  );
}

function Summary({ report: { lineCount, lines, currency } }: { report: UsageReport }) {
  const free = lines.filter(({ price }) => price === null).length;
  if (currency === null) return 'Nothing has a price in this cloud yet';
  const shown = lines.length < lineCount ? ` · the dearest ${lines.length} are shown` : '';
  return `${count(lineCount, 'line')}${shown}${free === 0 ? '' : ` · ${free} without a price`}`;
}

function Lines({ report, project }: { report: UsageReport; project: string }) {
  if (report.lines.length === 0) {
    return (
      <EmptyState
        icon={<ChartNoAxesColumn aria-hidden size={18} />}
        title="Nothing was used"
        purpose="Servers, images and floating IPs count from when they can be used until they are deleted."
      />
    );
  }
  const rows = report.lines.map((line, index) => ({ ...line, id: String(index), name: line.resourceName }));
  // Of what was something else before, such as running, only the last line is open.
  const there = new Set(report.lines.filter(({ isOpen }) => isOpen).map(({ resourceId }) => resourceId));
  return (
    <Table
      label="Cost by resource"
      nameHeader="Resource"
      columns={columnsOf(report.currency)}
      items={rows}
      nameAside={({ resourceId }) => !there.has(resourceId) && <Badge>gone</Badge>}
      href={(line) => placeOf(line, { project, isThere: there.has(line.resourceId) })}
      phoneNote={(line) => `${what(line)} · ${hours(line)}`}
    />
  );
}

/** Its page while it is there, and else the list that it was in. */
function placeOf({ kind, resourceId }: UsageLine, at: { project: string; isThere: boolean }): string {
  if (kind === 'image') return paths.images(at);
  if (kind === 'floating-ip') {
    return at.isThere ? paths.floatingIp({ ...at, floating: resourceId }) : paths.floatingIps(at);
  }
  return at.isThere ? paths.server({ ...at, server: resourceId }) : paths.servers(at);
}

type Row = UsageLine & { id: string; name: string };

function columnsOf(currency: string | null): readonly Column<Row>[] {
  return [
    { header: 'What', cell: what, sortBy: what },
    { header: 'Time', cell: (line) => <span className="numeric">{hours(line)}</span>, sortBy: timeOf, align: 'end' },
    {
      header: 'Price per hour',
      cell: ({ price, kind }) => (
        <span className="numeric">
          {price === null ? 'none' : `${money(price, currency)}${kind === 'image' ? ' per GiB' : ''}`}
        </span>
      ),
      align: 'end',
      isMinor: true,
    },
    {
      header: 'Cost',
      cell: ({ cost }) => <span className="numeric">{money(cost, currency)}</span>,
      sortBy: ({ cost }) => Number(cost),
      align: 'end',
      isPhoneAside: true,
    },
  ];
}

const timeOf = ({ milliseconds }: UsageLine) => milliseconds;

function what({ kind, item, quantity }: UsageLine): string {
  const { label } = usageKinds[kind];
  if (kind === 'image' || kind === 'object') return `${label} · ${bytes(quantity)}`;
  return item === '' ? label : `${label} · ${item}`;
}

function hours({ milliseconds }: UsageLine): string {
  return `${(milliseconds / 3_600_000).toLocaleString('en', { maximumFractionDigits: 2 })} h`;
}
