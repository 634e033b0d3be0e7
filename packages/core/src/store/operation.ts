import { failure } from '@unkai/contracts/errors';
import {
  type Operation,
  type OperationQuery,
  type OperationStep,
  operationState,
  stepState,
} from '@unkai/contracts/resources/operation';
import type { WorkflowRun as RunRow, WorkflowStep as StepRow } from '@unkai/prisma/client';
import { z } from 'zod';
import { allows, granted } from '../access.ts';
import type { Call } from '../call.ts';
import { workflowCatalog, workflowName } from '../workflow/catalog.ts';
import { type Page, pageOf, pageRows } from './page.ts';

export type FoundRun = RunRow & { steps: StepRow[] };
export const withSteps = { steps: { orderBy: { position: 'asc' } } } as const;

/** Looks an operation up for an action; it belongs to the project of what it works on (A60). */
export async function findOperation(call: Call, wanted: 'operation:read', id: string): Promise<Operation> {
  const row = await call.core.database.prisma.workflowRun.findUnique({ where: { id }, include: withSteps });
  const found = await granted(call, wanted, row, { noun: 'operation', id, projectId: row?.projectId ?? null });
  return viewOperation(found, seesHosts(call));
}

/** The operations of a project that the caller was let into by `findPlace`, newest first. */
export async function listOperations(
  call: Call,
  query: OperationQuery & { readonly projectId: string },
): Promise<Page<Operation>> {
  const { projectId, resourceId, state, isOpen } = query;
  const { after, orderBy, take } = pageRows(query);
  const filter = {
    projectId,
    ...(resourceId !== undefined && { resourceId }),
    ...(state !== undefined && { state }),
    ...(isOpen !== undefined && { endedAt: isOpen ? null : { not: null } }),
  };
  const where = { AND: [filter, after] };
  const rows = await call.core.database.prisma.workflowRun.findMany({ where, orderBy, take, include: withSteps });
  const showsDetail = seesHosts(call);
  return pageOf(rows, query, (row) => viewOperation(row, showsDetail));
}

/** What is kept for operators names hosts; who may not see hosts does not read of them here either (H1). */
export const seesHosts = (call: Call) => allows(call.actor, 'host:read', null);

const known = failure.nullable();

export function viewOperation(row: FoundRun, showsDetail: boolean): Operation {
  const { id, projectId, name, noun, resourceId, resourceName, requestId, userId, createdAt, deadlineAt } = row;
  const workflow = workflowName.safeParse(name);
  return {
    id,
    projectId,
    name,
    title: workflow.success ? workflowCatalog[workflow.data].title : name,
    noun,
    resourceId,
    resourceName,
    state: operationState.parse(row.state),
    failure: known.parse(row.failure),
    requestId,
    userId,
    steps: row.steps.map((step) => viewStep(step, showsDetail)),
    createdAt: createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    deadlineAt: deadlineAt.toISOString(),
  };
}

const memo = z.object({ detail: z.string().optional() }).nullable();

function viewStep(row: StepRow, showsDetail: boolean): OperationStep {
  const { name, title, state, attempt, progress, failure, result, startedAt, endedAt } = row;
  return {
    name,
    title,
    state: stepState.parse(state),
    attempt,
    progress,
    failure: known.parse(failure),
    detail: showsDetail ? (memo.parse(result)?.detail ?? null) : null,
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
