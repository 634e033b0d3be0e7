import { classes } from './classes.ts';

type MeterProps = {
  label: string;
  used: number;
  limit: number | undefined;
  /** What the act at hand needs: said as `used + needed of limit`, and drawn behind what is used. */
  adds?: number;
  unit?: string;
  /** Writes an amount, where a plain number with the unit is not enough. */
  write?: (amount: number) => string;
  /** For cells of a table, whose column says what it is: numbers small, label for screen readers only. */
  isCompact?: boolean;
};

/** Used of limit as words and a bar. No limit is said in words and has no bar. */
export function Meter({ label, used, limit, adds = 0, unit = '', write, isCompact = false }: MeterProps) {
  const words = write ?? ((amount: number) => `${amount.toLocaleString('en')}${unit && ` ${unit}`}`);
  const after = used + adds;
  const share = (amount: number) => (limit ? Math.min(100, (amount / limit) * 100) : 0);
  const isOver = limit !== undefined && after > limit;
  const isNear = limit !== undefined && after >= limit * 0.9;
  return (
    <div className={classes('grid', isCompact ? 'gap-1' : 'gap-1.5')}>
      <div className={classes('flex items-baseline justify-between gap-2', isCompact ? 'text-meta' : 'text-table')}>
        <span className={isCompact ? 'sr-only' : 'text-ink-muted'}>{label}</span>
        <span className={classes('numeric', isOver ? 'text-bad-ink' : 'text-ink')}>
          {adds > 0 && <span className="text-ink-faint">{words(used)} + </span>}
          {words(adds > 0 ? adds : used)}
          <span className="text-ink-faint">{limit === undefined ? ' · no limit' : ` of ${words(limit)}`}</span>
        </span>
      </div>
      {limit !== undefined && (
        <div className="relative h-1 overflow-hidden rounded-pill bg-line">
          <meter aria-label={label} value={after} max={limit} className="sr-only">
            {words(after)} of {words(limit)}
          </meter>
          <span
            className={classes('absolute inset-y-0 left-0', isOver ? 'bg-bad' : isNear ? 'bg-warn' : 'bg-accent/45')}
            style={{ width: `${share(after)}%` }}
          />
          <span
            className={classes('absolute inset-y-0 left-0', isNear && adds === 0 ? 'bg-warn' : 'bg-accent')}
            style={{ width: `${share(used)}%` }}
          />
        </div>
      )}
    </div>
  );
}
