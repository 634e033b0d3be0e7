import { signOut } from 'next-auth/react';
import { paths } from '../paths.ts';

let isLeaving = false;

/**
 * Asks to sign in again where the API no longer knows the session, then back to this page. The cookie is left alone: it may be
 * that of somebody who is just signing in beside this page, and the next one takes the place of a dead one.
 */
export function leaveToSignIn(): void {
  if (isLeaving) return;
  isLeaving = true;
  const { pathname, search } = window.location;
  window.location.assign(paths.signIn({ next: `${pathname}${search}` }));
}

/** Signs out here, at the API, and at the OpenID provider if it was the way in; who signs in then comes to `next`. */
export async function leave(next?: string): Promise<void> {
  isLeaving = true;
  // Where it cannot be said here, the page that comes next says it to the API, or that nobody answers.
  await signOut({ redirect: false }).catch(() => undefined);
  window.location.assign(paths.signOut(next === undefined ? {} : { next }));
}
