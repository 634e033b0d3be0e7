import type { Core } from '../call.ts';
import { commit, type Unit } from '../database/database.ts';
import { linkTo, queueMail } from '../mail/mail.ts';
import { makeLink } from '../mail/mail-link.ts';
import type { Reconciler } from './reconciler.ts';

/** Somebody may have several accounts with one address, in several domains; nobody has very many. */
const mostAccounts = 5;

interface Account {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** Writes the letters that somebody asked for, each once, in the transaction that takes the request away. */
export const mailRequests: Reconciler = {
  name: 'mail-requests',
  everyMs: 1_000,
  async run(core) {
    while (await commit(core.database, (unit) => answerOne(unit, core)));
  },
};

async function answerOne(unit: Unit, core: Core): Promise<boolean> {
  const [request] = await unit.tx.$queryRaw<Array<{ purpose: string; email: string }>>`
    DELETE FROM mail_request
    WHERE id = (SELECT id FROM mail_request ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING purpose, email`;
  if (request === undefined) return false;
  const { purpose, email } = request;
  if (purpose === 'sign-up') await answerSignUp(unit, core, email);
  else await answerPasswordReset(unit, core, email);
  return true;
}

async function answerSignUp(unit: Unit, core: Core, email: string): Promise<void> {
  const [account] = await accountsOf(unit, email);
  if (account !== undefined) {
    const { id: userId, name: username, domain } = account;
    const values = { username, domain, link: linkTo(core, '/sign-in') };
    await queueMail(unit, core, { to: email, template: 'sign-up-known', values, userId });
    return;
  }
  const { secret, expiresAt } = await makeLink(unit.tx, { purpose: 'sign-up', email, userId: null });
  const values = { link: linkTo(core, '/sign-up/verify', secret), expiresAt };
  await queueMail(unit, core, { to: email, template: 'sign-up', values });
}

async function answerPasswordReset(unit: Unit, core: Core, email: string): Promise<void> {
  for (const { id: userId, name: username, domain } of await accountsOf(unit, email)) {
    const { secret, expiresAt } = await makeLink(unit.tx, { purpose: 'password-reset', email, userId });
    const values = { username, domain, link: linkTo(core, '/reset-password', secret), expiresAt };
    await queueMail(unit, core, { to: email, template: 'password-reset', values, userId });
  }
}

/** Who can sign in and has this address. Who is disabled gets no letter: no password would let them in. */
function accountsOf({ tx }: Unit, email: string): Promise<Account[]> {
  return tx.$queryRaw<Account[]>`
    SELECT "user".id, "user".name, domain.name AS domain FROM "user" JOIN domain ON domain.id = "user".domain_id
    WHERE lower("user".email) = ${email} AND "user".is_enabled AND domain.is_enabled
    ORDER BY "user".created_at, "user".id LIMIT ${mostAccounts}`;
}
