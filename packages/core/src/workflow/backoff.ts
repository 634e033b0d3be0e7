/** Milliseconds until the next try: doubles from 100 up to `most`, with half of it left to chance so that retries spread. */
export function backoffMs(attempt: number, most: number, chance: number = Math.random()): number {
  const whole = Math.min(most, 100 * 2 ** Math.min(attempt, 20));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
