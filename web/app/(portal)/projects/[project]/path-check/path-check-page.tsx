'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import { type PathCheckQuery, pathCheckQuery, pathProtocol } from '@unkai/contracts/resources/path-check';
import { ArrowLeftRight } from 'lucide-react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { PathSteps } from '#resources/path-steps.tsx';
import { LiveBadge, useAddressValue } from '#table/filters.tsx';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { FieldErrors } from '#ui/field.tsx';
import { fieldErrorsOf } from '#ui/form.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { EndChoice, TrafficFields } from './path-check-fields.tsx';

const docs = (
  <DocsPopover title="Path check">
    Walks the way of a packet through what this cloud knows: servers, ports, rules, routers, floating IPs. Nothing is
    sent, and what a guest itself refuses is not seen.
  </DocsPopover>
);

/** Why can A not reach B? The answer, step by step, with what would mend it. */
export function PathCheckPage({ project }: { project: string }) {
  const [from, setFrom] = useAddressValue('from');
  const [to, setTo] = useAddressValue('to');
  const [protocol, setProtocol] = useAddressValue('protocol');
  const [port, setPort] = useAddressValue('port');
  const known = pathProtocol.catch('tcp').parse(protocol);
  const check = useCheck(project, { from, to, protocol: known, port });
  const problem = check.error ? problemOf(check.error) : undefined;
  const swap = () => {
    setFrom(to);
    setTo(from);
  };
  return (
    <>
      <PageHeader
        title="Path check"
        summary="Whether one thing can reach another, and what stands in the way."
        actions={docs}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <Panel title="Question">
          <FieldErrors value={fieldErrorsOf(problem)}>
            <div className="grid gap-4">
              <EndChoice project={project} label="From" name="from" value={from} onChange={setFrom} />
              <EndChoice project={project} label="To" name="to" value={to} onChange={setTo} />
              <TrafficFields protocol={known} setProtocol={setProtocol} port={port} setPort={setPort} />
              <div>
                <Button icon={<ArrowLeftRight aria-hidden size={14} />} onClick={swap}>
                  Swap ends
                </Button>
              </div>
            </div>
          </FieldErrors>
        </Panel>
        <Answer project={project} check={check} problem={problem} />
      </div>
    </>
  );
}

type Written = Record<'from' | 'to' | 'protocol' | 'port', string>;

/** Asks as soon as the fields hold a whole question; while they do not, they say so themselves. */
function useCheck(project: string, written: Written) {
  const trpc = useTRPC();
  const question = questionOf(project, written);
  const { data, error } = useQuery(
    trpc.pathCheck.explain.queryOptions(question ?? skipToken, { placeholderData: (before) => before }),
  );
  return question ? { isAsked: true, data, error } : { isAsked: false, data: undefined, error: null };
}

function questionOf(projectId: string, { from, to, protocol, port }: Written): PathCheckQuery | undefined {
  const hasPort = protocol !== 'icmp' && port !== '';
  return pathCheckQuery.safeParse({ projectId, from, to, protocol, ...(hasPort && { port }) }).data;
}

type AnswerProps = { project: string; check: ReturnType<typeof useCheck>; problem: Problem | undefined };

/** What is wrong with an end stands at its field; only the rest is told here. */
function Answer({ project, check: { isAsked, data }, problem }: AnswerProps) {
  const isRefused = problem !== undefined && !problem.errors?.length;
  return (
    <section aria-label="Answer" aria-live="polite" className="grid min-w-0 gap-3">
      {isRefused && <ProblemNote problem={problem} />}
      {!isRefused && (problem || !isAsked) && <Hint />}
      {!problem && isAsked && (data ? <PathSteps project={project} check={data} /> : <Skeleton className="h-64" />)}
      {isAsked && <LiveBadge />}
    </section>
  );
}

function Hint() {
  return (
    <p className="rounded-panel border border-dashed bg-surface px-4 py-14 text-center text-ink-muted">
      Choose both ends, and every step between them is told here.
    </p>
  );
}
