'use client';
import { useQuery } from '@tanstack/react-query';
import type { Budget } from '@unkai/contracts/resources/budget';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { type BudgetAct, BudgetDialog, type BudgetPlace } from '#forms/budget.tsx';
import { Button } from '#ui/button.tsx';
import { Meter } from '#ui/meter.tsx';
import { money } from '#ui/money.ts';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

type BudgetPanelProps = {
  place: BudgetPlace;
  /** That of the costs beside it. */
  currency: string | null;
  /** Why it cannot be set; undefined when it can. */
  denial: string | undefined;
};

/** What a month may cost, how far it is, and the way to say so. */
export function BudgetPanel({ place, currency, denial }: BudgetPanelProps) {
  const [act, setAct] = useState<BudgetAct>();
  const { data, error } = useBudgets(place);
  const was = data?.items[0];
  return (
    <Panel title="Budget" note="for each month" aside={data && <Acts {...{ was, denial }} onAct={setAct} />}>
      {error && <ProblemNote problem={problemOf(error)} />}
      {!data && !error && <Skeleton className="h-12" />}
      {data && !was && (
        <p className="text-ink-muted text-table">
          None. With one, whoever manages this {'projectId' in place ? 'project' : 'domain'} is told when a part of it
          is reached. It stops nothing.
        </p>
      )}
      {was && <Reached budget={was} />}
      <BudgetDialog {...{ place, currency, act }} onClose={() => setAct(undefined)} />
    </Panel>
  );
}

function useBudgets(place: BudgetPlace) {
  const trpc = useTRPC();
  const projectId = 'projectId' in place ? place.projectId : undefined;
  const domainId = 'domainId' in place ? place.domainId : '';
  const isProject = projectId !== undefined;
  const often = { refetchInterval: 30_000 };
  const ofProject = useQuery({
    ...trpc.budget.ofProject.queryOptions({ projectId: projectId ?? '' }, often),
    enabled: isProject,
  });
  const ofDomain = useQuery({ ...trpc.budget.ofDomain.queryOptions({ domainId }, often), enabled: !isProject });
  return isProject ? ofProject : ofDomain;
}

type ActsProps = { was: Budget | undefined; denial: string | undefined; onAct: (act: BudgetAct) => void };

function Acts({ was, denial, onAct }: ActsProps) {
  if (!was) {
    return (
      <Button disabledReason={denial} onClick={() => onAct({ kind: 'set' })}>
        Set budget
      </Button>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button disabledReason={denial} onClick={() => onAct({ kind: 'delete', was })}>
        Remove
      </Button>
      <Button disabledReason={denial} onClick={() => onAct({ kind: 'set', was })}>
        Change budget
      </Button>
    </div>
  );
}

function Reached({ budget: { spent, spentPercent, amount, currency, alertPercents, alerts } }: { budget: Budget }) {
  return (
    <div className="grid gap-3">
      <Meter
        label={`${spentPercent} % used`}
        used={Number(spent)}
        limit={Number(amount)}
        write={(value) => money(String(value), currency)}
      />
      <ul aria-label="Told at" className="flex flex-wrap gap-x-6 gap-y-1 text-table">
        {alertPercents.map((percent) => {
          const alert = alerts.find((each) => each.percent === percent);
          return (
            <li key={percent}>
              <span className="numeric">{percent} %</span>{' '}
              <span className="text-ink-muted">
                {alert ? (
                  <>
                    reached, told <RelativeTime at={alert.at} suffix="ago" />
                  </>
                ) : (
                  'is told when it is reached'
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
