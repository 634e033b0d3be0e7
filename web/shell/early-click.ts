// On a slow machine a page is seen before its script is there, and a click on a button would do nothing and be forgotten.
// So a line that comes with the page itself remembers the last one, and the script presses that button when it has come.

declare global {
  interface Window {
    earlyClick?: { button: Element | null; remember: (event: Event) => void } | undefined;
  }
}

/** The line for the page: it stands before everything that can be clicked. */
export const rememberEarlyClick = [
  "window.earlyClick={button:null,remember(event){window.earlyClick.button=event.target.closest('button')}}",
  "window.addEventListener('click',window.earlyClick.remember,true)",
].join(';');

/** Presses the button that was clicked before this script ran, if there is one, once. */
export function pressEarlyClick(): void {
  const early = window.earlyClick;
  if (!early) return;
  window.removeEventListener('click', early.remember, true);
  window.earlyClick = undefined;
  const { button } = early;
  // What was sent with a form React itself hands over.
  if (!(button instanceof HTMLButtonElement) || !button.isConnected || button.type === 'submit') return;
  // Menus open when the pointer goes down, everything else when it was clicked.
  button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true }));
  button.click();
}
