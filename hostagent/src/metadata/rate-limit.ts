/** Requests that a caller may make at once, and how many more each second. cloud-init reads some forty paths at a start. */
const burst = 200;
const perSecond = 50;

type Bucket = { tokens: number; filledAtMs: number };

/** A token bucket per caller: one guest that asks without end takes nothing from the others. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  /** `now` gives milliseconds that never go back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether the caller may ask once more now. */
  take(caller: string): boolean {
    const now = this.#now();
    const bucket = this.#buckets.get(caller) ?? { tokens: burst, filledAtMs: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAtMs) / 1000) * perSecond);
    const allowed = tokens >= 1;
    this.#buckets.set(caller, { tokens: allowed ? tokens - 1 : tokens, filledAtMs: now });
    return allowed;
  }

  /** Forgets callers whose bucket is full again: they are as good as new ones. */
  prune(): void {
    const fullAfterMs = (burst / perSecond) * 1000;
    for (const [caller, bucket] of this.#buckets) {
      if (this.#now() - bucket.filledAtMs > fullAfterMs) this.#buckets.delete(caller);
    }
  }
}
