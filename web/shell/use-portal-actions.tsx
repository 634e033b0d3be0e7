'use client';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import {
  BookOpen,
  Building2,
  CircleUserRound,
  FolderOpen,
  Keyboard,
  LogOut,
  type LucideIcon,
  Plus,
  SunMoon,
} from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { leave } from '#client/leave.ts';
import { leavePage } from '#client/leave-page.ts';
import { useDenial } from '#resources/project.ts';
import { paths } from '../paths.ts';
import { navigationOf } from './navigation.ts';
import { type Place, samePageOfDomain, samePageOfProject } from './places.ts';
import { profilePages } from './profile-pages.ts';
import type { QuickAction } from './quick-actions.tsx';
import { useTheme } from './theme-choice.tsx';

const look = (Icon: LucideIcon) => <Icon aria-hidden size={15} className="shrink-0 text-ink-faint" />;

/** What the palette offers on every page: the pages, other projects and domains, and what concerns the portal itself. */
export function usePortalActions(
  user: CurrentUser | undefined,
  place: Place,
  onKeyboard: () => void,
): readonly QuickAction[] {
  const push = usePush();
  const { theme, choose } = useTheme();
  const places = usePlaceActions(user, place);
  const createDenial = useDenial(place.project ?? '')('server:create');
  const nextTheme = theme === 'dark' ? 'light' : 'dark';
  const act = (label: string, Icon: LucideIcon, run: () => void): QuickAction => ({
    id: label.toLowerCase(),
    label,
    group: 'Do',
    icon: look(Icon),
    run,
  });
  const { project } = place;
  return [
    ...(project === undefined || createDenial !== undefined
      ? []
      : [act('Create server', Plus, () => push(paths.serverCreate({ project })))]),
    ...places,
    act(`Use the ${nextTheme} theme`, SunMoon, () => choose(nextTheme)),
    // The dialog of the palette closes first.
    act('Keyboard', Keyboard, () => setTimeout(onKeyboard)),
    act('API reference', BookOpen, () => window.location.assign(paths.apiReference())),
    act('Sign out', LogOut, () => void leave()),
  ];
}

function usePlaceActions(user: CurrentUser | undefined, place: Place): readonly QuickAction[] {
  const push = usePush();
  const pathname = usePathname();
  const pages = navigationOf(user, place)
    .flatMap(({ label = '', entries }) => entries.map((entry) => ({ ...entry, keywords: label })))
    .map(({ href, label, icon, keywords }) => ({
      id: `page ${href}`,
      label,
      keywords,
      group: 'Go to',
      icon: look(icon),
      run: () => push(href),
    }));
  const profile = profilePages.map(({ href, label }) => ({
    id: `page ${href}`,
    label: `Profile: ${label}`,
    keywords: 'your own',
    group: 'Go to',
    icon: look(CircleUserRound),
    run: () => push(href),
  }));
  const projects = (user?.projects ?? [])
    .filter(({ id }) => id !== place.project || place.domain !== undefined)
    .map(({ id, name, domainName }) => ({
      id: `switch to ${id}`,
      label: `Switch to project ${name}`,
      keywords: `${id} ${domainName}`,
      group: 'Switch',
      icon: look(FolderOpen),
      run: () => push(samePageOfProject(pathname, id)),
    }));
  const domains = (user?.domains ?? [])
    .filter(({ id }) => id !== place.domain)
    .map(({ id, name }) => ({
      id: `switch to ${id}`,
      label: `Switch to domain ${name}`,
      keywords: id,
      group: 'Switch',
      icon: look(Building2),
      run: () => push(samePageOfDomain(pathname, id)),
    }));
  return [...pages, ...profile, ...projects, ...domains];
}

/** Opens another page, unless what was filled in on this one is to be kept. */
function usePush(): (href: string) => void {
  const router = useRouter();
  return (href) => leavePage(() => router.push(href));
}
