'use client';
import type { UsageReport } from '@unkai/contracts/resources/usage';
import { money } from '#ui/money.ts';
import { Panel } from '#ui/panel.tsx';
import { Select } from '#ui/select.tsx';
import { CostGraph } from './cost-graph.tsx';

type Costs = Pick<UsageReport, 'total' | 'forecast' | 'days' | 'currency'>;

/** What the time came to, what the month will come to, and the days. */
export function CostSummary({ report, isPresent }: { report: Costs; isPresent: boolean }) {
  const { total, forecast, days, currency } = report;
  return (
    <Panel title={isPresent ? 'This month so far' : 'This month'} note="days of UTC">
      <div className="grid gap-4">
        <dl className="flex flex-wrap gap-x-10 gap-y-3">
          <Figure name={isPresent ? 'So far' : 'Total'} value={money(total, currency)} />
          {forecast && <Figure name="By the end of the month, as things are" value={money(forecast.total, currency)} />}
        </dl>
        <CostGraph days={days} currency={currency} />
      </div>
    </Panel>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-ink-muted text-table">{name}</dt>
      <dd className="numeric font-semibold text-title">{value}</dd>
    </div>
  );
}

type MonthChoiceProps = { month: string; onChange: (month: string) => void };

/** The present month, or one of the eleven before it. */
export function MonthChoice({ month, onChange }: MonthChoiceProps) {
  const now = new Date();
  const options = Array.from({ length: 12 }, (_, back) => {
    const begin = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back));
    const label = begin.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return { value: back === 0 ? '' : begin.toISOString().slice(0, 7), label };
  });
  return (
    <div className="mb-4 w-44 max-md:w-full">
      <Select label="Month" name="month" value={month} onChange={onChange} options={options} />
    </div>
  );
}

/** The span of a month such as `2026-11`; nothing for the present one, which is what is told unasked. */
export function spanOf(month: string): { from?: string; to?: string } {
  const [year, number] = month.split('-').map(Number);
  if (!year || !number) return {};
  return {
    from: new Date(Date.UTC(year, number - 1)).toISOString(),
    to: new Date(Date.UTC(year, number)).toISOString(),
  };
}
