'use client';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import { FolderOpen, SunMoon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { OptionList } from '#ui/option-list.tsx';
import { useReturnFocus } from '#ui/return-focus.ts';
import { paths } from '../paths.ts';
import { operatorNavigation, projectNavigation } from './navigation.ts';
import { type QuickAction, useOfferedActions } from './quick-actions.tsx';
import { useTheme } from './theme-choice.tsx';
import { useProjectFinds } from './use-project-finds.tsx';

type CommandPaletteProps = {
  isOpen: boolean;
  onClose: () => void;
  user: CurrentUser | undefined;
  project: string | undefined;
};

/** Go anywhere, do what the page offers, or paste a name, an id or an address to find what it belongs to. */
export function CommandPalette({ isOpen, ...props }: CommandPaletteProps) {
  return isOpen ? <OpenPalette {...props} /> : null;
}

function OpenPalette({ onClose, user, project }: Omit<CommandPaletteProps, 'isOpen'>) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-panel border bg-overlay shadow-float"
        >
          <Dialog.Title className="sr-only">Search and actions</Dialog.Title>
          <Palette user={user} project={project} onClose={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ user, project, onClose }: Omit<CommandPaletteProps, 'isOpen'>) {
  const offered = useOfferedActions();
  const places = usePlaces(user, project);
  const finds = useProjectFinds(project);
  const actions = [...offered, ...places, ...finds];
  return (
    <OptionList
      label="Search and actions"
      placeholder="A page, an action, a name, an id, an address"
      options={actions}
      empty="Nothing here has that name, id or address. Check that you are in the project that owns it."
      onChoose={(id) => {
        onClose();
        actions.find((action) => action.id === id)?.run();
      }}
    />
  );
}

function usePlaces(user: CurrentUser | undefined, project: string | undefined): readonly QuickAction[] {
  const router = useRouter();
  const { theme, choose } = useTheme();
  const groups = [
    ...(project === undefined ? [] : projectNavigation(project)),
    ...(user?.systemRole ? [operatorNavigation] : []),
  ];
  const pages = groups
    .flatMap(({ entries }) => entries)
    .map((entry) => ({
      id: `page ${entry.href}`,
      label: entry.label,
      group: 'Go to',
      icon: <entry.icon aria-hidden size={15} className="text-ink-faint" />,
      run: () => router.push(entry.href),
    }));
  const projects = (user?.projects ?? [])
    .filter(({ id }) => id !== project)
    .map(({ id, name, domainName }) => ({
      id: `project ${id}`,
      label: `${domainName} / ${name}`,
      keywords: id,
      group: 'Change project',
      icon: <FolderOpen aria-hidden size={15} className="text-ink-faint" />,
      run: () => router.push(paths.project({ project: id })),
    }));
  const nextTheme = theme === 'dark' ? 'light' : 'dark';
  const themeAction = {
    id: 'theme',
    label: `Use the ${nextTheme} theme`,
    group: 'Portal',
    icon: <SunMoon aria-hidden size={15} className="text-ink-faint" />,
    run: () => choose(nextTheme),
  };
  return [...pages, ...projects, themeAction];
}
