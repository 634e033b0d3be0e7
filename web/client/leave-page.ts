declare global {
  interface Window {
    /** Hears of ways back and forward before the router does. */
    beforeRouter?: ((event: PopStateEvent) => void) | undefined;
  }
}

/**
 * The line for the page by which it hears first. Who listens to ways back and forward is told in the order of asking, and
 * the router asks before any script of a page's own.
 */
export const hearBeforeRouter = "window.addEventListener('popstate',function(event){window.beforeRouter?.(event)})";

type Go = () => void;

let guard: ((go: Go) => void) | undefined;

/** Goes on to another page, or first asks whoever guards what was filled in on this one. */
export function leavePage(go: Go): void {
  if (guard) guard(go);
  else go();
}

/** From now on `ask` decides what becomes of each way off this page; gives what ends that. */
export function guardPage(ask: (go: Go) => void): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = undefined;
  };
}

/** The address that a click leads to, where it takes this tab to another page of the portal; undefined for any other. */
export function pageOfClick(event: MouseEvent, here: Pick<Location, 'origin' | 'pathname'>): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.hasAttribute('download') || !['', '_self'].includes(link.target)) return undefined;
  const to = new URL(link.href);
  if (to.origin !== here.origin || to.pathname === here.pathname) return undefined;
  return `${to.pathname}${to.search}${to.hash}`;
}
