'use client';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { KeyCap } from '#keyboard/key-cap.tsx';
import { keys, shortcut } from '#keyboard/keys.ts';
import { IconButton } from '#ui/button.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { NotificationBell } from './notification-bell.tsx';
import { RunningOperations } from './running-operations.tsx';
import { UserMenu } from './user-menu.tsx';

type TopBarProps = {
  user: CurrentUser | undefined;
  project: string | undefined;
  onOpen: (what: 'rail' | 'palette' | 'keyboard') => void;
};

/** The bar above every page: where this is, the palette, what runs, and who is signed in. */
export function TopBar({ user, project, onOpen }: TopBarProps) {
  return (
    <div className="flex h-12 items-center gap-2 px-4 md:px-6">
      <div className="-ml-2 md:hidden">
        <IconButton aria-label="Open navigation" onClick={() => onOpen('rail')}>
          <MenuIcon aria-hidden size={18} />
        </IconButton>
      </div>
      <Breadcrumb />
      <div className="grow" />
      <button
        type="button"
        onClick={() => onOpen('palette')}
        aria-keyshortcuts={shortcut(keys.palette)}
        className="control inline-flex w-8 shrink-0 items-center justify-center gap-2 rounded-control border border-transparent text-ink-muted text-table transition-colors hover:bg-raised hover:text-ink max-md:w-11 md:w-auto md:border-line md:bg-surface md:px-2.5"
      >
        <Search aria-hidden size={14} />
        <span className="max-md:sr-only">Find or do</span>
        <span aria-hidden className="hidden md:inline">
          <KeyCap of={keys.palette} />
        </span>
      </button>
      {project !== undefined && <RunningOperations project={project} />}
      <NotificationBell />
      <UserMenu user={user} onOpenKeyboard={() => onOpen('keyboard')} />
    </div>
  );
}
