import { invalidInput } from '@unkai/contracts/errors';
import { id as idSchema } from '@unkai/contracts/primitives';
import { type UsageLine, usageQuery } from '@unkai/contracts/resources/usage';
import type { Core } from '@unkai/core/call';
import { findUsage, listUsageLines, usageSpan } from '@unkai/core/store/usage';
import { Hono } from 'hono';
import type { CallOf } from './call-of.ts';
import { problemResponse, requestIdOf } from './problem.ts';

const query = usageQuery.extend({ id: idSchema });

/** All that a project used, as a file for spreadsheets: the lines of its usage, however many. */
export function usageFileDoor(core: Core, { callOf }: { readonly callOf: CallOf }): Hono {
  const door = new Hono();
  door.get('/v1/projects/:id/usage.csv', async (context) => {
    const call = await callOf(context);
    const parsed = query.safeParse({ ...context.req.query(), id: context.req.param('id') });
    if (!parsed.success) throw invalidInput(parsed.error);
    const { id, ...asked } = parsed.data;
    await findUsage(call, id);
    const span = usageSpan(asked, new Date());
    const lines = await listUsageLines(core.database, id, span);
    const name = `usage-${span.from.toISOString().slice(0, 10)}.csv`;
    return context.body(usageFile(lines), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    });
  });
  door.onError((error, context) => problemResponse(error, requestIdOf(context.req.raw.headers), core.log));
  return door;
}

const columns: ReadonlyArray<readonly [header: string, value: (line: UsageLine) => string | number]> = [
  ['project_id', ({ projectId }) => projectId],
  ['resource_id', ({ resourceId }) => resourceId],
  ['resource_name', ({ resourceName }) => resourceName],
  ['kind', ({ kind }) => kind],
  ['item', ({ item }) => item],
  ['quantity', ({ quantity }) => quantity],
  ['milliseconds', ({ milliseconds }) => milliseconds],
  ['price_per_hour', ({ price }) => price ?? ''],
  ['cost', ({ cost }) => cost],
  ['still_there', ({ isOpen }) => String(isOpen)],
];

/** RFC 4180, with a head. */
function usageFile(lines: readonly UsageLine[]): string {
  const rows = [columns.map(([header]) => header), ...lines.map((line) => columns.map(([, value]) => value(line)))];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Spreadsheets take a cell that begins so for a formula; people choose the names of things. */
const formulaLike = /^[=+\-@\t\r]/;

function cell(value: string | number): string {
  const text = String(value);
  const safe = formulaLike.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
