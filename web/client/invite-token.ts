'use client';
import { useEffect, useState } from 'react';

const keptAs = 'unkai-invite';

/**
 * The token of the link that was opened. It stands behind the `#`, which browsers send to nobody; it is taken out of the
 * address, and kept in this tab for the way to the sign-in page and back. Undefined until the browser was asked, null
 * where there is none.
 */
export function useInviteToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const given = window.location.hash.slice(1);
    if (given === '') {
      setToken(window.sessionStorage.getItem(keptAs));
      return;
    }
    window.sessionStorage.setItem(keptAs, given);
    window.history.replaceState(null, '', window.location.pathname);
    setToken(given);
  }, []);
  return token;
}

/** It was used. */
export function forgetInviteToken(): void {
  window.sessionStorage.removeItem(keptAs);
}
