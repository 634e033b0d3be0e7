import { type InvalidateOptions, type InvalidateQueryFilters, type Query, QueryClient } from '@tanstack/react-query';

/**
 * A query client that loses no change. An answer that is on its way when its query is told to ask again may be older than
 * the change. The library takes it for the new one when it is the first, so that the page would show for ever what was;
 * a later one it throws away, so that in a burst of changes none might ever arrive. Here each is let arrive, and its query
 * then asks once more, however often it was told meanwhile.
 */
export class LosslessQueryClient extends QueryClient {
  readonly #askingOnceMore = new WeakMap<Query, Promise<void>>();

  /** As the library's; the promise also waits for what is asked once more. */
  override async invalidateQueries<Key extends readonly unknown[] = readonly unknown[]>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const underWay = this.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' });
    const once = { cancelRefetch: false, ...options };
    await Promise.all([
      ...underWay.map((query) => this.#askOnceMore(query, once)),
      super.invalidateQueries(filters, once),
    ]);
  }

  #askOnceMore(query: Query, options: InvalidateOptions): Promise<void> {
    const asking = this.#askingOnceMore.get(query) ?? this.#afterAnswer(query, options);
    this.#askingOnceMore.set(query, asking);
    return asking;
  }

  async #afterAnswer(query: Query, options: InvalidateOptions): Promise<void> {
    // To fetch what is being fetched is to wait for it; how it ends makes no difference here.
    await query.fetch().catch(() => {});
    this.#askingOnceMore.delete(query);
    await super.invalidateQueries({ queryKey: query.queryKey, exact: true }, options);
  }
}
