'use client';
import { ChevronsUpDown } from 'lucide-react';
import { classes } from './classes.ts';
import { FieldFrame, type FieldFrameProps, inputClasses } from './field.tsx';

type SelectProps = Omit<FieldFrameProps, 'children'> & {
  value: string;
  onChange: (value: string) => void;
  /** One that cannot be chosen says why. */
  options: readonly { value: string; label: string; disabledReason?: string | undefined }[];
};

/** One of many, by the browser's own list: it finds by typing, and fits every screen. */
export function Select(props: SelectProps) {
  const { label, name, help, error, isOptional = false, value, onChange, options } = props;
  return (
    <FieldFrame {...{ label, name, help, error, isOptional }}>
      {({ id, describedBy, isInvalid }) => (
        <div className="relative">
          <select
            id={id}
            name={name}
            value={value}
            onChange={({ target }) => onChange(target.value)}
            aria-describedby={describedBy}
            aria-invalid={isInvalid || undefined}
            className={classes('control cursor-pointer appearance-none truncate pr-8', inputClasses)}
          >
            {options.map((option) => (
              <option
                key={option.value}
                value={option.value}
                disabled={option.disabledReason !== undefined}
                className="bg-overlay"
              >
                {option.label}
                {option.disabledReason && ` (${option.disabledReason})`}
              </option>
            ))}
          </select>
          <ChevronsUpDown
            aria-hidden
            size={14}
            className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-faint"
          />
        </div>
      )}
    </FieldFrame>
  );
}
