'use client';
import { useEffect, useState } from 'react';

/** The present in milliseconds, moving five times a second while `isRunning`, standing still otherwise. */
export function useClock(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
