'use client';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useLiveProject } from '#client/live.ts';
import { useTRPC } from '#client/trpc.tsx';
import { KeyboardHelp } from '#keyboard/keyboard-help.tsx';
import { keys } from '#keyboard/keys.ts';
import { useKey } from '#keyboard/use-key.ts';
import { useReturnFocus } from '#ui/return-focus.ts';
import { CommandPalette } from './command-palette.tsx';
import { Rail } from './rail.tsx';
import { useRecentProject } from './recent-project.ts';
import { TopBar } from './top-bar.tsx';

type Overlay = 'rail' | 'palette' | 'keyboard';

/** The frame of every page behind sign-in: rail, top bar, palette, and the page. */
export function Shell({ children }: { children: ReactNode }) {
  const { project: inAddress, domain } = useParams<{ project?: string; domain?: string }>();
  // Pages outside a project keep the last one in the rail, as the way back.
  const recent = useRecentProject();
  const project = domain === undefined ? (inAddress ?? recent) : recent;
  const place = { project, domain };
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const [open, setOpen] = useState<Overlay>();
  const close = () => setOpen(undefined);
  useLiveProject(project);
  useKey(keys.palette, () => setOpen((now) => (now === 'palette' ? undefined : 'palette')));
  useKey(keys.help, () => setOpen('keyboard'));
  return (
    <div className="md:grid md:grid-cols-[224px_minmax(0,1fr)]">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh border-r bg-ground md:block">
        <Rail user={user} place={place} />
      </aside>
      {open === 'rail' && (
        <RailSheet onClose={close}>
          <Rail user={user} place={place} onNavigate={close} />
        </RailSheet>
      )}
      <div className="min-w-0">
        <header className="sticky top-0 z-30 border-b bg-ground/90 backdrop-blur-sm">
          <TopBar user={user} project={project} onOpen={setOpen} />
        </header>
        <main id="main" tabIndex={-1} className="mx-auto max-w-7xl px-4 py-6 outline-none md:px-6">
          {children}
        </main>
      </div>
      <CommandPalette
        isOpen={open === 'palette'}
        onClose={close}
        user={user}
        place={place}
        onKeyboard={() => setOpen('keyboard')}
      />
      <KeyboardHelp isOpen={open === 'keyboard'} onClose={close} />
    </div>
  );
}

function SkipLink() {
  return (
    <a
      href="#main"
      className="control fixed top-2 left-2 z-60 flex -translate-y-16 items-center border bg-overlay px-3 font-medium opacity-0 focus:translate-y-0 focus:opacity-100 focus:shadow-float"
    >
      Skip to content
    </a>
  );
}

function RailSheet({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-shade md:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-y-0 left-0 z-40 w-72 max-w-[85vw] animate-fade border-r bg-ground shadow-float md:hidden"
        >
          <Dialog.Title className="sr-only">Navigation</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
