'use client';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { OptionList } from '#ui/option-list.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../paths.ts';

type ProjectSwitcherProps = { user: CurrentUser | undefined; project: string | undefined; onNavigate?: () => void };

/** Shows the project of the page and opens another: type to find, arrows to choose. */
export function ProjectSwitcher({ user, project, onNavigate }: ProjectSwitcherProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const current = user?.projects.find(({ id }) => id === project);
  if (!user) return <Skeleton className="h-12 max-md:h-14" />;
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="flex h-12 w-full cursor-pointer items-center gap-2 rounded-control border bg-surface px-2.5 text-left transition-colors hover:border-line-strong max-md:h-14">
        <span className="grid min-w-0 grow">
          <span className="truncate text-ink-faint text-meta">
            {current && <span className="sr-only">Project </span>}
            {current?.domainName ?? 'Project'}
          </span>
          <span className="truncate font-medium text-table">{current?.name ?? 'Choose a project'}</span>
        </span>
        <ChevronsUpDown aria-hidden size={14} className="shrink-0 text-ink-faint" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label="Projects"
          className="z-50 w-64 animate-rise overflow-hidden rounded-panel border bg-overlay shadow-float"
        >
          <OptionList
            label="Find a project"
            placeholder="Find a project"
            options={user.projects.map(({ id, name, domainName }) => ({
              id,
              label: `${domainName} / ${name}`,
              keywords: id,
              ...(id === project && { aside: <Check aria-hidden size={14} className="text-accent-ink" /> }),
            }))}
            onChoose={(id) => {
              setOpen(false);
              onNavigate?.();
              router.push(paths.project({ project: id }));
            }}
            empty="No project of that name."
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
