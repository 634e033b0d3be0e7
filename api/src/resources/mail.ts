import { id, page } from '@unkai/contracts/primitives';
import { mail, mailQuery, mailRevealed } from '@unkai/contracts/resources/mail';
import { commit } from '@unkai/core/database/database';
import { deleteMail, findMail, listMails, revealMail, sendMail, viewMail } from '@unkai/core/store/mail';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Mail');

export const mailRouter = router({
  list: procedure
    .meta(operation('GET /mails', 'List letters, without what they say', 'mail:read'))
    .input(mailQuery)
    .output(page(mail))
    .query(({ ctx: { call }, input }) => listMails(call, input)),
  get: procedure
    .meta(operation('GET /mails/{id}', 'Show a letter, without what it says', 'mail:read'))
    .input(z.strictObject({ id }))
    .output(mail)
    .query(async ({ ctx: { call }, input }) => viewMail(await findMail(call, 'mail:read', input.id))),
  reveal: procedure
    .meta(
      operation('POST /mails/{id}/reveal', 'Show once what a letter says that was not sent', 'mail:reveal', {
        answer: 'changed',
        showsSecret: true,
      }),
    )
    .input(z.strictObject({ id }))
    .output(mailRevealed)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findMail(call, 'mail:reveal', input.id);
      return commit(call.core.database, (unit) => revealMail(unit, call, row));
    }),
  send: procedure
    .meta(operation('POST /mails/{id}/send', 'Try a letter again now', 'mail:send', { answer: 'changed' }))
    .input(z.strictObject({ id }))
    .output(mail)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findMail(call, 'mail:send', input.id);
      return commit(call.core.database, (unit) => sendMail(unit, call, row));
    }),
  delete: procedure
    .meta(operation('DELETE /mails/{id}', 'Forget a letter', 'mail:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findMail(call, 'mail:delete', input.id);
      await commit(call.core.database, (unit) => deleteMail(unit, call, row));
    }),
});
