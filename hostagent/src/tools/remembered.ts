/**
 * Remembers what a read gave, for a moment and until the next change: metadata requests come by the hundred, and each
 * asks who has a port. Changes go through `change`, so a read that overlaps one is never remembered.
 */
export class Remembered<Value> {
  readonly #read: () => Promise<Value>;
  readonly #freshMs: number;
  #value: { value: Value; atMs: number } | undefined;
  #reading: Promise<Value> | undefined;
  #changes = 0;

  constructor(read: () => Promise<Value>, freshMs: number) {
    this.#read = read;
    this.#freshMs = freshMs;
  }

  /** All who ask while it is being read share one read: else each second the callers of that moment would make one each. */
  get(): Promise<Value> {
    if (this.#value !== undefined && performance.now() - this.#value.atMs < this.#freshMs) {
      return Promise.resolve(this.#value.value);
    }
    if (this.#reading !== undefined) return this.#reading;
    const reading = this.#readOnce().finally(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    this.#reading = reading;
    return reading;
  }

  async #readOnce(): Promise<Value> {
    const before = this.#changes;
    const value = await this.#read();
    if (before === this.#changes) this.#value = { value, atMs: performance.now() };
    return value;
  }

  async change(work: () => Promise<void>): Promise<void> {
    this.#forget();
    try {
      await work();
    } finally {
      this.#forget();
    }
  }

  #forget(): void {
    this.#changes++;
    this.#value = undefined;
    this.#reading = undefined;
  }
}
