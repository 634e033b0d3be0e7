import { type RawBuilder, sql } from 'kysely';
import type { ServerRows } from './server-rows.ts';

/** What servers can be sorted by: columns of their own, nulls first. */
const columns = {
  createdAt: (of: string) => sql`${sql.ref(`${of}.created_at`)}`,
  updatedAt: (of: string) => sql`${sql.ref(`${of}.updated_at`)}`,
  launchedAt: (of: string) => sql`coalesce(${sql.ref(`${of}.launched_at`)}, 'epoch'::timestamptz)`,
  id: (of: string) => sql`${sql.ref(`${of}.id`)}`,
  name: (of: string) => sql`${sql.ref(`${of}.name`)}`,
  description: (of: string) => sql`${sql.ref(`${of}.description`)}`,
  state: (of: string) => sql`${sql.ref(`${of}.state`)}`,
  availabilityZone: (of: string) => sql`${sql.ref(`${of}.availability_zone`)}`,
  flavorName: (of: string) => sql`${sql.ref(`${of}.flavor_name`)}`,
  memoryMib: (of: string) => sql`${sql.ref(`${of}.memory_mib`)}`,
  vcpus: (of: string) => sql`${sql.ref(`${of}.vcpus`)}`,
  imageId: (of: string) => sql`coalesce(${sql.ref(`${of}.image_id`)}::text, '')`,
  userId: (of: string) => sql`coalesce(${sql.ref(`${of}.user_id`)}::text, '')`,
  projectId: (of: string) => sql`${sql.ref(`${of}.project_id`)}`,
} as const satisfies Record<string, (of: string) => RawBuilder<unknown>>;

export interface ServerOrder {
  readonly by: keyof typeof columns;
  readonly direction: 'asc' | 'desc';
}

const newestFirst: readonly ServerOrder[] = [
  { by: 'createdAt', direction: 'desc' },
  { by: 'id', direction: 'desc' },
];

/** Sorts a search, newest first among equals, and begins it after the server `marker`. */
export function ordered(
  rows: ServerRows,
  { order, marker }: { readonly order: readonly ServerOrder[]; readonly marker: string | null },
): ServerRows {
  const whole = [...order, ...newestFirst.filter(({ by }) => order.every((each) => each.by !== by))];
  let found = marker === null ? rows : rows.where(after(whole, marker));
  for (const { by, direction } of whole) found = found.orderBy(columns[by]('server'), direction);
  return found;
}

/** Behind the marker in the first column in which the two differ. */
function after(order: readonly ServerOrder[], marker: string): RawBuilder<boolean> {
  const place = ({ by }: ServerOrder) =>
    sql`(SELECT ${columns[by]('mark')} FROM server AS mark WHERE mark.id = ${marker}::uuid)`;
  const ways = order.map((last, index) => {
    const sign = last.direction === 'asc' ? sql`>` : sql`<`;
    const ties = order.slice(0, index).map((each) => sql`${columns[each.by]('server')} = ${place(each)} AND `);
    return sql`(${sql.join(ties, sql``)}${columns[last.by]('server')} ${sign} ${place(last)})`;
  });
  return sql<boolean>`(${sql.join(ways, sql` OR `)})`;
}
