'use client';
import { errorCatalog, type FieldError, type Problem } from '@unkai/contracts/errors';
import { CircleAlert, Lock, RotateCw, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyButton } from './copy.tsx';

function Reference({ requestId }: { requestId: string }) {
  return (
    <span className="inline-flex items-center gap-1 text-ink-muted text-meta">
      Request <code className="numeric break-all">{requestId}</code>
      <CopyButton text={requestId} what="request id" />
    </span>
  );
}

/** What to do next; what the API says of any input that does not fit is for those who read its answers. */
function nextOf({ next }: Problem): string | undefined {
  return next === errorCatalog.invalid_input.next ? 'Correct it and try again.' : next;
}

/** A problem beside what caused it: in a form, a dialog, a panel. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div role="alert" className="flex gap-2.5 rounded-control border border-bad/40 bg-bad-wash px-3 py-2.5">
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-bad-ink" />
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium">{problem.title}</p>
        {problem.detail && <p className="text-ink-muted text-table">{problem.detail}</p>}
        {problem.code === 'in_use' && problem.errors ? (
          <Users errors={problem.errors} />
        ) : (
          nextOf(problem) && <p className="text-ink-muted text-table">{nextOf(problem)}</p>
        )}
        {problem.requestId && <Reference requestId={problem.requestId} />}
      </div>
    </div>
  );
}

/** What uses a thing that shall go, each by what the API says of it. */
function Users({ errors }: { errors: readonly FieldError[] }) {
  return (
    <div className="text-ink-muted text-table">
      <p>Remove what uses it first:</p>
      <ul className="list-disc pl-4">
        {errors.map(({ field, message }) => (
          <li key={field + message} className="wrap-anywhere">
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Centre({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="grid justify-items-center rounded-panel border bg-surface px-6 py-14 text-center">
      <div className="mb-4 grid size-10 place-items-center rounded-panel border bg-raised text-ink-muted">{icon}</div>
      {children}
    </div>
  );
}

/** Takes the place of content that could not be fetched. */
export function ErrorState({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  return (
    <div role="alert">
      <Centre icon={<CircleAlert aria-hidden size={18} className="text-bad-ink" />}>
        <h1 className="font-semibold">{problem.title}</h1>
        {problem.detail && <p className="mt-1 max-w-lg text-ink-muted">{problem.detail}</p>}
        {nextOf(problem) && <p className="mt-1 max-w-lg text-ink-muted">{nextOf(problem)}</p>}
        <div className="mt-4 flex flex-wrap items-center justify-center gap-3">
          {onRetry && (
            <Button onClick={onRetry} icon={<RotateCw aria-hidden size={14} />}>
              Try again
            </Button>
          )}
        </div>
        {problem.requestId && (
          <div className="mt-3">
            <Reference requestId={problem.requestId} />
          </div>
        )}
      </Centre>
    </div>
  );
}

/** Takes the place of a page about something that is not there, or that the reader may not know of: both look the same. */
export function MissingState({ what, children }: { what: string; children: ReactNode }) {
  return (
    <Centre icon={<SearchX aria-hidden size={18} />}>
      <h1 className="font-semibold">There is no such {what}</h1>
      <p className="mt-1 mb-4 max-w-lg text-ink-muted">
        It was deleted, its address is mistyped, or you have no role where it is.
      </p>
      {children}
    </Centre>
  );
}

/** Takes the place of a page that this role may not see: says which role may. */
export function DeniedState({ what, neededRole }: { what: string; neededRole: string }) {
  return (
    <Centre icon={<Lock aria-hidden size={18} />}>
      <h1 className="font-semibold">You cannot see {what}</h1>
      <p className="mt-1 max-w-lg text-ink-muted">
        This page needs the role {neededRole}. Ask someone who administers this cloud to give it to you.
      </p>
    </Centre>
  );
}
