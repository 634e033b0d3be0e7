'use client';
import { errorCatalog, errorCode, type Problem } from '@unkai/contracts/errors';
import { signIn } from 'next-auth/react';
import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { refusalOfNew } from './new-password.ts';
import { type CodeError, SignInCode } from './sign-in-code.tsx';
import { SignInNewPassword } from './sign-in-new-password.tsx';

/** What became of the last try. */
type Answer = {
  username: string;
  domain: string;
  missing?: readonly string[];
  problem?: Problem;
  /**
   * The password was right and a one-time code is asked for besides; they are sent together. Until then it is kept here,
   * in the memory of the page and nowhere else; in every other case it is typed anew.
   */
  password?: string;
  /** The password was right and has expired: another is asked for, and kept as it is. */
  hasExpired?: boolean;
  newPassword?: string;
  /** What is wrong with the code that was sent. */
  codeError?: CodeError;
};

/** Signs in and opens `next`, which must be a safe path already. */
export function SignInForm({ next }: { next: string }) {
  const [answer, action, isPending] = useActionState(
    async (before: Answer, sent: FormData): Promise<Answer> => {
      const answered = await tryStep(before, sent);
      if (answered === 'signed in') window.location.assign(next);
      return answered === 'signed in' ? before : answered;
    },
    { username: '', domain: '' },
  );
  const { username, domain, missing, problem, password, codeError } = answer;
  if (answer.hasExpired) return <SignInNewPassword {...{ username, next, action, isPending, problem }} />;
  if (password !== undefined) {
    return <SignInCode {...{ username, next, action, isPending, problem, error: codeError }} />;
  }
  return (
    <Form label="Sign in" action={action} pending={isPending} submitError={problem}>
      {problem && <ProblemNote problem={problem} />}
      <Field
        label="Name"
        name="username"
        defaultValue={username}
        error={missing?.includes('username') ? 'Fill in your name.' : undefined}
        autoComplete="username"
        autoFocus
        required
      />
      <Field
        label="Password"
        name="password"
        type="password"
        defaultValue=""
        error={missing?.includes('password') ? 'Fill in your password.' : undefined}
        autoComplete="current-password"
        required
      />
      <OtherDomain domain={domain} />
      <Button type="submit" variant="primary" pending={isPending}>
        Sign in
      </Button>
    </Form>
  );
}

function OtherDomain({ domain }: { domain: string }) {
  return (
    <details>
      <summary className="w-fit cursor-pointer text-ink-muted text-table underline-offset-4 hover:text-ink hover:underline">
        My account is in another domain
      </summary>
      <div className="pt-4">
        <Field
          label="Domain"
          name="domain"
          defaultValue={domain}
          placeholder="default"
          autoComplete="organization"
          isOptional
        />
      </div>
    </details>
  );
}

type Result = Answer | 'signed in';

function tryStep(before: Answer, sent: FormData): Promise<Result> {
  if (before.password === undefined) return trySignIn(sent);
  return before.hasExpired ? tryNewPassword(before, sent) : tryCode(before, sent);
}

/** For whose password has expired: the same again, with another one. */
async function tryNewPassword({ username, domain, password = '' }: Answer, sent: FormData): Promise<Result> {
  const newPassword = String(sent.get('newPassword') ?? '');
  const asBefore = { username, domain, password };
  if (newPassword === '') return { ...asBefore, hasExpired: true };
  const problem = refusalOfNew(password, newPassword);
  if (problem) return { ...asBefore, hasExpired: true, problem };
  const refusal = await send({ ...asBefore, newPassword });
  if (refusal === undefined) return 'signed in';
  if (refusal.code === 'second_factor_needed') return { ...asBefore, newPassword };
  if (refusal.code === 'wrong_credentials') return { username, domain, problem: refusal };
  return { ...asBefore, hasExpired: true, problem: refusal };
}

/** The first step: name and password. */
async function trySignIn(sent: FormData): Promise<Result> {
  const typed = (name: string) => String(sent.get(name) ?? '');
  const [username, password, domain] = [typed('username'), typed('password'), typed('domain')];
  const missing = ['username', 'password'].filter((name) => typed(name) === '');
  if (missing.length > 0) return { username, domain, missing };
  const refusal = await send({ username, password, domain });
  if (refusal === undefined) return 'signed in';
  if (refusal.code === 'second_factor_needed') return { username, domain, password };
  if (refusal.code === 'password_expired') return { username, domain, password, hasExpired: true };
  return { username, domain, problem: refusal };
}

/** The second step, for who has one-time codes on: the same again, with the code. */
async function tryCode(before: Answer, sent: FormData): Promise<Result> {
  const { username, domain, password = '', newPassword } = before;
  const code = String(sent.get('code') ?? '').trim();
  const kind = String(sent.get('kind') ?? '');
  const asBefore = { username, domain, password, ...(newPassword !== undefined && { newPassword }) };
  if (code === '') return { ...asBefore, codeError: { kind, words: 'Fill in the code.' } };
  const refusal = await send({ ...asBefore, code });
  if (refusal === undefined) return 'signed in';
  if (['second_factor_needed', 'invalid_input'].includes(refusal.code)) {
    const words = 'This code does not fit, or was used before. Each counts once; type a new one.';
    return { ...asBefore, codeError: { kind, words } };
  }
  // The password itself does not count any more: from the beginning.
  if (refusal.code === 'wrong_credentials') return { username, domain, problem: refusal };
  return { ...asBefore, problem: refusal };
}

/** Gives what was answered when it was not the session. */
async function send(credentials: Record<string, string>): Promise<Problem | undefined> {
  const answer = await signIn('credentials', { redirect: false, ...credentials }).catch(() => undefined);
  return answer?.ok ? undefined : signInProblem(answer?.error ?? 'unavailable');
}

/** next-auth hands over one word; the sentences are those of the error catalogue. */
function signInProblem(word: string): Problem {
  const known = errorCode.safeParse(word === 'CredentialsSignin' ? 'wrong_credentials' : word);
  const code = known.success ? known.data : 'unavailable';
  const { status, title, next } = errorCatalog[code];
  return {
    type: `/docs/errors#${code}`,
    title,
    status,
    code,
    detail: '',
    next: nextSteps[code] ?? next,
    requestId: '',
  };
}

/** Where the catalogue speaks to programs. */
const nextSteps: Partial<Record<Problem['code'], string>> = {
  rate_limited: 'Wait five minutes, then try again.',
};
