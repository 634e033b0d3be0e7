import { z } from 'zod';
import { id, isoTime } from '../primitives.ts';

interface UsageKind {
  readonly label: string;
  /** What the price is for, besides an hour. */
  readonly unit: string;
  /** What its items are; null for kinds with one price. */
  readonly item: 'flavor' | 'volume type' | null;
}

/** All that can have a price. What is charged is one unit for one hour of it. */
export const usageKinds = {
  server: { label: 'Server, running', unit: 'server', item: 'flavor' },
  'server-stopped': { label: 'Server, stopped', unit: 'server', item: 'flavor' },
  image: { label: 'Image', unit: 'GiB', item: null },
  volume: { label: 'Volume', unit: 'GiB', item: 'volume type' },
  'floating-ip': { label: 'Floating IP', unit: 'address', item: null },
  object: { label: 'Objects', unit: 'GiB', item: null },
} as const satisfies Record<string, UsageKind>;

export type UsageKindName = keyof typeof usageKinds;
const names = Object.keys(usageKinds).filter((key): key is UsageKindName => key in usageKinds);
export const usageKind = z.enum(names);

/** The longest time that is added up at once. */
export const mostUsageDays = 366;

/** From a moment until before another; this month until now, unless said. */
export const usageQuery = z.strictObject({ from: isoTime.optional(), to: isoTime.optional() });

/** Decimal text; what is shown is never parsed again, so its bounds are not repeated. */
const money = z.string();

/** What one thing was for some time at one price. */
export const usageLine = z.object({
  projectId: id,
  projectName: z.string(),
  resourceId: id,
  resourceName: z.string(),
  kind: usageKind,
  /** Which of its kind, such as the flavor; empty for kinds with one price. */
  item: z.string(),
  /** Bytes of an image, 1 of a server or an address. */
  quantity: z.number().int(),
  milliseconds: z.number().int(),
  /** For one unit in one hour; null where nothing was said, so that it costs nothing. */
  price: money.nullable(),
  cost: money,
  /** Whether it is still there, as this. */
  isOpen: z.boolean(),
});
export type UsageLine = z.infer<typeof usageLine>;

const span = { from: isoTime, to: isoTime, currency: z.string().nullable(), total: money };

/** What a day of UTC cost. Days are rounded each by itself: their sum may differ from the total by millionths. */
export const usageDay = z.object({ day: z.iso.date(), cost: money });
export type UsageDay = z.infer<typeof usageDay>;

/** What this month comes to, if all that is there now stays as it is until its end; null for any other time. */
const forecast = z.object({ until: isoTime, total: money }).nullable();

/** The most lines that an answer holds; the CSV file has all. */
export const mostUsageLines = 1000;

/** The dearest first. The costs of all lines add up to the total exactly. */
export const usageReport = z.object({
  ...span,
  forecast,
  days: z.array(usageDay),
  lines: z.array(usageLine),
  /** How many lines there are; `lines` holds at most 1,000. */
  lineCount: z.number().int(),
});
export type UsageReport = z.infer<typeof usageReport>;

/** The same by project, for a domain or the whole cloud. */
export const usageByProject = z.object({
  ...span,
  forecast,
  days: z.array(usageDay),
  projects: z.array(z.object({ projectId: id, projectName: z.string(), domainId: id, cost: money })),
});
export type UsageByProject = z.infer<typeof usageByProject>;
