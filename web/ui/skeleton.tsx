import { classes } from './classes.ts';

/** A grey shape where something will be; give it the size of what comes. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={classes('block animate-breathe rounded-control bg-line/70', className)} />;
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
