import { classes } from './classes.ts';

/** A grey shape where something will be; give it the size of what comes. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={classes('block animate-breathe rounded-control bg-line/70', className)} />;
}

/** A page of one thing while it is asked for: its name, a line about it, and panels of the given heights. */
export function DetailSkeleton({ panels = ['h-52'] }: { panels?: readonly string[] }) {
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <Skeleton className="h-7 w-44" />
        <Skeleton className="h-4 w-72" />
      </div>
      {panels.map((height) => (
        <Skeleton key={height} className={height} />
      ))}
    </div>
  );
}

/** A thin bar along the top edge of its (relative) parent, for what runs behind content that stays. */
export function RunningBar({ isRunning }: { isRunning: boolean }) {
  if (!isRunning) return null;
  return (
    <span aria-hidden className="absolute inset-x-0 top-0 z-10 h-0.5 overflow-hidden">
      <span className="block h-full w-1/3 animate-run bg-accent" />
    </span>
  );
}
