import type { PageQuery } from '@unkai/contracts/primitives';
import type { Flavor, flavorCreate } from '@unkai/contracts/resources/flavor';
import type { Flavor as FlavorRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted, grantedToAll } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate } from './refusal.ts';

/** Looks a flavor up for an action. Public ones are seen by everyone, others by operators only (A58). */
export async function findFlavor(call: Call, wanted: `flavor:${'read' | 'delete'}`, id: string): Promise<FlavorRow> {
  const row = await call.core.database.prisma.flavor.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'flavor', id, projectId: null, isShared: row?.isPublic ?? false });
}

export async function listFlavors(call: Call, query: PageQuery): Promise<Page<Flavor>> {
  await grantedToAll(call, 'flavor:read');
  const seen = allows(call.actor, 'flavor:read', null) ? {} : { isPublic: true };
  const { after, orderBy, take } = pageRows(query);
  const rows = await call.core.database.prisma.flavor.findMany({ where: { AND: [seen, after] }, orderBy, take });
  return pageOf(rows, query, viewFlavor);
}

/** Throws `conflict` when the name is taken. */
export async function createFlavor(unit: Unit, call: Call, input: z.infer<typeof flavorCreate>): Promise<Flavor> {
  const made = unit.tx.flavor.create({ data: input });
  const row = await refuseDuplicate(made, 'name', `There is already a flavor named ${input.name}.`);
  await recordChange(unit, call, {
    action: 'flavor:create',
    kind: 'created',
    id: row.id,
    name: row.name,
    projectId: null,
  });
  return viewFlavor(row);
}

/** Servers keep what they were made with. */
export async function deleteFlavor(unit: Unit, call: Call, { id, name }: FlavorRow): Promise<void> {
  await unit.tx.flavor.delete({ where: { id } });
  await recordChange(unit, call, { action: 'flavor:delete', kind: 'deleted', id, name, projectId: null });
}

export function viewFlavor({ id, name, vcpus, memoryMib, diskGib, isPublic }: FlavorRow): Flavor {
  return { id, name, vcpus, memoryMib, diskGib, isPublic };
}
