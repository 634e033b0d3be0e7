'use client';
import { useEffect, useState } from 'react';

/** `value` as it was when it last stood still for so many milliseconds. */
export function useDebounced<Value>(value: Value, forMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), forMs);
    return () => clearTimeout(timer);
  }, [value, forMs]);
  return settled;
}
