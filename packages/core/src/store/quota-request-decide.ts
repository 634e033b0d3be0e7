import type { QuotaName } from '@unkai/contracts/quota';
import type { QuotaRequest, quotaRequestApprove } from '@unkai/contracts/resources/quota-request';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { limits, lockProject } from '../quota/quota.ts';
import { updateLimits } from './limits.ts';
import { closeRequest, type FoundRequest, labelOf, recordRequest, viewQuotaRequest } from './quota-request.ts';
import { tellRequester } from './quota-request-notice.ts';
import { refuseField } from './refusal.ts';

/**
 * Gives what was asked, or the part of it that `input` says: the limits count with the commit, and the requester is
 * told. A limit that was raised meanwhile is not lowered. Throws `wrong_state` when it was answered already, and
 * `invalid_input` for a limit that was not asked for, is above it, or no more than the project had.
 */
export async function approveQuotaRequest(
  unit: Unit,
  call: Call,
  found: FoundRequest,
  { limits: only, answer }: z.output<typeof quotaRequestApprove>,
): Promise<QuotaRequest> {
  const { tx } = unit;
  await lockProject(tx, found.projectId);
  const given = givenOf(found, only);
  const isWhole = found.items.every(({ name, asked }) => given.get(name) === Number(asked));
  const state = isWhole ? 'approved' : 'partly';
  await closeRequest(tx, found.id, { state, answer, decidedByName: call.actor.name });
  for (const [name, granted] of given) {
    await tx.quotaRequestItem.update({ where: { requestId_name: { requestId: found.id, name } }, data: { granted } });
  }
  await raise(unit, call, found.projectId, given);
  const row = await tx.quotaRequest.findUniqueOrThrow({
    where: { id: found.id },
    include: { items: { orderBy: { name: 'asc' } }, project: { include: { domain: true } } },
  });
  await recordRequest(unit, call, row, { verb: 'approve', detail: givenWords(row) });
  await tellRequester(unit, call, row);
  return viewQuotaRequest(row);
}

function givenOf({ items }: FoundRequest, only: z.output<typeof quotaRequestApprove>['limits']): Map<string, number> {
  if (only === undefined) return new Map(items.map(({ name, asked }) => [name, Number(asked)]));
  return new Map(
    Object.entries(only).map(([name, limit]) => {
      const item = items.find((each) => each.name === name);
      if (item === undefined) throw refuseField(`limits.${name}`, 'was not asked for', 'Leave it out.');
      if (limit > item.asked)
        throw refuseField(
          `limits.${name}`,
          `is above the ${item.asked} that was asked`,
          'Give at most what was asked.',
        );
      if (limit <= item.had)
        throw refuseField(
          `limits.${name}`,
          `is not above the ${item.had} that the project had`,
          'Give more than the project had, or leave it out.',
        );
      return [name, limit];
    }),
  );
}

async function raise(unit: Unit, call: Call, projectId: string, given: Map<string, number>): Promise<void> {
  const present = await limits({ prisma: unit.tx }, { projectId, userId: null });
  const raised: Partial<Record<QuotaName, number>> = {};
  for (const { name, limit } of present) {
    const granted = given.get(name) ?? 0;
    if (granted > limit) raised[name] = granted;
  }
  if (Object.keys(raised).length > 0) await updateLimits(unit, call, projectId, { limits: raised, volumeTypes: {} });
}

function givenWords({ items }: FoundRequest): string {
  const words = items.map(
    ({ name, had, granted }) => `${labelOf(name)}: ${granted === null ? `${had} stays` : granted}`,
  );
  return words.join(', ');
}

/** Gives nothing, says why, and tells the requester. Throws `wrong_state` when it was answered already. */
export async function denyQuotaRequest(
  unit: Unit,
  call: Call,
  found: FoundRequest,
  answer: string,
): Promise<QuotaRequest> {
  const row = await closeRequest(unit.tx, found.id, { state: 'denied', answer, decidedByName: call.actor.name });
  await recordRequest(unit, call, row, { verb: 'deny', detail: answer });
  await tellRequester(unit, call, row);
  return viewQuotaRequest(row);
}
