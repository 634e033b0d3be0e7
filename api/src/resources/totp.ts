import { totpBegun, totpConfirm, totpConfirmed, totpProof, totpState } from '@unkai/contracts/resources/totp';
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes, totpOf } from '@unkai/core/store/totp';
import { z } from 'zod';
import { noInput, operations, procedure, router } from '../trpc.ts';

const operation = operations('One-time codes');

export const totpRouter = router({
  get: procedure
    .meta(operation('GET /users/me/totp', 'Show whether signing in asks you for a one-time code', 'totp:read'))
    .input(noInput)
    .output(totpState)
    .query(({ ctx: { call } }) => totpOf(call)),
  begin: procedure
    .meta(
      operation('POST /users/me/totp', 'Get a seed for your authenticator app', 'totp:update', { showsSecret: true }),
    )
    .input(noInput)
    .output(totpBegun)
    .mutation(({ ctx: { call } }) => beginTotp(call)),
  confirm: procedure
    .meta(
      operation('POST /users/me/totp/confirm', 'Turn one-time codes on with one of them', 'totp:update', {
        showsSecret: true,
      }),
    )
    .input(totpConfirm)
    .output(totpConfirmed)
    .mutation(({ ctx: { call }, input }) => confirmTotp(call, input.code)),
  renewRecoveryCodes: procedure
    .meta(
      operation(
        'POST /users/me/totp/recovery-codes',
        'Get new recovery codes instead of those that are left, with password and code',
        'totp:update',
        // A change of what is there, and never only tried: the code that is shown is used up by that.
        { answer: 'changed', showsSecret: true },
      ),
    )
    .input(totpProof)
    .output(totpConfirmed)
    .mutation(({ ctx: { call }, input }) => renewRecoveryCodes(call, input)),
  remove: procedure
    .meta(
      operation('POST /users/me/totp/remove', 'Turn one-time codes off, with password and code', 'totp:update', {
        answer: 'removed',
      }),
    )
    .input(totpProof)
    .output(z.void())
    .mutation(({ ctx: { call }, input }) => removeTotp(call, input)),
});
