'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** The origin by which the portal was reached, such as `https://cloud.example`; undefined on the server. */
export function useOrigin(): string | undefined {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => undefined,
  );
}
