import {
  signUpCreate,
  signUpCreated,
  signUpPolicy,
  signUpPolicyUpdate,
  signUpVerified,
  signUpVerify,
} from '@unkai/contracts/resources/sign-up';
import { askToSignUp, verifySignUp } from '@unkai/core/store/sign-up';
import { readSignUpPolicy, updateSignUpPolicy } from '@unkai/core/store/sign-up-policy';
import { noInput, operations, procedure, publicProcedure, router } from '../trpc.ts';

const operation = operations('Sign-up');

export const signUpRouter = router({
  policy: publicProcedure
    .meta(operation('GET /sign-up-policy', 'Show who may make an account for themselves', 'anyone'))
    .input(noInput)
    .output(signUpPolicy)
    .query(({ ctx: { call } }) => readSignUpPolicy(call.core)),
  updatePolicy: procedure
    .meta(operation('PATCH /sign-up-policy', 'Say who may make an account for themselves', 'sign-up-policy:update'))
    .input(signUpPolicyUpdate)
    .output(signUpPolicy)
    .mutation(({ ctx: { call }, input }) => updateSignUpPolicy(call, input)),
  create: publicProcedure
    .meta(operation('POST /sign-ups', 'Ask for the letter that an account begins with', 'anyone'))
    .input(signUpCreate)
    .output(signUpCreated)
    .mutation(({ ctx: { call }, input }) => askToSignUp(call, input.email)),
  verify: publicProcedure
    .meta(operation('POST /sign-ups/verify', 'Make the account that a letter was sent for', 'anyone'))
    .input(signUpVerify)
    .output(signUpVerified)
    .mutation(({ ctx: { call }, input }) => verifySignUp(call, input)),
});
