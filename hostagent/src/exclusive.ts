const queues = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Runs `work` after all earlier work of this owner under the same name has ended, well or not. Gives its result and
 * throws its error. The owner is what the work is about, such as one host's tools.
 */
export async function exclusively<Result>(owner: object, name: string, work: () => Promise<Result>): Promise<Result> {
  const queue = queues.get(owner) ?? new Map<string, Promise<unknown>>();
  queues.set(owner, queue);
  const result = (queue.get(name) ?? Promise.resolve()).then(work, work);
  queue.set(name, result);
  try {
    return await result;
  } finally {
    if (queue.get(name) === result) queue.delete(name);
  }
}
