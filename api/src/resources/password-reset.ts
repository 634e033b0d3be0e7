import {
  passwordResetComplete,
  passwordResetCompleted,
  passwordResetCreate,
  passwordResetCreated,
} from '@unkai/contracts/resources/password-reset';
import { askForPassword, resetPassword } from '@unkai/core/store/password-reset';
import { operations, publicProcedure, router } from '../trpc.ts';

const operation = operations('Sessions');

export const passwordResetRouter = router({
  create: publicProcedure
    .meta(operation('POST /password-resets', 'Ask for the letter with which a new password is chosen', 'anyone'))
    .input(passwordResetCreate)
    .output(passwordResetCreated)
    .mutation(({ ctx: { call }, input }) => askForPassword(call, input.email)),
  complete: publicProcedure
    .meta(operation('POST /password-resets/complete', 'Choose the password that a letter was sent for', 'anyone'))
    .input(passwordResetComplete)
    .output(passwordResetCompleted)
    .mutation(({ ctx: { call }, input }) => resetPassword(call, input)),
});
