export interface Turn {
  readonly at: number;
  /** What it is from then on; null for nothing that counts. */
  readonly becomes: { readonly kind: string; readonly item: string; readonly quantity: number } | null;
}

export interface PricedList {
  readonly startsAt: number;
  readonly prices: ReadonlyArray<{ readonly kind: string; readonly item: string; readonly nanos: number }>;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly openUntil: number;
}

interface Thing {
  readonly id: string;
  readonly turns: readonly Turn[];
}

const hour = 3_600_000n;
const gib = 2n ** 30n;

/**
 * What things cost, the slow and obvious way: between any two moments at which anything changes, look what is there and
 * what it costs. Exact; each line in millionths, halves up.
 */
export function usageIntegral(things: readonly Thing[], lists: readonly PricedList[], span: Span) {
  const moments = [
    ...[span.from, span.to, span.openUntil],
    ...things.flatMap(({ turns }) => turns.map(({ at }) => at)),
    ...lists.map(({ startsAt }) => startsAt),
  ];
  const ordered = [...new Set(moments)].toSorted((one, other) => one - other);
  const lines = new Map<string, { key: Array<string | number>; milliseconds: number; exact: bigint; nanos: bigint }>();
  for (const [index, begin] of ordered.entries()) {
    const end = ordered[index + 1];
    if (end === undefined || begin < span.from || end > span.to) continue;
    const list = listAt(lists, begin);
    for (const thing of things) {
      const is = stateAt(thing, begin, span.openUntil);
      if (is === null) continue;
      const isBytes = is.kind === 'image';
      const found = list?.prices.find(({ kind, item }) => kind === is.kind && item === is.item);
      const nanos = BigInt(found?.nanos ?? 0);
      const key = [thing.id, is.kind, is.item, is.quantity];
      const name = [...key, list?.startsAt].join();
      const line = lines.get(name) ?? { key, milliseconds: 0, exact: 0n, nanos };
      line.milliseconds += end - begin;
      // In billionths times the milliseconds of an hour times the bytes of a GiB.
      line.exact += BigInt(end - begin) * BigInt(is.quantity) * nanos * (isBytes ? 1n : gib);
      lines.set(name, line);
    }
  }
  const per = hour * gib * 1000n;
  const all = [...lines.values()].map((line) => ({ ...line, cost: (2n * line.exact + per) / (2n * per) }));
  const exact = all.reduce((sum, line) => sum + line.exact, 0n);
  /** How many millionths a total is away from the exact integral. */
  const offBy = (total: bigint) => Math.abs(Number(total * per - exact) / Number(per));
  return { lines: all, offBy };
}

function listAt(lists: readonly PricedList[], at: number): PricedList | undefined {
  return lists.toSorted((one, other) => one.startsAt - other.startsAt).findLast(({ startsAt }) => startsAt <= at);
}

/** What a thing is at a moment. What has not ended by `openUntil` is not known to be there after it. */
function stateAt({ turns }: Thing, at: number, openUntil: number): Turn['becomes'] {
  const index = turns.findLastIndex((turn) => turn.at <= at);
  const is = turns[index]?.becomes ?? null;
  if (is === null || at < openUntil) return is;
  const isEnded = turns.slice(index + 1).some(({ becomes }) => !isSame(becomes, is));
  return isEnded ? is : null;
}

function isSame(one: Turn['becomes'], other: Turn['becomes']): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
