'use client';
import { ListFilter, Search } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLiveState } from '#client/live.ts';
import { hintLine, keys, shortcut } from '#keyboard/keys.ts';
import { useSingleKeys } from '#keyboard/single-keys.ts';
import { useKey } from '#keyboard/use-key.ts';
import { buttonClasses } from '#ui/button.tsx';
import { classes } from '#ui/classes.ts';
import { Menu, MenuChoice } from '#ui/menu.tsx';

/**
 * A value that lives in the page's address, so that it survives a reload and can be shared. The page keeps its own copy:
 * the address follows a moment later, which is too late for someone who types.
 */
export function useAddressValue(name: string): readonly [value: string, set: (value: string) => void] {
  const [value, setValue] = useState(useSearchParams().get(name) ?? '');
  useEffect(() => {
    const onReturn = () => setValue(new URLSearchParams(window.location.search).get(name) ?? '');
    window.addEventListener('popstate', onReturn);
    return () => window.removeEventListener('popstate', onReturn);
  }, [name]);
  const set = (changed: string) => {
    setValue(changed);
    const next = new URLSearchParams(window.location.search);
    if (changed === '') next.delete(name);
    else next.set(name, changed);
    const query = next.toString();
    window.history.replaceState(null, '', `${window.location.pathname}${query && `?${query}`}`);
  };
  return [value, set];
}

/** The text filter of a list; `/` goes to it. */
export function FilterField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const onMount = useEffectEvent(() => {
    // The server drew the field already; what was typed before this script ran would be lost otherwise.
    if (input.current && input.current.value !== value) onChange(input.current.value);
  });
  useEffect(() => onMount(), []);
  useKey(keys.filter, () => input.current?.focus());
  return (
    <div className="relative w-72 max-md:w-full">
      <Search aria-hidden size={14} className="absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts={shortcut(keys.filter)}
        placeholder={label}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className="control w-full border bg-surface pr-2 pl-8 text-table transition-colors placeholder:text-ink-faint hover:border-line-strong"
      />
    </div>
  );
}

type FilterChoiceProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
};

/** One value of a few, or any. */
export function FilterChoice({ label, value, onChange, options }: FilterChoiceProps) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className={classes(buttonClasses(chosen ? 'secondary' : 'quiet'), 'cursor-pointer')}
          aria-label={`${label}: ${chosen?.label ?? 'any'}`}
        >
          <ListFilter aria-hidden size={14} />
          {label}
          {chosen && <span className="text-accent-ink">{chosen.label}</span>}
        </button>
      }
    >
      <MenuChoice value={value} onChange={onChange} options={[{ value: '', label: 'Any' }, ...options]} />
    </Menu>
  );
}

const words = {
  live: { word: 'live', dot: 'bg-ok', title: 'Changes appear by themselves.' },
  connecting: { word: 'connecting', dot: 'bg-ink-faint', title: 'Connecting to live changes.' },
  offline: {
    word: 'reconnecting',
    dot: 'bg-warn',
    title: 'Live changes are interrupted; the page asks again by itself.',
  },
} as const;

/** Says whether the list changes by itself. */
export function LiveBadge() {
  const { word, dot, title } = words[useLiveState()];
  return (
    <span
      role="status"
      title={title}
      className="ml-auto inline-flex items-center gap-1.5 text-ink-muted text-meta max-md:hidden"
    >
      <span aria-hidden className={classes('size-1.5 rounded-pill', dot)} />
      {word}
    </span>
  );
}

/** The keys that work on a list, for those who look. */
export function KeyHints({ canCreate }: { canCreate: boolean }) {
  const { next, previous, open, create, filter, help } = keys;
  if (!useSingleKeys()) return null;
  const some = [next, previous, open, ...(canCreate ? [create] : []), filter, help];
  return <p className="mt-3 text-ink-faint text-meta max-md:hidden">{hintLine(some)}</p>;
}
