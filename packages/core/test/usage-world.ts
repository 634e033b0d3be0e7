import fc from 'fast-check';
import type { Database } from '../src/database/database.ts';
import type { PricedList, Turn } from './usage-integral.ts';

const flavors = ['tiny', 'small', 'large'];
/** Far enough ahead that price lists have not started, and so can make way for those of the next history. */
export const epoch = Date.UTC(2100, 0, 1);
export const month = 31 * 86_400_000;
/** Within two months from the epoch. */
export const moment = fc.integer({ min: 0, max: 2 * month }).map((after) => epoch + after);

const becoming = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constantFrom('server', 'server-stopped'),
    item: fc.constantFrom(...flavors),
    quantity: fc.constant(1),
  }),
  fc.record({ kind: fc.constant('image'), item: fc.constant(''), quantity: fc.integer({ min: 0, max: 5e12 }) }),
  fc.record({ kind: fc.constant('floating-ip'), item: fc.constant(''), quantity: fc.constant(1) }),
);
/** What one thing became, and when. */
export const histories = fc.array(fc.record({ at: moment, becomes: becoming }), { maxLength: 12 });
const nanos = fc.integer({ min: 0, max: 2_000_000_000 });
const pricesOfList = fc.uniqueArray(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('server', 'server-stopped'), item: fc.constantFrom(...flavors), nanos }),
    fc.record({ kind: fc.constantFrom('image', 'floating-ip'), item: fc.constant(''), nanos }),
  ),
  { selector: ({ kind, item }) => `${kind} ${item}`, maxLength: 8 },
);
/** Price lists that start at some time. */
export const pricedLists = fc.uniqueArray(fc.record({ startsAt: moment, prices: pricesOfList }), {
  selector: ({ startsAt }) => startsAt,
  maxLength: 4,
});
/** Writes a history as the triggers do, at times of its own. */
export async function liveUsage(
  database: Database,
  projectId: string,
  resourceId: string,
  turns: readonly Turn[],
): Promise<void> {
  for (const { at, becomes } of turns) {
    const { kind, item, quantity } = becomes ?? { kind: null, item: '', quantity: 1 };
    await database.prisma.$executeRaw`
      SELECT usage_turn(${resourceId}::uuid, 'web', ${projectId}::uuid, ${kind}, ${item}, ${quantity}::bigint, NULL, NULL, NULL,
        ${new Date(at)}::timestamptz)`;
  }
}

/** Makes these the price lists, instead of those before. */
export async function setPriceLists(database: Database, given: readonly PricedList[]): Promise<void> {
  await database.prisma.priceList.deleteMany();
  for (const { startsAt, prices } of given) {
    const data = { name: 'list', currency: 'EUR', startsAt: new Date(startsAt), prices: { create: [...prices] } };
    await database.prisma.priceList.create({ data });
  }
}
