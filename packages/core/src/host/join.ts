import { randomUUID } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import type { HostFacts } from '@unkai/contracts/host/facts';
import type { JoinReply } from '@unkai/contracts/host/join';
import { auditRefusal } from '../audit/audit-refusal.ts';
import type { Call, Core } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Transaction } from '../database/database.ts';
import { anonymousActor, systemActor } from '../identity/actor.ts';
import { credentialHash, newCredential } from '../identity/credentials.ts';
import { refuseDuplicate } from '../store/refusal.ts';
import { hostRedisPassword } from './credential.ts';
import { ensureHostRedisUser, hostRedisAccess, redisPasswordHash } from './redis-user.ts';

type Hash = Uint8Array<ArrayBuffer>;

export interface JoinInput {
  readonly token: string;
  readonly facts: HostFacts;
  /** What the host made itself; none from agents of before. */
  readonly credential?: string | undefined;
  readonly requestId: string;
  readonly address: string | null;
  /** Redis as hosts reach it. */
  readonly redisUrl: string;
}

/**
 * Turns a join token, once, into a host with a credential of its own, which is shown here and kept nowhere. A name that
 * is known already keeps its row and its servers and gets the new credential: the old one, perhaps lost, ends. Who shows
 * a spent token with the very credential that it was spent for is answered as the first time: that answer was lost. Throws
 * `unauthenticated` for a token that was used, is too old, or never was.
 */
export async function joinHost(core: Core, input: JoinInput): Promise<JoinReply> {
  const credential = input.credential ?? newCredential('host').secret;
  const hash = credentialHash(credential);
  const passwordHash = redisPasswordHash(hostRedisPassword(credential));
  const hostId = (await joinedBefore(core, input.token, hash)) ?? (await join(core, input, { hash, passwordHash }));
  // Who listens by a credential of before does so no more.
  void core.queues.endHints(hostId).catch(() => {});
  // Without Redis the host joins all the same; its user is made with the first heartbeat that finds Redis up.
  await ensureHostRedisUser(core.queues.redis, hostId, passwordHash).catch((error: unknown) => {
    core.log.warn({ err: error, hostId }, 'the Redis user of a host could not be made yet');
  });
  return { hostId, credential, redis: hostRedisAccess(input.redisUrl, hostId, credential) };
}

/** The host that this token made, for who has the credential that it made it with. */
async function joinedBefore(core: Core, token: string, hash: Hash): Promise<string | null> {
  const where = { tokenHash: credentialHash(token), host: { credentialHash: hash } };
  const found = await core.database.prisma.joinToken.findFirst({ where, select: { hostId: true } });
  return found?.hostId ?? null;
}

interface Secrets {
  readonly hash: Hash;
  readonly passwordHash: string;
}

async function join(core: Core, input: JoinInput, secrets: Secrets): Promise<string> {
  return await commit(core.database, async (unit) => {
    const tokenHash = await spendToken(unit.tx, input.token);
    const { id, isNew } = await writeHost(unit.tx, input.facts, secrets);
    await unit.tx.joinToken.update({ where: { tokenHash }, data: { hostId: id }, select: { id: true } });
    await recordChange(unit, joinCall(core, input), {
      action: isNew ? 'host:join' : 'host:rejoin',
      kind: isNew ? 'created' : 'changed',
      id,
      name: input.facts.hostName,
      projectId: null,
    });
    return id;
  }).catch((error: unknown) => refuseJoin(core, input, error));
}

/** A guarded UPDATE: of two hosts with the same token at the same moment, one gets it. */
async function spendToken(tx: Transaction, token: string): Promise<Hash> {
  const now = new Date();
  const tokenHash = credentialHash(token);
  const { count } = await tx.joinToken.updateMany({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count === 1) return tokenHash;
  throw new UnkaiError('unauthenticated', 'This join token was used already, is too old, or is not one of ours.', {
    next: 'Make a new one on the hosts page or with POST /v1/join-tokens, and join again.',
  });
}

/** Writes a token that did not count into the audit log, with the reason that the stranger is not told. */
async function refuseJoin(core: Core, input: JoinInput, error: unknown): Promise<never> {
  if (!(error instanceof UnkaiError) || error.code !== 'unauthenticated') throw error;
  const found = await core.database.prisma.joinToken.findUnique({ where: { tokenHash: credentialHash(input.token) } });
  const why = found === null ? 'is none of ours' : found.usedAt === null ? 'is too old' : 'was used already';
  const { requestId, address, facts } = input;
  const stranger = { core, actor: anonymousActor, requestId, address, log: core.log };
  const about = { action: 'host:join', id: null, name: facts.hostName, projectId: null } as const;
  await auditRefusal(stranger, { ...about, detail: `its join token ${why}` });
  throw error;
}

async function writeHost(
  tx: Transaction,
  facts: HostFacts,
  { hash, passwordHash }: Secrets,
): Promise<{ id: string; isNew: boolean }> {
  const id = randomUUID();
  const data = { ...factColumns(facts), credentialHash: hash, redisPasswordHash: passwordHash };
  const written = tx.host.upsert({
    where: { name: facts.hostName },
    create: { ...data, id, name: facts.hostName },
    update: data,
    select: { id: true },
  });
  const host = await refuseDuplicate(written, {
    field: 'credential',
    message: 'Another host has this credential.',
    fix: 'Make one at random.',
  });

  return { id: host.id, isNew: host.id === id };
}

/** The columns that follow from what a host measured of itself. */
export function factColumns(facts: HostFacts) {
  const { vcpus, memoryMib, diskGib, underlayAddress } = facts;
  return { facts, heartbeatHash: null, vcpus, memoryMib, diskGib, underlayAddress, lastHeartbeatAt: new Date() };
}

function joinCall(core: Core, { facts, requestId, address }: JoinInput): Call {
  return { core, actor: { ...systemActor, name: `host ${facts.hostName}` }, requestId, address, log: core.log };
}
