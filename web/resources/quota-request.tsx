import type { QuotaRequest } from '@unkai/contracts/resources/quota-request';
import type { ReactNode } from 'react';
import { Badge } from '#ui/badge.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { quotaWords } from './limits.tsx';

/** How each state is said to people. */
const requestStateWords: Record<QuotaRequest['state'], string> = {
  open: 'Waits for an operator',
  approved: 'Approved',
  partly: 'Approved in part',
  denied: 'Denied',
  withdrawn: 'Withdrawn',
};

/** One request: what was asked and given, why, and what was said to it. */
export function RequestItem({ request, children }: { request: QuotaRequest; children?: ReactNode }) {
  return (
    <li className="grid gap-2 border-b py-3 text-table first:pt-0 last:border-b-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-2">
        <Badge>{requestStateWords[request.state]}</Badge>
        <span className="text-ink-muted">
          {request.requesterName}, <RelativeTime at={request.createdAt} suffix=" ago" />
        </span>
      </div>
      <ul className="grid gap-1">
        {request.items.map((item) => (
          <li key={item.name} className="numeric">
            {item.label}: {quotaWords(item, item.had)} → {quotaWords(item, item.asked)}
            {item.granted !== null && item.granted !== item.asked && ` · ${quotaWords(item, item.granted)} given`}
            {item.granted === null && request.state === 'partly' && ' · not given'}
          </li>
        ))}
      </ul>
      <p className="wrap-anywhere text-ink-muted">{request.reason}</p>
      {request.decidedByName !== null && request.state !== 'withdrawn' && (
        <p className="wrap-anywhere">
          {request.decidedByName}
          {request.answer === '' ? ' answered.' : `: ${request.answer}`}
        </p>
      )}
      {children && <div className="flex flex-wrap gap-2">{children}</div>}
    </li>
  );
}
