'use client';
import { useSyncExternalStore } from 'react';
import { Tooltip } from './tooltip.tsx';

const units = [
  [86_400_000 * 365, 'y'],
  [86_400_000 * 30, 'mo'],
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const;

/** The distance between two times in one unit: `now`, `4 min`, `3 d`. */
export function relativeTime(at: string, now: number): string {
  const distance = now - Date.parse(at);
  for (const [length, unit] of units) {
    if (Math.abs(distance) >= length) return `${Math.floor(Math.abs(distance) / length)} ${unit}`;
  }
  return 'now';
}

let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

// One clock for all times of a page: they change together, and a table of thousands has one timer.
function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present, in steps of half a minute and never before `at` (a clock that is a little late must not say "in the future"). */
function presentAfter(at: number): number {
  now ||= Date.now();
  return Math.max(now, at);
}

/** The present, in steps of half a minute. */
function present(): number {
  now ||= Date.now();
  return now;
}

const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/** `3 d`, with the absolute time on hover and for screen readers. `suffix` is `ago` where the sentence needs it. */
export function RelativeTime({ at, suffix = '' }: { at: string; suffix?: string }) {
  const begin = Date.parse(at);
  const present = useSyncExternalStore(
    subscribe,
    () => presentAfter(begin),
    () => begin,
  );
  const words = relativeTime(at, present);
  return (
    <Tooltip content={absolute.format(new Date(at))}>
      <time dateTime={at} className="whitespace-nowrap">
        {words === 'now' ? 'just now' : `${words}${suffix && ` ${suffix}`}`}
      </time>
    </Tooltip>
  );
}

// Begun minutes count as whole ones: what was made just now for 90 days is there for 90 days and not for 89.
const minuteMs = 60_000;

/** How long it is until a time to come: `90 d`; once it is over, `now`. With the absolute time as `RelativeTime`. */
export function TimeUntil({ at }: { at: string }) {
  const end = Date.parse(at);
  const begin = useSyncExternalStore(subscribe, present, () => end);
  return (
    <Tooltip content={absolute.format(new Date(at))}>
      <time dateTime={at} className="whitespace-nowrap">
        {begin >= end ? 'now' : relativeTime(at, begin - minuteMs)}
      </time>
    </Tooltip>
  );
}
