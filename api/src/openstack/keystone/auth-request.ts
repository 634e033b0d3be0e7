import { invalidInput, UnkaiError } from '@unkai/contracts/errors';
import { sizeRule } from '@unkai/contracts/field-rule';
import type { Proofs } from '@unkai/core/identity/token-proof';
import type { ScopeRequest } from '@unkai/core/identity/token-scope';
import { z } from 'zod';
import { givenDomainId, givenId } from './ids.ts';

/** Longer ones are refused before anything is looked up or hashed (A14). */
const short = z.string().max(512, sizeRule);

const domain = z.union([
  z.looseObject({ id: short }).transform(({ id }) => ({ id: givenDomainId(id) })),
  z.looseObject({ name: short }).transform(({ name }) => ({ name })),
]);
/** Somebody or something, by its id or by its name in a domain. */
const byId = { id: short };
const byName = { name: short, domain };
const referenceOf = (given: { id: string } | { name: string; domain: z.output<typeof domain> }) =>
  'id' in given ? { id: givenId(given.id) } : { name: given.name, domain: given.domain };
const reference = z.union([z.object(byId), z.object(byName)]).transform(referenceOf);

const password = z.object({
  user: z
    .union([z.object({ ...byId, password: short }), z.object({ ...byName, password: short })])
    .transform(({ password, ...user }) => ({ user: referenceOf(user), password })),
});
const totp = z.object({
  user: z
    .union([z.object({ ...byId, passcode: short }), z.object({ ...byName, passcode: short })])
    .transform(({ passcode, ...user }) => ({ user: referenceOf(user), code: passcode })),
});
const applicationCredential = z.union([
  z.object({ id: short, secret: short }).transform(({ id, secret }) => ({ of: { id: givenId(id) }, secret })),
  z
    .object({ name: short, secret: short, user: reference })
    .transform(({ name, user, secret }) => ({ of: { name, user }, secret })),
]);

/** What a request says besides, of methods that it does not name, counts for nothing. */
const identity = z.looseObject({
  methods: z.array(z.string().max(64)).min(1).max(8),
  password: password.optional(),
  totp: totp.optional(),
  token: z.looseObject({ id: short }).optional(),
  application_credential: applicationCredential.optional(),
});

const scope = z.union([
  z.literal('unscoped').transform((): ScopeRequest => ({ kind: 'unscoped' })),
  z.looseObject({ project: reference }).transform(({ project }): ScopeRequest => ({ kind: 'project', project })),
  z.looseObject({ domain }).transform(({ domain }): ScopeRequest => ({ kind: 'domain', domain })),
  z
    .looseObject({ system: z.looseObject({ all: z.literal(true) }) })
    .transform((): ScopeRequest => ({ kind: 'system' })),
  z
    .looseObject({ 'OS-TRUST:trust': z.looseObject({ id: short }) })
    .transform(({ 'OS-TRUST:trust': trust }): ScopeRequest => ({ kind: 'trust', trustId: givenId(trust.id) })),
  z.looseObject({ unscoped: z.looseObject({}) }).transform((): ScopeRequest => ({ kind: 'unscoped' })),
]);

export const authRequest = z.looseObject({ auth: z.looseObject({ identity, scope: scope.optional() }) });
type Identity = z.output<typeof identity>;

const methods = {
  password: ({ password }) => password && { password: password.user },
  totp: ({ totp }) => totp && { totp: totp.user },
  token: ({ token }) => token && { token: token.id },
  application_credential: ({ application_credential: shown }) => shown && { applicationCredential: shown },
} as const satisfies Record<string, (identity: Identity) => Proofs | undefined>;

const methodName = z.enum(['password', 'totp', 'token', 'application_credential']);

/**
 * How the sender of a request shows who they are. Throws `unauthenticated` for a method that is not here, and
 * `invalid_input` for one that is named and not given.
 */
export function proofsOf(identity: Identity): Proofs {
  const proofs: Proofs[] = identity.methods.map((name) => {
    const method = methodName.safeParse(name);
    if (!method.success) {
      throw new UnkaiError('unauthenticated', 'Attempted to authenticate with an unsupported method.', {
        next: 'The methods are password, totp beside it, token and application_credential.',
      });
    }
    const proof = methods[method.data](identity);
    if (proof === undefined) throw missing(method.data);
    return proof;
  });
  return Object.assign({}, ...proofs);
}

function missing(method: string): UnkaiError {
  const message = 'is required: "methods" names it';
  return invalidInput(
    new z.ZodError([{ code: 'custom', path: ['auth', 'identity', method], message, input: undefined }]),
  );
}
