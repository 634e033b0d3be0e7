import { errorCatalog, type Problem } from '@unkai/contracts/errors';
import { password } from '@unkai/contracts/resources/user';

/**
 * What the API would refuse of a new password, in its words: of an answer to a sign-in only the code comes back.
 * Undefined for one that fits.
 */
export function refusalOfNew(present: string, newPassword: string): Problem | undefined {
  const { error } = password.safeParse(newPassword);
  if (error) return refusal(error.issues[0]?.message ?? 'does not fit', 'Choose another one.');
  if (newPassword !== present) return undefined;
  return refusal('must be another than the present password', 'Choose a password that you do not have now.');
}

function refusal(message: string, fix: string): Problem {
  const { status, title } = errorCatalog.invalid_input;
  return {
    type: '/docs/errors#invalid_input',
    code: 'invalid_input',
    status,
    title,
    next: fix,
    requestId: '',
    detail: `The new password ${message}.`,
    errors: [{ field: 'newPassword', message, fix }],
  };
}
