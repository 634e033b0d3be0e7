'use client';
import { Search } from 'lucide-react';
import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { classes } from './classes.ts';

export type Option = {
  id: string;
  label: string;
  /** Words it is found by besides its label: ids, addresses. */
  keywords?: string;
  group?: string;
  icon?: ReactNode;
  aside?: ReactNode;
  /** How deep it is below the option that it belongs to; told by an indent while nothing is typed. */
  depth?: number;
};

type OptionListProps = {
  label: string;
  placeholder: string;
  options: readonly Option[];
  onChoose: (id: string) => void;
  /** What stands there when nothing fits. */
  empty: string;
  /** What fits the words that were typed by somebody else's judgement; they follow `options`. */
  found?: readonly Option[];
  onType?: (typed: string) => void;
  /** Said below the options: that more is being looked for, or why it could not be. */
  note?: string | undefined;
};

/** Options that hold every typed word in their label, group or keywords. */
export function matching(options: readonly Option[], typed: string): readonly Option[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ label, keywords = '', group = '' }) => {
    const text = `${label} ${group} ${keywords}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * Type to find, arrows to move, enter to choose (the ARIA combobox pattern; focus stays in the text field). What opens
 * around it moves the focus into it and back: taken here, the focus could not be given back to where it came from.
 */
export function OptionList(props: OptionListProps) {
  const { label, placeholder, options, onChoose, empty, found: others = [], onType, note } = props;
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const found = [...matching(options, typed).slice(0, 60), ...others];
  const at = Math.min(active, Math.max(0, found.length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[at];
    const next = reached(event.key, at, found.length);
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next === undefined) return chosen && onChoose(chosen.id);
    setActive(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <SearchField
        aria-label={label}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[at] && `${id}-${at}`}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
          onType?.(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={label} className="max-h-[min(24rem,50vh)] overflow-y-auto p-1">
        {found.map((option, index) => (
          <OptionRow
            key={option.id}
            id={`${id}-${index}`}
            option={typed === '' ? option : { ...option, depth: 0 }}
            isActive={index === at}
            heading={option.group !== found[index - 1]?.group ? option.group : undefined}
            onPoint={() => setActive(index)}
            onChoose={() => onChoose(option.id)}
          />
        ))}
      </div>
      <Outcome count={found.length} empty={empty} note={note} />
    </>
  );
}

/** What came of it: seen when there is nothing, heard in any case. */
function Outcome({ count, empty, note }: { count: number; empty: string; note: string | undefined }) {
  const words = note ?? (count === 0 ? empty : undefined);
  return (
    <div role="status">
      {words && <p className="px-3 py-3 text-center text-ink-muted text-table">{words}</p>}
      <span className="sr-only">{count === 1 ? '1 result' : `${count} results`}</span>
    </div>
  );
}

/** The option, of so many, that a key leads to from the one at hand; from either end to the other. */
function reached(key: string, at: number, count: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[key];
  return to === undefined ? undefined : (to + count) % Math.max(1, count);
}

function SearchField(input: ComponentProps<'input'>) {
  return (
    <div className="flex items-center gap-2.5 border-b px-3">
      <Search aria-hidden size={15} className="shrink-0 text-ink-faint" />
      <input
        {...input}
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        spellCheck={false}
        className="h-11 w-full bg-transparent outline-none placeholder:text-ink-faint"
      />
    </div>
  );
}

type OptionRowProps = {
  id: string;
  option: Option;
  isActive: boolean;
  heading: string | undefined;
  onPoint: () => void;
  onChoose: () => void;
};

function OptionRow({ id, option, isActive, heading, onPoint, onChoose }: OptionRowProps) {
  return (
    <>
      {heading && (
        <div role="presentation" className="px-2 pt-2 pb-1 text-ink-faint text-meta">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox that owns this list */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox; aria-activedescendant points here */}
      <div
        id={id}
        role="option"
        aria-selected={isActive}
        onPointerMove={onPoint}
        onClick={onChoose}
        className={classes(
          'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 text-table max-md:min-h-11',
          isActive ? 'bg-raised text-ink' : 'text-ink-muted',
        )}
      >
        {(option.depth ?? 0) > 0 && <span aria-hidden style={{ width: `${(option.depth ?? 0) * 14}px` }} />}
        {option.icon}
        <span className="min-w-0 grow truncate">{option.label}</span>
        {option.aside}
      </div>
    </>
  );
}
