import { randomUUID } from 'node:crypto';
import type { PageQuery } from '@unkai/contracts/primitives';
import type { Credential, credentialCreate, credentialUpdate } from '@unkai/contracts/resources/credential';
import type { Credential as CredentialRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { callerId, grantedGlobally, grantedOwn } from '../access.ts';
import { type Call, keysOf } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { seal } from '../sealed.ts';
import { lendableRoles } from './lending.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';

/** Looks one of the caller's own up for an action. */
export async function findCredential(
  call: Call,
  wanted: `credential:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<CredentialRow> {
  const row = await call.core.database.prisma.credential.findUnique({ where: { id } });
  return grantedOwn(call, wanted, row, { noun: 'credential', id, ownerIds: [row?.userId] });
}

/** The caller's own; those of others are nobody's business, and the secrets are not among what is shown (A11). */
export async function listCredentials(
  call: Call,
  query: PageQuery & { readonly type?: string | undefined },
): Promise<Page<Credential>> {
  await grantedGlobally(call, 'credential:read');
  const { after, orderBy, take } = pageRows(query);
  const { type } = query;
  const where = { AND: [{ userId: callerId(call), ...(type !== undefined && { type }) }, after] };
  return pageOf(await call.core.database.prisma.credential.findMany({ where, orderBy, take }), query, viewCredential);
}

/**
 * Keeps a secret of the caller's, encrypted. Throws `invalid_input` for an access key where there should be none or the
 * other way about, and for a project that the caller has no role on; `conflict` when the access key is taken.
 */
export async function createCredential(
  unit: Unit,
  call: Call,
  input: z.infer<typeof credentialCreate>,
): Promise<Credential> {
  const { type, blob, accessKey, projectId } = input;
  if (type === 'totp')
    throw refuseField(
      'type',
      'is for one-time codes, which have their own operations',
      'Choose another type; one-time codes are turned on in the profile of the portal.',
    );
  if ((type === 'ec2') !== (accessKey !== undefined)) {
    throw refuseField(
      'accessKey',
      'belongs to a credential of type ec2, and to no other',
      'Send accessKey with the type ec2, and leave it out with any other.',
    );
  }
  if (type === 'ec2' && projectId === undefined)
    throw refuseField('projectId', 'is needed for type ec2', 'Send the id of the project that the key is for.');
  if (projectId !== undefined) await lendableRoles(call, projectId);
  const id = randomUUID();
  const applicationCredentialId = await makerOf(call);
  const whose = { userId: callerId(call), applicationCredentialId };
  const data = { id, ...whose, type, accessKey: accessKey ?? null, projectId: projectId ?? null };
  const made = unit.tx.credential.create({ data: { ...data, sealedBlob: sealedBlob(call, id, blob) } });
  const row = await refuseDuplicate(made, {
    field: 'accessKey',
    message: 'There is already a credential with this access key.',
    fix: 'Choose another access key.',
  });
  await record(unit, call, 'create', row);
  return viewCredential(row);
}

/** The application credential that the caller's token was made with: what it makes is good for no more than it is. */
async function makerOf({ core, actor }: Call): Promise<string | null> {
  if (actor.kind !== 'token' || actor.credentialId === null) return null;
  const where = { id: actor.credentialId };
  return (await core.database.prisma.applicationCredential.findUnique({ where, select: { id: true } }))?.id ?? null;
}

/** The secret changes; whose it is, and for what, never does (A01). */
export async function updateCredential(
  unit: Unit,
  call: Call,
  { id }: CredentialRow,
  { blob }: z.infer<typeof credentialUpdate>,
): Promise<Credential> {
  const data = { sealedBlob: sealedBlob(call, id, blob) };
  const row = await unit.tx.credential.update({ where: { id }, data });
  await record(unit, call, 'update', row);
  return viewCredential(row);
}

export async function deleteCredential(unit: Unit, call: Call, row: CredentialRow): Promise<void> {
  await unit.tx.credential.delete({ where: { id: row.id } });
  await record(unit, call, 'delete', row);
}

function sealedBlob({ core }: Call, id: string, blob: string): Uint8Array<ArrayBuffer> {
  return seal(blob, `credential ${id}`, keysOf(core).atRest);
}

const kinds = { create: 'created', update: 'changed', delete: 'deleted' } as const;

function record(unit: Unit, call: Call, verb: keyof typeof kinds, { id, type, projectId }: CredentialRow) {
  return recordChange(unit, call, { action: `credential:${verb}`, kind: kinds[verb], id, name: type, projectId });
}

export function viewCredential({ id, userId, projectId, type, accessKey, createdAt }: CredentialRow): Credential {
  return { id, userId, projectId, type, accessKey, createdAt: createdAt.toISOString() };
}
