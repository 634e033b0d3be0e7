'use client';
import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

type CheckboxProps = {
  label: ReactNode;
  /** A second line: what it does or, when it cannot be had, why. */
  note?: ReactNode;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  isDisabled?: boolean;
};

/** One thing to have or not to have. */
export function Checkbox({ label, note, isChecked, onChange, isDisabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5 py-1 max-md:py-2.5">
      <Radix.Root
        id={id}
        checked={isChecked}
        disabled={isDisabled}
        onCheckedChange={(checked) => onChange(checked === true)}
        {...(note !== undefined && { 'aria-describedby': `${id}-note` })}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-[4px] border border-line-strong bg-surface text-on-accent transition-colors disabled:bg-raised data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-fill"
      >
        <Radix.Indicator>
          <Check aria-hidden size={12} strokeWidth={3} />
        </Radix.Indicator>
      </Radix.Root>
      <div className="grid min-w-0 wrap-anywhere">
        <label htmlFor={id} className={isDisabled ? 'text-ink-faint' : ''}>
          {label}
        </label>
        {note !== undefined && (
          <span id={`${id}-note`} className="text-ink-muted text-meta">
            {note}
          </span>
        )}
      </div>
    </div>
  );
}
