import { UnkaiError } from '@unkai/contracts/errors';
import type { totpBegun, totpConfirmed, totpProof, totpState } from '@unkai/contracts/resources/totp';
import type { z } from 'zod';
import { callerId, grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Unit } from '../database/database.ts';
import { asksForCode, newRecoveryCodes, newTotp, useCode, useTotp } from '../identity/one-time-code.ts';
import { checkPassword, wrongCredentials } from '../identity/password-check.ts';

export async function totpOf(call: Call): Promise<z.infer<typeof totpState>> {
  await grantedGlobally(call, 'totp:read');
  const userId = callerId(call);
  const recoveryCodesLeft = await call.core.database.prisma.recoveryCode.count({ where: { userId } });
  return { isEnabled: await asksForCode(call, userId), recoveryCodesLeft };
}

/** A seed for the caller's app. Nothing asks for codes until one of them confirms it. Throws `conflict` when one did. */
export async function beginTotp(call: Call): Promise<z.infer<typeof totpBegun>> {
  await grantedGlobally(call, 'totp:update');
  const userId = callerId(call);
  await refuseWhenEnabled(call, userId);
  const { secret, uri, sealed } = newTotp(call, userId, call.actor.name);
  await commit(call.core.database, async (unit) => {
    // A confirmed one stays: of two who begin at once, none undoes what the other has confirmed.
    await unit.tx.userTotp.deleteMany({ where: { userId, confirmedAt: null } });
    await unit.tx.userTotp.createMany({ data: { userId, sealedSecret: sealed }, skipDuplicates: true });
    await record(unit, call, 'begun');
  });
  return { secret, uri };
}

/** A code of the app turns it on: then signing in asks for one. Throws `invalid_input` for a code that does not fit. */
export async function confirmTotp(call: Call, code: string): Promise<z.infer<typeof totpConfirmed>> {
  await grantedGlobally(call, 'totp:update');
  const userId = callerId(call);
  await refuseWhenEnabled(call, userId);
  const recoveryCodes = await commit(call.core.database, async (unit) => {
    const { tx } = unit;
    if (!(await useTotp(call, tx, userId, code))) {
      throw new UnkaiError('invalid_input', 'code: does not fit.', {
        errors: [
          { field: 'code', message: 'does not fit', fix: 'Check the clock of your device, then send a new one.' },
        ],
      });
    }
    await tx.userTotp.update({ where: { userId }, data: { confirmedAt: new Date() } });
    const codes = await replaceRecoveryCodes(unit, userId);
    await record(unit, call, 'turned on');
    return codes;
  });
  return { recoveryCodes };
}

/**
 * Gives the caller ten new recovery codes instead of those that are left, for the password and a code. Throws
 * `wrong_credentials` and `second_factor_needed`.
 */
export async function renewRecoveryCodes(call: Call, proof: Proof): Promise<z.infer<typeof totpConfirmed>> {
  const userId = await proveBoth(call, proof);
  const recoveryCodes = await commit(call.core.database, async (unit) => {
    const codes = await replaceRecoveryCodes(unit, userId);
    await record(unit, call, 'new recovery codes');
    return codes;
  });
  return { recoveryCodes };
}

/** Puts new codes in the place of all there are, and gives them. */
async function replaceRecoveryCodes({ tx }: Unit, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codes.map(({ hash }) => ({ userId, codeHash: hash })) });
  return codes.map(({ code }) => code);
}

type Proof = z.infer<typeof totpProof>;

/** The password and a code of that very moment (A13), for what an open session alone must not do. Gives the caller's id. */
async function proveBoth(call: Call, { password, code }: Proof): Promise<string> {
  await grantedGlobally(call, 'totp:update');
  const userId = callerId(call);
  await checkPassword(call, { id: userId }, password);
  if (!(await asksForCode(call, userId))) throw await wrongCredentials(call, 'one-time codes are not on');
  await useCode(call, userId, code);
  return userId;
}

/** Turns the caller's own off, for the password and a code. Throws `wrong_credentials` and `second_factor_needed`. */
export async function removeTotp(call: Call, proof: Proof): Promise<void> {
  const userId = await proveBoth(call, proof);
  await commit(call.core.database, async (unit) => {
    await unit.tx.userTotp.deleteMany({ where: { userId } });
    await unit.tx.recoveryCode.deleteMany({ where: { userId } });
    await record(unit, call, 'turned off');
  });
}

async function refuseWhenEnabled(call: Call, userId: string): Promise<void> {
  if (!(await asksForCode(call, userId))) return;
  throw new UnkaiError('conflict', 'One-time codes are on already.', { next: 'Turn them off first.' });
}

function record(unit: Unit, call: Call, detail: string) {
  const { name } = call.actor;
  const id = callerId(call);
  return recordChange(unit, call, { action: 'totp:update', kind: 'changed', id, name, projectId: null, detail });
}
