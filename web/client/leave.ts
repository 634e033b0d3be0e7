import { signOut } from 'next-auth/react';
import { paths } from '../paths.ts';

let isLeaving = false;

/** Ends a session that the API no longer knows and asks to sign in again, then back to this page. */
export async function leaveToSignIn(): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  const { pathname, search } = window.location;
  await signOut({ redirect: false });
  window.location.assign(paths.signIn({ next: `${pathname}${search}` }));
}

/** Signs out here, at the API, and at the OpenID provider if it was the way in; who signs in then comes to `next`. */
export async function leave(next?: string): Promise<void> {
  isLeaving = true;
  await signOut({ redirect: false });
  window.location.assign(paths.signOut(next === undefined ? {} : { next }));
}
