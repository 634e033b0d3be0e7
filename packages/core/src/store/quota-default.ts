import { type QuotaName, type quotaDefaultUpdate, quotaName } from '@unkai/contracts/quota';
import { z } from 'zod';
import { grantedGlobally, grantedOnDomain, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { givenOfTypes } from './limits.ts';

/** Lets operators at the defaults of the installation, and readers of a domain at those of its projects. */
export async function findQuotaDefaults(call: Call, domainId: string | null): Promise<void> {
  if (domainId === null) return grantedGlobally(call, 'quota-default:read');
  await grantedOnDomain(call, 'quota-default:read', domainId);
  await requireDomain(call, domainId);
}

/** What a domain gives to its projects is said by operators too: who manages it does not choose how much there is. */
export async function findQuotaDefaultsToUpdate(call: Call, domainId: string | null): Promise<void> {
  await grantedGlobally(call, 'quota-default:update');
  if (domainId !== null) await requireDomain(call, domainId);
}

async function requireDomain({ core }: Call, id: string): Promise<void> {
  if ((await core.database.prisma.domain.count({ where: { id } })) === 0) throw notFound('domain', id);
}

/** Projects without a limit of their own follow at once. What they have above a limit stays. */
export async function updateQuotaDefaults(
  unit: Unit,
  call: Call,
  { domainId, limits, volumeTypes }: Omit<z.output<typeof quotaDefaultUpdate>, 'domainId'> & OfDomain,
): Promise<void> {
  const { tx } = unit;
  for (const [key, limit] of Object.entries(limits)) {
    const name = quotaName.parse(key);
    const before = await tx.quotaDefault.findFirst({ where: { domainId, name } });
    const id = await write(unit, { domainId, name, limit });
    if (id !== undefined) await record(unit, call, { id, name, was: before?.limit, limit });
  }
  for (const { typeId, typeName, name, limit } of await givenOfTypes(tx, volumeTypes)) {
    const where = { domainId, volumeTypeId: typeId, name };
    const before = await tx.volumeTypeQuotaDefault.findFirst({ where });
    const id = await writeOfType(unit, { domainId, name, limit }, typeId);
    if (id !== undefined) await record(unit, call, { id, name: `${name} of ${typeName}`, was: before?.limit, limit });
  }
}

interface OfDomain {
  readonly domainId: string | null;
}

interface Change {
  readonly id: string;
  readonly name: string;
  readonly was: bigint | undefined;
  readonly limit: number | null;
}

function record(unit: Unit, call: Call, { id, name, was, limit }: Change): Promise<void> {
  const detail = `${was ?? 'as initially'} → ${limit ?? 'as initially'}`;
  return recordChange(unit, call, {
    action: 'quota-default:update',
    kind: 'changed',
    id,
    name,
    projectId: null,
    detail,
  });
}

const idRow = z.object({ id: z.string() });

interface Written {
  readonly domainId: string | null;
  readonly name: QuotaName;
  readonly limit: number | null;
}

/** Gives the row that was written or removed; none where there was nothing to remove. */
async function write({ tx }: Unit, { domainId, name, limit }: Written): Promise<string | undefined> {
  const found = await (limit === null
    ? tx.$queryRaw<unknown[]>`
        DELETE FROM quota_default WHERE domain_id IS NOT DISTINCT FROM ${domainId}::uuid AND name = ${name} RETURNING id`
    : tx.$queryRaw<unknown[]>`
        INSERT INTO quota_default (domain_id, name, "limit") VALUES (${domainId}::uuid, ${name}, ${limit}::bigint)
        ON CONFLICT (domain_id, name) DO UPDATE SET "limit" = excluded."limit" RETURNING id`);
  return found.map((row) => idRow.parse(row).id)[0];
}

/** The same, of one volume type. */
async function writeOfType(
  { tx }: Unit,
  { domainId, name, limit }: Written,
  typeId: string,
): Promise<string | undefined> {
  const found = await (limit === null
    ? tx.$queryRaw<unknown[]>`
        DELETE FROM volume_type_quota_default WHERE domain_id IS NOT DISTINCT FROM ${domainId}::uuid
          AND volume_type_id = ${typeId}::uuid AND name = ${name} RETURNING id`
    : tx.$queryRaw<unknown[]>`
        INSERT INTO volume_type_quota_default (domain_id, volume_type_id, name, "limit")
        VALUES (${domainId}::uuid, ${typeId}::uuid, ${name}, ${limit}::bigint)
        ON CONFLICT (domain_id, volume_type_id, name) DO UPDATE SET "limit" = excluded."limit" RETURNING id`);
  return found.map((row) => idRow.parse(row).id)[0];
}
