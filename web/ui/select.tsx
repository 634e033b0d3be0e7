'use client';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { classes } from './classes.ts';
import { FieldFrame, inputClasses } from './field.tsx';

type SelectProps = {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; note?: string; disabledReason?: string | undefined }[];
  help?: string;
  error?: string | undefined;
  placeholder?: string;
};

/** One choice of a list. What cannot be had stays in the list, with its reason. */
export function Select({ label, name, value, onChange, options, help, error, placeholder }: SelectProps) {
  return (
    <FieldFrame {...{ label, name, error }} {...(help !== undefined && { help })}>
      {({ id, describedBy, isInvalid }) => (
        <Radix.Root value={value} onValueChange={onChange} name={name}>
          <Radix.Trigger
            id={id}
            aria-describedby={describedBy}
            aria-invalid={isInvalid || undefined}
            className={classes(
              'control flex items-center justify-between gap-2 text-left data-placeholder:text-ink-faint',
              inputClasses,
            )}
          >
            <span className="truncate">
              <Radix.Value placeholder={placeholder} />
            </span>
            <ChevronDown aria-hidden size={14} className="shrink-0 text-ink-faint" />
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Content
              position="popper"
              sideOffset={4}
              className="z-50 max-h-80 min-w-(--radix-select-trigger-width) animate-rise overflow-hidden rounded-panel border bg-overlay p-1 text-table shadow-float"
            >
              <Radix.Viewport>
                {options.map((option) => (
                  <Radix.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.disabledReason !== undefined}
                    className="flex min-h-8 items-center justify-between gap-4 rounded-control px-2 py-1 outline-none data-disabled:text-ink-faint data-highlighted:bg-raised max-md:min-h-11"
                  >
                    <span className="grid">
                      <Radix.ItemText>{option.label}</Radix.ItemText>
                      {(option.disabledReason ?? option.note) !== undefined && (
                        <span className="text-ink-muted text-meta">{option.disabledReason ?? option.note}</span>
                      )}
                    </span>
                    <Radix.ItemIndicator>
                      <Check aria-hidden size={14} className="text-accent-ink" />
                    </Radix.ItemIndicator>
                  </Radix.Item>
                ))}
              </Radix.Viewport>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </FieldFrame>
  );
}
