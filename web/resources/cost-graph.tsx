'use client';
import type { UsageDay } from '@unkai/contracts/resources/usage';
import { money } from '#ui/money.ts';

type CostGraphProps = { days: readonly UsageDay[]; currency: string | null };

const height = 120;
const slot = 12;
const gap = 3;

/** What each day cost, as bars; the same numbers stand in the table that opens below them. */
export function CostGraph({ days, currency }: CostGraphProps) {
  const most = Math.max(...days.map(({ cost }) => Number(cost)), 0);
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return null;
  if (most === 0) {
    return (
      <p className="text-ink-muted text-table">
        From {first.day} to {last.day} no day has cost anything.
      </p>
    );
  }
  return (
    <figure className="grid gap-2">
      <Bars days={days} currency={currency} most={most} />
      <div aria-hidden className="flex flex-wrap justify-between gap-x-4 text-ink-muted text-meta">
        <span>{first.day}</span>
        <span>{last.day}</span>
        <span className="w-full text-center">most on a day: {money(String(most), currency)}</span>
      </div>
      <details className="text-table">
        <summary className="inline-flex min-h-6 cursor-pointer items-center text-ink-muted hover:text-ink">
          Show the days as a table
        </summary>
        <DayTable days={days} currency={currency} />
      </details>
    </figure>
  );
}

function Bars({ days, currency, most }: CostGraphProps & { most: number }) {
  return (
    <svg
      role="img"
      aria-label={`Cost by day from ${days[0]?.day} to ${days.at(-1)?.day}; the most on a day is ${money(String(most), currency)}.`}
      viewBox={`0 0 ${days.length * slot} ${height}`}
      preserveAspectRatio="none"
      className="h-32 w-full border-b"
    >
      {days.map(({ day, cost }, index) => {
        const share = Number(cost) / most;
        // What is not nothing is seen.
        const bar = share === 0 ? 0 : Math.max(2, share * (height - 4));
        return (
          <rect
            key={day}
            x={index * slot + gap / 2}
            y={height - bar}
            width={slot - gap}
            height={bar}
            className="fill-accent"
          >
            <title>{`${day}: ${money(cost, currency)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function DayTable({ days, currency }: CostGraphProps) {
  return (
    <table aria-label="Cost by day" className="mt-2 w-full max-w-80 text-left text-table">
      <thead className="border-b text-ink-muted text-meta">
        <tr>
          <th scope="col" className="py-1 font-medium">
            Day (UTC)
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, cost }) => (
          <tr key={day} className="border-b last:border-b-0">
            <th scope="row" className="numeric py-1 font-normal">
              {day}
            </th>
            <td className="numeric py-1 text-right">{money(cost, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
