'use client';
import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';

type RadioCard = {
  value: string;
  title: ReactNode;
  note?: ReactNode;
  /** Why it cannot be had, and the way out; the card stays visible. */
  disabledReason?: string | undefined;
};

type RadioCardsProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  cards: readonly RadioCard[];
  /** `rows`: one full-width row per card, for things that are compared by columns. */
  layout?: 'grid' | 'rows';
};

const card =
  'relative grid content-start text-left transition-colors hover:bg-raised data-[state=checked]:z-10 data-[state=checked]:border-accent data-[state=checked]:bg-accent-wash data-disabled:cursor-not-allowed data-disabled:bg-raised data-disabled:text-ink-faint';

/** Exactly one of a few things that are worth comparing. */
export function RadioCards({ label, value, onChange, cards, layout = 'grid' }: RadioCardsProps) {
  const isRows = layout === 'rows';
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={onChange}
      className={isRows ? 'grid' : 'grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-2'}
    >
      {cards.map(({ value: option, title, note, disabledReason }) => (
        <RadioGroup.Item
          key={option}
          value={option}
          disabled={disabledReason !== undefined}
          className={classes(
            card,
            isRows
              ? '-mt-px min-h-10 border bg-surface px-3 py-2 first:mt-0 first:rounded-t-control last:rounded-b-control max-md:min-h-11'
              : 'min-h-14 gap-0.5 rounded-control border bg-surface px-3 py-2.5',
          )}
        >
          <span className={classes('min-w-0 wrap-anywhere font-medium', isRows && 'w-full')}>{title}</span>
          {(disabledReason ?? note) !== undefined && (
            <span className={classes('text-meta', disabledReason === undefined && 'text-ink-muted')}>
              {disabledReason ?? note}
            </span>
          )}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
