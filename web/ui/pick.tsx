'use client';
import { ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { classes } from './classes.ts';
import { FieldFrame, type FieldFrameProps, inputClasses } from './field.tsx';
import { type Option, OptionList } from './option-list.tsx';

/** What is chosen: the id that is sent, the words that stand in the field. */
export type Picked = { id: string; label: string };

/** What was found for the words typed. */
export type Found = {
  options: readonly Option[];
  /** That more is being looked for, or why it could not be. */
  note?: string | undefined;
  /** Finds the next ones; undefined where there are none. */
  onMore?: (() => void) | undefined;
};

type PickProps<Within> = Omit<FieldFrameProps, 'children'> & {
  value: Picked | undefined;
  onChange: (picked: Picked) => void;
  /** Stands there while nothing is chosen. */
  placeholder: string;
  /** Choices that are always there, before what is found. */
  options?: readonly Option[];
  /** Finds what can be chosen among what is `within`; a hook of its module, called while the list is open. */
  useFound: (typed: string, within: Within) => Found;
  within: Within;
  /** What stands there when nothing fits. */
  empty: string;
};

const moreId = 'more';

/** One of more than a list could hold: opened, it finds by typing, and asks whoever knows them all. */
export function Pick<Within>(props: PickProps<Within>) {
  const { label, name, help, error, isOptional = false, value, placeholder } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <FieldFrame {...{ label, name, help, error, isOptional }}>
      {({ id, describedBy, isInvalid }) => (
        // Modal, so that the list of one that opens in a dialog can be scrolled.
        <Popover.Root modal open={isOpen} onOpenChange={setOpen}>
          <Popover.Trigger
            id={id}
            role="combobox"
            data-field={name}
            aria-describedby={describedBy}
            aria-invalid={isInvalid || undefined}
            className={classes(
              'control flex cursor-pointer items-center justify-between gap-2 text-left',
              inputClasses,
              value === undefined && 'text-ink-faint',
            )}
          >
            <span className="min-w-0 truncate">{value?.label ?? placeholder}</span>
            <ChevronsUpDown aria-hidden size={14} className="shrink-0 text-ink-faint" />
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              align="start"
              sideOffset={4}
              collisionPadding={8}
              aria-label={`Choose: ${label}`}
              className="z-50 w-(--radix-popover-trigger-width) min-w-64 max-w-[calc(100vw-1rem)] animate-rise overflow-hidden rounded-panel border border-line-strong bg-overlay shadow-float"
            >
              <PickList {...props} onClose={() => setOpen(false)} />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </FieldFrame>
  );
}

function PickList<Within>(props: PickProps<Within> & { onClose: () => void }) {
  const { label, options = [], useFound, within, empty, onChange, onClose } = props;
  const [typed, setTyped] = useState('');
  const { options: found, note, onMore } = useFound(typed, within);
  const choose = (id: string) => {
    if (id === moreId) return onMore?.();
    const chosen = [...options, ...found].find((option) => option.id === id);
    if (chosen === undefined) return;
    onChange({ id, label: chosen.label });
    onClose();
  };
  return (
    <OptionList
      label={label}
      placeholder="Type to find"
      options={options}
      found={onMore ? [...found, { id: moreId, label: 'Show more' }] : found}
      onType={setTyped}
      onChoose={choose}
      empty={empty}
      note={note}
    />
  );
}
