import type { PageQuery } from '@unkai/contracts/primitives';
import type { KeyPair } from '@unkai/contracts/resources/key-pair';
import type { KeyPair as KeyPairRow } from '@unkai/prisma/client';
import { callerId, grantedGlobally, grantedOwn } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { spendOwn } from '../quota/quota.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseTakenName } from './refusal.ts';

/** Looks one of the caller's own key pairs up for an action. */
export async function findKeyPair(
  call: Call,
  wanted: `key-pair:${'read' | 'delete'}`,
  id: string,
): Promise<KeyPairRow> {
  const row = await call.core.database.prisma.keyPair.findUnique({ where: { id } });
  return grantedOwn(call, wanted, row, { noun: 'key-pair', id, ownerIds: [row?.userId] });
}

export async function listKeyPairs(call: Call, query: PageQuery): Promise<Page<KeyPair>> {
  await grantedGlobally(call, 'key-pair:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { userId: callerId(call), ...after };
  return pageOf(await call.core.database.prisma.keyPair.findMany({ where, orderBy, take }), query, viewKeyPair);
}

export type NewKeyPair = Pick<KeyPairRow, 'name' | 'kind' | 'publicKey' | 'fingerprintSha256'>;

/** Throws `conflict` when the caller has a key pair of that name, and `quota_exceeded`. */
export async function createKeyPair(unit: Unit, call: Call, input: NewKeyPair): Promise<KeyPair> {
  await spendOwn(unit.tx, call, { keyPairs: 1 });
  const made = unit.tx.keyPair.create({ data: { ...input, userId: callerId(call) } });
  const row = await refuseTakenName(made, `You already have a key pair named ${input.name}.`);
  await recordChange(unit, call, {
    action: 'key-pair:create',
    kind: 'created',
    id: row.id,
    name: row.name,
    projectId: null,
    detail: row.fingerprintSha256,
    after: row,
  });
  return viewKeyPair(row);
}

/** Servers keep the keys they were made with. */
export async function deleteKeyPair(unit: Unit, call: Call, row: KeyPairRow): Promise<void> {
  const { id, name } = row;
  await unit.tx.keyPair.delete({ where: { id } });
  await recordChange(unit, call, {
    action: 'key-pair:delete',
    kind: 'deleted',
    id,
    name,
    projectId: null,
    before: row,
  });
}

export function viewKeyPair({ id, name, kind, publicKey, fingerprintSha256, createdAt }: KeyPairRow): KeyPair {
  return { id, name, kind, publicKey, fingerprintSha256, createdAt: createdAt.toISOString() };
}
