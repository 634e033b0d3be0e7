import type { PageQuery } from '@unkai/contracts/primitives';
import { type AccessRule, accessRuleGiven } from '@unkai/contracts/resources/access-rule';
import type { AccessRule as AccessRuleRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { callerId, grantedGlobally, grantedOwn } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseInUse } from './refusal.ts';

/** Looks one of the caller's own up for an action. */
export async function findAccessRule(
  call: Call,
  wanted: `access-rule:${'read' | 'delete'}`,
  id: string,
): Promise<AccessRuleRow> {
  const row = await call.core.database.prisma.accessRule.findUnique({ where: { id } });
  return grantedOwn(call, wanted, row, { noun: 'access-rule', id, ownerIds: [row?.userId] });
}

export async function listAccessRules(call: Call, query: PageQuery): Promise<Page<AccessRule>> {
  await grantedGlobally(call, 'access-rule:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [{ userId: callerId(call) }, after] };
  return pageOf(await call.core.database.prisma.accessRule.findMany({ where, orderBy, take }), query, viewAccessRule);
}

/** The ids of the caller's rules that say this; those that are not there yet are made. */
export async function keepAccessRules(
  { tx }: Unit,
  call: Call,
  rules: ReadonlyArray<z.output<typeof accessRuleGiven>>,
): Promise<string[]> {
  if (rules.length === 0) return [];
  const userId = callerId(call);
  const wanted = rules.map(({ service, method, path }) => ({ userId, service, method, path }));
  await tx.accessRule.createMany({ data: wanted, skipDuplicates: true });
  const rows = await tx.accessRule.findMany({ where: { OR: wanted }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Throws `in_use`, naming each application credential that is confined to it: without it that would reach further. */
export async function deleteAccessRule(unit: Unit, call: Call, { id, path }: AccessRuleRow): Promise<void> {
  const where = { accessRules: { some: { accessRuleId: id } } };
  const users = await unit.tx.applicationCredential.findMany({ where, select: { id: true, name: true } });
  refuseInUse(
    'The access rule',
    users.map((user) => ({
      field: 'id',
      message: `is a rule of the application credential ${user.name} (${user.id})`,
    })),
  );
  await unit.tx.accessRule.delete({ where: { id } });
  await recordChange(unit, call, { action: 'access-rule:delete', kind: 'deleted', id, name: path, projectId: null });
}

export function viewAccessRule({ id, service, method, path, createdAt }: AccessRuleRow): AccessRule {
  return { id, service, method: accessRuleGiven.shape.method.parse(method), path, createdAt: createdAt.toISOString() };
}
