'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classes } from './classes.ts';

/** On a phone more tabs than fit lie in a row that scrolls; the one that is open must be seen. */
function intoView(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Pages of one thing as tabs: each is a link, so that a tab can be kept, shared and opened beside. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly { href: string; label: string }[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="-mx-4 mb-5 overflow-x-auto px-4 [scrollbar-width:none] md:mx-0 md:px-0">
      <ul className="flex min-w-max gap-5 border-b">
        {tabs.map((tab) => {
          const isCurrent = pathname === tab.href;
          return (
            <li key={tab.href} ref={isCurrent ? intoView : undefined}>
              <Link
                href={tab.href}
                aria-current={isCurrent ? 'page' : undefined}
                className={classes(
                  '-mb-px flex h-9 items-center border-b-2 font-medium text-table transition-colors max-md:h-11',
                  isCurrent ? 'border-accent text-ink' : 'border-transparent text-ink-muted hover:text-ink',
                )}
              >
                {tab.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

type SwitchTabsProps<Value extends string> = {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
};

/** Two or three views of the same thing, in one control. */
export function SegmentedControl<Value extends string>({ label, value, onChange, options }: SwitchTabsProps<Value>) {
  return (
    <fieldset aria-label={label} className="inline-flex justify-self-start rounded-control border bg-raised p-0.5">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={classes(
            'h-6.5 rounded-[4px] px-2.5 font-medium text-table transition-colors max-md:h-10',
            option.value === value ? 'bg-surface text-ink ring-1 ring-line' : 'text-ink-muted hover:text-ink',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
