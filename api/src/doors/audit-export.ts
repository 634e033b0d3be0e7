import { invalidInput } from '@unkai/contracts/errors';
import { id } from '@unkai/contracts/primitives';
import { type AuditLine, auditFilter } from '@unkai/contracts/resources/audit';
import { grantedGlobally, grantedOnDomain } from '@unkai/core/access';
import type { Call, Core } from '@unkai/core/call';
import { type AuditPlace, listAuditLines } from '@unkai/core/store/audit-line';
import { findPlace } from '@unkai/core/store/project';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { CallOf } from './call-of.ts';
import { csvLine } from './csv.ts';
import { problemResponse, requestIdOf } from './problem.ts';

interface AuditExportOptions {
  readonly callOf: CallOf;
  /** As `callOf`, for asking again while lines go out; it is no request of its own. */
  readonly callAgain: CallOf;
}

const query = auditFilter.extend({ format: z.enum(['csv', 'jsonl']).default('csv') });
const placeOf = z.object({ projectId: id.optional(), domainId: id.optional() });
const paths = ['/v1/projects/:projectId', '/v1/domains/:domainId', '/v1'] as const;
const linesAtOnce = 1_000;

/**
 * The audit log as a file: all lines that a filter lets through until now, newest first, as they are read, a page at a
 * time. However many they are, only one page is in memory; who loses their role while it goes out gets no further page.
 */
export function auditExportDoor(core: Core, { callOf, callAgain }: AuditExportOptions): Hono {
  const door = new Hono();
  for (const path of paths) {
    door.get(`${path}/audit-lines/export`, async (context) => {
      const call = await callOf(context);
      const place = parsed(placeOf, context.req.param());
      const { format, ...filter } = parsed(query, context.req.query());
      await authorise(call, place);
      const until = filter.to ?? new Date().toISOString();
      const pages = pagesOf({ context, callAgain, place, filter: { ...filter, to: until } });
      return new Response(ReadableStream.from(textOf(pages, format)).pipeThrough(new TextEncoderStream()), {
        headers: {
          'content-type': format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/jsonl',
          'content-disposition': `attachment; filename="audit-${until.slice(0, 10)}.${format}"`,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        },
      });
    });
  }
  door.onError((error, context) => problemResponse(error, requestIdOf(context.req.raw.headers), core.log));
  return door;
}

function parsed<Output>(schema: z.ZodType<Output>, given: unknown): Output {
  const result = schema.safeParse(given);
  if (!result.success) throw invalidInput(result.error);
  return result.data;
}

async function authorise(call: Call, { projectId, domainId }: AuditPlace): Promise<void> {
  if (projectId !== undefined) await findPlace(call, 'audit:read', projectId);
  else if (domainId !== undefined) await grantedOnDomain(call, 'domain-audit:read', domainId);
  else await grantedGlobally(call, 'system-audit:read');
}

interface Export {
  readonly context: Context;
  readonly callAgain: CallOf;
  readonly place: AuditPlace;
  readonly filter: z.output<typeof auditFilter>;
}

async function* pagesOf({ context, callAgain, place, filter }: Export): AsyncGenerator<AuditLine[]> {
  let cursor: string | null = null;
  do {
    const call = await callAgain(context);
    await authorise(call, place);
    const after: { cursor?: string } = cursor === null ? {} : { cursor };
    const { items, nextCursor } = await listAuditLines(call, { ...filter, ...place, ...after, limit: linesAtOnce });
    yield items;
    cursor = nextCursor;
  } while (cursor !== null);
}

async function* textOf(pages: AsyncIterable<AuditLine[]>, format: 'csv' | 'jsonl'): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(columns);
  for await (const lines of pages) {
    yield lines.map((line) => (format === 'csv' ? csvLine(cellsOf(line)) : `${JSON.stringify(line)}\n`)).join('');
  }
}

const columns = [
  ...['at', 'outcome', 'action', 'noun', 'resourceId', 'resourceName', 'projectId', 'projectName', 'domainId'],
  ...['actorId', 'actorName', 'actorKind', 'tokenName', 'credentialId', 'address', 'requestId', 'detail'],
  ...['before', 'after', 'id'],
] as const satisfies ReadonlyArray<keyof AuditLine>;

function cellsOf(line: AuditLine): Array<string | null> {
  return columns.map((column) => {
    const value = line[column];
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  });
}
