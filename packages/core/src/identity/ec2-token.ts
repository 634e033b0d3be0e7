import { UnkaiError } from '@unkai/contracts/errors';
import { allows, requireSignIn } from '../access.ts';
import { auditRefused } from '../audit/audit.ts';
import { type Actor, type Call, keysOf } from '../call.ts';
import { unseal } from '../sealed.ts';
import { credentialHash } from './credentials.ts';
import { isSame, type ToSign } from './ec2-signature.ts';
import { type IssuedToken, issueTo } from './issue-token.ts';
import { provenColumns, wrongCredentials } from './password-check.ts';

/** A signature is taken this long after it was made, and before, as clocks differ. */
const windowMs = 5 * 60_000;

/** A signature that a service got with a request, and what it should be a signature of. */
export interface ShownSignature {
  readonly accessKey: string;
  readonly signature: string;
  readonly toSign: ToSign | null;
}

/**
 * Gives a service a token of whoever signed a request that it got. The service shows who it is itself: else whoever sees
 * a signed address, which people pass on, would get more than the address is good for (A04). A signature is taken once,
 * and not five minutes after it was made (A07). The token is for the key pair's project, makes no credentials (A05) and
 * ends with the key pair. Throws `forbidden` for a caller who is no service, and `wrong_credentials` for whatever does
 * not fit.
 */
export async function exchangeSignature(call: Call, shown: ShownSignature): Promise<IssuedToken> {
  await requireService(call);
  const row = await call.core.database.prisma.credential.findUnique({
    where: { accessKey: shown.accessKey, type: 'ec2', user: { isEnabled: true, domain: { isEnabled: true } } },
    include: { user: { select: provenColumns } },
  });
  const secret = row === null ? 'of nobody' : unseal(row.sealedBlob, `credential ${row.id}`, keysOf(call.core).atRest);
  const fits = shown.toSign !== null && isSame(shown.toSign.sign(secret), shown.signature);
  const age = Date.now() - (shown.toSign?.madeAt ?? 0);
  if (row === null || row.projectId === null || !fits || Math.abs(age) > windowMs) {
    throw await wrongCredentials(call, 'a signature that does not hold');
  }
  await useOnce(call, shown);
  const { id, projectId, user } = row;
  const stored = { kind: 'ec2', id, projectId, expiresAt: null } as const;
  return issueTo(call, { user, methods: ['ec2credential'], parent: null, stored });
}

/** Operators, and who has a role named `service` on the system, which operators alone give. */
async function requireService(call: Call): Promise<void> {
  const { actor } = call;
  requireSignIn(actor);
  if (allows(actor, 'signature:verify', null) || isService(actor)) return;
  await auditRefused(call, 'signature:verify', { noun: 'signature', id: '', projectId: null });
  throw new UnkaiError('forbidden', 'Only a service exchanges signatures of others for tokens.', {
    next: 'Use a token of an operator, or one for the system with a role named service on it.',
  });
}

function isService({ scope, roles, permissions }: Actor): boolean {
  return scope?.kind === 'system' && permissions === null && roles.some(({ name }) => name === 'service');
}

async function useOnce(call: Call, { accessKey, signature }: ShownSignature): Promise<void> {
  const digest = credentialHash(JSON.stringify([accessKey, signature]));
  const data = { digest, expiresAt: new Date(Date.now() + 2 * windowMs) };
  const { count } = await call.core.database.prisma.usedSignature.createMany({ data, skipDuplicates: true });
  if (count === 0) throw await wrongCredentials(call, 'a signature that was used before');
}
