'use client';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { leavePage } from '#client/leave-page.ts';
import { OptionList } from '#ui/option-list.tsx';
import { useReturnFocus } from '#ui/return-focus.ts';
import type { Place } from './places.ts';
import { useOfferedActions } from './quick-actions.tsx';
import { hitHref, hitOption } from './search-hit.tsx';
import { usePortalActions } from './use-portal-actions.tsx';
import { useSearch } from './use-search.ts';

type CommandPaletteProps = {
  isOpen: boolean;
  onClose: () => void;
  onKeyboard: () => void;
  user: CurrentUser | undefined;
  place: Place;
};

/** Go anywhere, do what the page offers, or paste a name, an id or an address to find what it belongs to. */
export function CommandPalette({ isOpen, ...props }: CommandPaletteProps) {
  return isOpen ? <OpenPalette {...props} /> : null;
}

function OpenPalette(props: Omit<CommandPaletteProps, 'isOpen'>) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => open || props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-panel border bg-overlay shadow-float"
        >
          <Dialog.Title className="sr-only">Search and actions</Dialog.Title>
          <Palette {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ user, place, onClose, onKeyboard }: Omit<CommandPaletteProps, 'isOpen'>) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const offered = useOfferedActions();
  const general = usePortalActions(user, place, onKeyboard);
  const { hits, note } = useSearch(typed, place.project);
  const taken = new Set(offered.map(({ id }) => id));
  const actions = [...offered, ...general.filter(({ id }) => !taken.has(id))];
  const found = user ? hits.filter((hit) => hitHref(hit, user, place) !== undefined) : [];
  const choose = (id: string) => {
    onClose();
    const action = actions.find((each) => each.id === id);
    if (action) return action.run();
    const hit = found.find((each) => `${each.noun} ${each.id}` === id);
    const href = hit && user && hitHref(hit, user, place);
    if (href !== undefined) leavePage(() => router.push(href));
  };
  return (
    <OptionList
      label="Search and actions"
      placeholder="A page, an action, a name, an id, an address"
      options={actions}
      found={found.map((hit) => hitOption(hit, place))}
      onType={setTyped}
      note={note}
      empty="Nothing that you may see has that name, id or address."
      onChoose={choose}
    />
  );
}
