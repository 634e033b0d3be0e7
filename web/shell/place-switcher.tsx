'use client';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import { Building2, Check, ChevronsUpDown, FolderOpen } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { leavePage } from '#client/leave-page.ts';
import { type Option, OptionList } from '#ui/option-list.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { type Place, placesOf, samePageOfDomain, samePageOfProject } from './places.ts';
import { recentProject } from './recent-project.ts';

type PlaceSwitcherProps = { user: CurrentUser | undefined; place: Place; onNavigate?: () => void };

/** Shows the project or domain of the page and leads to the same page of another: type to find, arrows to choose. */
export function PlaceSwitcher({ user, place, onNavigate }: PlaceSwitcherProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [isOpen, setOpen] = useState(false);
  if (!user) return <Skeleton className="h-12 max-md:h-14" />;
  const choose = (chosen: string) => {
    setOpen(false);
    onNavigate?.();
    const [kind, id = ''] = chosen.split(' ');
    const to = kind === 'domain' ? samePageOfDomain(pathname, id) : samePageOfProject(pathname, id);
    leavePage(() => router.push(to));
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="flex h-12 w-full cursor-pointer items-center gap-2 rounded-control border bg-surface px-2.5 text-left transition-colors hover:border-line-strong max-md:h-14">
        <Present user={user} place={place} />
        <ChevronsUpDown aria-hidden size={14} className="shrink-0 text-ink-faint" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Projects and domains"
          className="z-50 w-72 max-w-[calc(100vw-1rem)] animate-rise overflow-hidden rounded-panel border bg-overlay shadow-float"
        >
          <OptionList
            label="Find a project or a domain"
            placeholder="Find a project or a domain"
            options={optionsOf(user, place)}
            onChoose={choose}
            empty="Nothing that you can open has that name."
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Present({ user, place }: { user: CurrentUser; place: Place }) {
  const domain = user.domains.find(({ id }) => id === place.domain);
  const project = user.projects.find(({ id }) => id === place.project);
  const [kind, above, name] = domain
    ? ['Domain ', 'Domain', domain.name]
    : ['Project ', project?.domainName ?? 'Project', project?.name ?? 'Choose a project'];
  return (
    <span className="grid min-w-0 grow">
      <span className="truncate text-ink-faint text-meta">
        {project && !domain && <span className="sr-only">{kind}</span>}
        {above}
      </span>
      <span className="truncate font-medium text-table">{name}</span>
    </span>
  );
}

const check = <Check aria-hidden size={14} className="shrink-0 text-accent-ink" />;
const projectIcon = <FolderOpen aria-hidden size={15} className="shrink-0 text-ink-faint" />;
const domainIcon = <Building2 aria-hidden size={15} className="shrink-0 text-ink-faint" />;

/** The projects that were open last, then each domain with its projects below. */
function optionsOf(user: CurrentUser, place: Place): readonly Option[] {
  const others = recentProject.readAll().filter((id) => id !== place.project);
  const recent = user.projects.length > 5 ? others.flatMap((id) => user.projects.filter((each) => each.id === id)) : [];
  const current = place.domain ?? place.project;
  return [
    ...recent.slice(0, 3).map(({ id, name, domainName }) => ({
      id: `recent ${id}`,
      label: name,
      group: 'Open last',
      icon: projectIcon,
      aside: <span className="shrink-0 text-ink-faint text-meta">{domainName}</span>,
    })),
    ...placesOf(user).flatMap(({ id, name, isOpen, projects }) => [
      ...(isOpen
        ? [{ id: `domain ${id}`, label: 'People and projects', group: name, icon: domainIcon, keywords: id }]
        : []),
      ...projects.map((project) => ({
        id: `project ${project.id}`,
        label: project.name,
        group: name,
        keywords: project.id,
        depth: project.depth,
        icon: projectIcon,
      })),
    ]),
  ].map((option) => (option.id.endsWith(` ${current}`) ? { ...option, aside: check } : option));
}
