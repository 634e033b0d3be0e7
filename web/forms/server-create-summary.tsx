'use client';
import type { Problem } from '@unkai/contracts/errors';
import type { QuotaName } from '@unkai/contracts/quota';
import { useState } from 'react';
import { quotaWords } from '#resources/limits.tsx';
import { PriceNote } from '#resources/price-note.tsx';
import { flavorWords } from '#resources/server.tsx';
import { quotaReason } from '#resources/server-choice.ts';
import { Button } from '#ui/button.tsx';
import { Meter } from '#ui/meter.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { ServerCreateAsCommand } from './server-create-as-command.tsx';
import type { ServerDraft, ServerOffer } from './server-create-draft.ts';

type SummaryProps = {
  offer: ServerOffer;
  draft: ServerDraft;
  needs: Partial<Record<QuotaName, number>>;
  pending: boolean;
  blocked: string | undefined;
  submitError: Problem | undefined;
};

/** Beside these stands whatever there is not enough of. */
const shown: readonly QuotaName[] = ['servers', 'vcpus', 'memoryMib'];

/** What will be made, what it takes of the quota, and the button; it stays in sight beside the fields. */
export function ServerCreateSummary({ offer, draft, needs, pending, blocked, submitError }: SummaryProps) {
  const [isShowing, setShowing] = useState(false);
  const { values, image, flavor, ssh, request } = draft;
  return (
    <aside aria-label="Summary" className="sticky top-18 grid gap-4 rounded-panel border bg-surface p-4 max-lg:static">
      <div className="grid gap-0.5">
        <h2 className="wrap-anywhere font-semibold">{values.name || 'No name yet'}</h2>
        <p className="text-ink-muted text-table">
          {[image?.name ?? 'no image', flavor?.name ?? 'no size'].join(' · ')}
        </p>
        {flavor && <p className="text-ink-muted text-table">{flavorWords(flavor)}</p>}
        {flavor && <PriceNote kind="server" item={flavor.name} />}
      </div>
      <div className="grid gap-3 border-t pt-4">
        <p className="text-ink-faint text-meta">Quota after this</p>
        {offer.limits
          .filter((limit) => shown.includes(limit.name) || quotaReason([limit], needs) !== undefined)
          .map((limit) => (
            <Meter
              key={limit.name}
              label={limit.label}
              used={limit.used}
              adds={needs[limit.name] ?? 0}
              limit={limit.limit}
              write={(amount) => quotaWords(limit, amount)}
            />
          ))}
      </div>
      {submitError && <ProblemNote problem={submitError} />}
      {blocked && <p className="text-table text-warn-ink">{blocked}</p>}
      <Button type="submit" variant="primary" pending={pending} disabledReason={blocked}>
        Create server
      </Button>
      <Button
        variant="quiet"
        disabledReason={request ? undefined : 'Choose an image and a size first.'}
        onClick={() => setShowing(true)}
      >
        Show as curl or openstack
      </Button>
      {request && isShowing && (
        <ServerCreateAsCommand offer={offer} ssh={ssh} request={request} onClose={() => setShowing(false)} />
      )}
    </aside>
  );
}
