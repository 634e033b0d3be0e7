'use client';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classes } from '#ui/classes.ts';
import { Logo } from '#ui/logo.tsx';
import { paths } from '../paths.ts';
import { isCurrent, type NavigationGroup, navigationOf } from './navigation.ts';
import { PlaceSwitcher } from './place-switcher.tsx';
import type { Place } from './places.ts';

type RailProps = { user: CurrentUser | undefined; place: Place; onNavigate?: () => void };

/** The left edge of every page: the project or domain, its nouns, and what managers and operators see besides. */
export function Rail({ user, place, onNavigate }: RailProps) {
  const groups = navigationOf(user, place);
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto p-3">
      <div className="grid gap-3">
        <Link
          href={paths.home()}
          {...(onNavigate && { onClick: onNavigate })}
          className="flex h-8 w-fit items-center gap-2 rounded-control px-2 font-semibold tracking-[-0.01em]"
        >
          <Logo size={20} />
          Unkai
        </Link>
        <PlaceSwitcher user={user} place={place} {...(onNavigate && { onNavigate })} />
      </div>
      <nav aria-label="Main" className="grid gap-3">
        {groups.map((group) => (
          <RailGroup key={group.label ?? 'project'} group={group} {...(onNavigate && { onNavigate })} />
        ))}
      </nav>
    </div>
  );
}

/** Where one is stays to be seen in a rail that is longer than the screen. */
function intoView(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest' });
}

function RailGroup({ group, onNavigate }: { group: NavigationGroup; onNavigate?: () => void }) {
  const pathname = usePathname();
  return (
    <div>
      {group.label && <p className="px-2 pb-1 font-medium text-ink-faint text-meta">{group.label}</p>}
      <ul aria-label={group.label} className="grid gap-px">
        {group.entries.map((entry) => {
          const isHere = isCurrent(entry, pathname);
          return (
            <li key={entry.href}>
              <Link
                ref={isHere ? intoView : undefined}
                href={entry.href}
                aria-current={isHere ? 'page' : undefined}
                {...(onNavigate && { onClick: onNavigate })}
                className={classes(
                  'control flex items-center gap-2.5 px-2 text-table transition-colors',
                  isHere ? 'bg-raised font-medium text-ink' : 'text-ink-muted hover:bg-raised hover:text-ink',
                )}
              >
                <entry.icon aria-hidden size={15} className={isHere ? 'text-accent-ink' : 'text-ink-faint'} />
                {entry.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
