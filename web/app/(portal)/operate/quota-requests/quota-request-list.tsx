'use client';
import { useQuery } from '@tanstack/react-query';
import type { QuotaRequest } from '@unkai/contracts/resources/quota-request';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { QuotaRequestApprove, QuotaRequestDeny } from '#forms/quota-request-decide.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { operatorProblem } from '#resources/operator.tsx';
import { RequestItem } from '#resources/quota-request.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

type Act = { kind: 'approve' | 'deny'; request: QuotaRequest };

/** What projects ask for, the open ones first, and for operators the way to answer. */
export function QuotaRequestList() {
  const trpc = useTRPC();
  const [act, setAct] = useState<Act>();
  const open = useQuery(
    trpc.quotaRequest.queue.queryOptions({ isOpen: true, limit: 1000 }, { refetchInterval: 10_000 }),
  );
  const closed = useQuery(trpc.quotaRequest.queue.queryOptions({ isOpen: false, limit: 20 }));
  const close = () => setAct(undefined);
  const failed = open.error ? open : closed;
  const problem = operatorProblem(failed.error, 'what projects ask for', failed.refetch);
  if (problem) return problem;
  return (
    <>
      <PageHeader
        title="Quota requests"
        summary={open.data ? `${count(open.data.items.length, 'request')} to answer` : summarySkeleton}
      />
      <div className="grid gap-4">
        <RequestsPanel title="To answer" none="Nobody waits." requests={open.data?.items} onAct={setAct} />
        <RequestsPanel title="Answered" none="None yet." requests={closed.data?.items} onAct={setAct} />
      </div>
      {act?.kind === 'approve' && <QuotaRequestApprove request={act.request} onClose={close} />}
      {act?.kind === 'deny' && <QuotaRequestDeny request={act.request} onClose={close} />}
    </>
  );
}

type RequestsPanelProps = {
  title: string;
  none: string;
  requests: readonly QuotaRequest[] | undefined;
  onAct: (act: Act) => void;
};

function RequestsPanel({ title, none, requests, onAct }: RequestsPanelProps) {
  const reason = useSystemDenial()('quota-request:decide');
  return (
    <Panel title={title}>
      {requests === undefined && <Skeleton className="h-28" />}
      {requests?.length === 0 && <p className="text-ink-muted text-table">{none}</p>}
      <ul className="grid">
        {requests?.map((request) => (
          <RequestItem key={request.id} request={request}>
            <span className="self-center font-medium text-table">
              {request.projectName} <span className="text-ink-muted">in {request.domainName}</span>
            </span>
            {request.state === 'open' && (
              <>
                <Button disabledReason={reason} onClick={() => onAct({ kind: 'approve', request })}>
                  Approve
                </Button>
                <Button disabledReason={reason} onClick={() => onAct({ kind: 'deny', request })}>
                  Deny
                </Button>
              </>
            )}
          </RequestItem>
        ))}
      </ul>
    </Panel>
  );
}
