'use client';
import { useQuery } from '@tanstack/react-query';
import { isStep, type Operation } from '@unkai/contracts/resources/operation';
import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { Popover } from 'radix-ui';
import { useTRPC } from '#client/trpc.tsx';
import { buttonClasses } from '#ui/button.tsx';
import { duration } from '#ui/duration.ts';
import { useClock } from '#ui/use-clock.ts';
import { paths } from '../paths.ts';

/** The step an operation is at, in words, with how many it has. */
export function presentStep(operation: Operation): string {
  const at = operation.steps.findIndex((step) => isStep('moving', step));
  const step = operation.steps[at];
  if (!step) return operation.state === 'queued' ? 'Waits for its turn' : operation.title;
  const giveBack = operation.state === 'unwinding' ? 'Giving back: ' : '';
  return `${giveBack}${step.title} · ${at + 1} of ${operation.steps.length}`;
}

/** What runs in the project now: each with its present step, its time and the way to its resource. */
export function RunningOperations({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.operation.list.queryOptions({ projectId: project, isOpen: true }));
  const running = data?.items ?? [];
  const howMany = `${running.length}${data?.nextCursor ? ' or more' : ''}`;
  return (
    <Popover.Root>
      <Popover.Trigger className={`${buttonClasses('quiet')} cursor-pointer max-md:px-2`}>
        <LoaderCircle
          aria-hidden
          size={15}
          className={running.length > 0 ? 'animate-spin text-busy-ink [animation-duration:1.6s]' : 'text-ink-faint'}
        />
        <span className={running.length > 0 ? 'max-md:sr-only' : 'sr-only'}>{howMany} running</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Running operations"
          className="z-50 w-88 max-w-[calc(100vw-1rem)] animate-rise rounded-panel border bg-overlay shadow-float"
        >
          <p className="border-b px-4 py-2.5 font-semibold">Running now</p>
          {running.length === 0 && (
            <p className="px-4 py-6 text-center text-ink-muted text-table">
              Nothing runs. What you start shows its steps here, also after a reload.
            </p>
          )}
          <ul className="max-h-96 overflow-y-auto p-1">
            {running.map((operation) => (
              <RunningOperation key={operation.id} operation={operation} project={project} />
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function RunningOperation({ operation, project }: { operation: Operation; project: string }) {
  const now = useClock(true);
  const done = operation.steps.filter((step) => isStep('done', step)).length;
  const href =
    operation.noun === 'server' ? paths.server({ project, server: operation.resourceId }) : paths.images({ project });
  return (
    <li>
      <Link href={href} className="grid gap-1 rounded-control px-3 py-2 hover:bg-raised">
        <span className="flex justify-between gap-3 text-table">
          <span className="truncate font-medium">
            {operation.title} {operation.resourceName}
          </span>
          <span className="numeric text-ink-muted">{duration(Math.max(0, now - Date.parse(operation.createdAt)))}</span>
        </span>
        <span className="truncate text-ink-muted text-meta">{presentStep(operation)}</span>
        <span aria-hidden className="h-0.5 overflow-hidden rounded-pill bg-line">
          <span
            className="block h-full bg-busy transition-[width]"
            style={{ width: `${(done / Math.max(1, operation.steps.length)) * 100}%` }}
          />
        </span>
      </Link>
    </li>
  );
}
