'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { guardPage, leavePage, pageOfClick } from '#client/leave-page.ts';
import { ConfirmDialog } from '#ui/dialog.tsx';

/**
 * Asks before a page is left on which something was filled in: by a link, by the browser's own ways back and forward, by
 * the palette and the switcher of projects. Before a reload, or another site, the browser asks in its own words.
 */
export function LeaveGuard({ isChanged, description }: { isChanged: boolean; description: string }) {
  const router = useRouter();
  const [go, setGo] = useState<() => void>();
  const isLeaving = useRef(false);
  useEffect(() => {
    if (!isChanged) return;
    const unguard = guardPage((wanted) => setGo(() => wanted));
    const stopWays = watchWaysOut((to) => router.push(to), isLeaving);
    return () => {
      unguard();
      stopWays();
    };
  }, [isChanged, router]);
  if (!go) return null;
  return (
    <ConfirmDialog
      title="Leave this page?"
      description={description}
      action="Leave page"
      keep="Stay here"
      onClose={() => setGo(undefined)}
      onConfirm={() => {
        isLeaving.current = true;
        setGo(undefined);
        go();
      }}
      pending={false}
      problem={undefined}
    />
  );
}

/** Hands each way off the page that the browser offers to `leavePage`; gives what ends that. */
function watchWaysOut(open: (path: string) => void, isLeaving: { readonly current: boolean }): () => void {
  const { state }: { state: unknown } = window.history;
  const here = window.location.href;
  const onUnload = (event: BeforeUnloadEvent) => {
    if (!isLeaving.current) event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const to = pageOfClick(event, window.location);
    if (to === undefined || isLeaving.current) return;
    event.preventDefault();
    event.stopPropagation();
    leavePage(() => open(to));
  };
  // The browser has gone already when it says so: this page is put on top of where it went, before the router is told.
  const onPopState = (event: PopStateEvent) => {
    if (isLeaving.current) return;
    event.stopImmediatePropagation();
    window.history.pushState(state, '', here);
    leavePage(() => window.history.back());
  };
  window.addEventListener('beforeunload', onUnload);
  window.addEventListener('click', onClick, { capture: true });
  window.beforeRouter = onPopState;
  return () => {
    window.removeEventListener('beforeunload', onUnload);
    window.removeEventListener('click', onClick, { capture: true });
    window.beforeRouter = undefined;
  };
}
