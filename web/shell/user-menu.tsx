'use client';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import { CircleUserRound, LogOut } from 'lucide-react';
import Link from 'next/link';
import { leave } from '#client/leave.ts';
import { KeyCap } from '#keyboard/key-cap.tsx';
import { keys } from '#keyboard/keys.ts';
import { buttonClasses } from '#ui/button.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#ui/menu.tsx';
import { paths } from '../paths.ts';
import { ThemeChoice } from './theme-choice.tsx';

type UserMenuProps = { user: CurrentUser | undefined; onOpenKeyboard: () => void };

/** Who is signed in, the theme, the keys, the API's reference, and the way out. */
export function UserMenu({ user, onOpenKeyboard }: UserMenuProps) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={user ? `Account of ${user.name}` : 'Account'}
          className={`${buttonClasses('quiet')} max-md:w-11 max-md:px-0`}
        >
          <CircleUserRound aria-hidden size={16} />
          <span className="hidden max-w-36 truncate md:inline">{user?.name}</span>
        </button>
      }
    >
      {user && (
        <div className="px-2 py-1.5">
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-ink-muted text-meta">
            {user.domainName}
            {user.systemRole && ` · ${user.systemRole} of this cloud`}
          </p>
        </div>
      )}
      <MenuSeparator />
      <MenuItem asChild>
        <Link href={paths.profile()}>Profile</Link>
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <ThemeChoice />
      <MenuSeparator />
      <MenuItem onSelect={onOpenKeyboard}>
        <span className="flex items-center justify-between gap-4">
          Keyboard <KeyCap of={keys.help} />
        </span>
      </MenuItem>
      <MenuItem asChild>
        <a href={paths.apiReference()}>API reference</a>
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => void leave()}>
        <span className="flex items-center gap-2">
          <LogOut aria-hidden size={14} /> Sign out
        </span>
      </MenuItem>
    </Menu>
  );
}
