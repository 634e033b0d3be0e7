/** Of this run: an earlier one can be had again by naming its own. */
export const seed = Number(process.env['UNKAI_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

export type Random = (below: number) => number;

/** Numbers from a seed (mulberry32), so that a run that failed can be had again. */
export function numbersFrom(start: number): Random {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
