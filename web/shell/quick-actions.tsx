'use client';
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';
import type { Option } from '#ui/option-list.tsx';

export type QuickAction = Option & { run: () => void };
type Offer = () => readonly QuickAction[];

const QuickActions = createContext<Set<Offer>>(new Set());

/** Holds what the page at hand offers to the command palette. The palette reads it when it opens. */
export function QuickActionsProvider({ children }: { children: ReactNode }) {
  const [offers] = useState(() => new Set<Offer>());
  return <QuickActions value={offers}>{children}</QuickActions>;
}

/** What all pages on screen offer now. */
export function useOfferedActions(): readonly QuickAction[] {
  return [...use(QuickActions)].flatMap((offer) => offer());
}

/** Offers `actions` in the command palette while the page is shown. */
export function useQuickActions(actions: readonly QuickAction[]): void {
  const offers = use(QuickActions);
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const offer = () => latest.current;
    offers.add(offer);
    return () => {
      offers.delete(offer);
    };
  }, [offers]);
}
