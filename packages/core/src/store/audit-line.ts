import type { PageQuery } from '@unkai/contracts/primitives';
import { type AuditLine, auditLine } from '@unkai/contracts/resources/audit';
import type { AuditLine as AuditLineRow } from '@unkai/prisma/client';
import type { Call } from '../call.ts';
import { type Page, pageOf, placeAfter } from './page.ts';

export interface AuditFilter {
  readonly projectId: string;
  readonly resourceId?: string | undefined;
}

/** The lines of a project that the caller was let into by `findPlace`, newest first. */
export async function listAuditLines(call: Call, query: PageQuery & AuditFilter): Promise<Page<AuditLine>> {
  const { projectId, resourceId, limit } = query;
  const place = placeAfter(query);
  const rows = await call.core.database.prisma.auditLine.findMany({
    where: {
      projectId,
      ...(resourceId !== undefined && { resourceId }),
      ...(place && { OR: [{ at: { lt: place.createdAt } }, { at: place.createdAt, id: { lt: place.id } }] }),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const placed = rows.map((row) => ({ ...row, createdAt: row.at }));
  return pageOf(placed, query, viewAuditLine);
}

const { actorKind, outcome } = auditLine.shape;

function viewAuditLine(row: AuditLineRow): AuditLine {
  const { id, at, projectId, actorName, tokenName, address, requestId, action, noun, resourceId, resourceName } = row;
  return {
    id,
    at: at.toISOString(),
    projectId,
    actorName,
    actorKind: actorKind.parse(row.actorKind),
    tokenName,
    address,
    requestId,
    action,
    noun,
    resourceId,
    resourceName,
    outcome: outcome.parse(row.outcome),
    detail: row.detail,
  };
}
