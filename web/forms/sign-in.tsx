'use client';
import { errorCatalog, errorCode, type Problem } from '@unkai/contracts/errors';
import { signIn } from 'next-auth/react';
import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { ProblemNote } from '#ui/problem.tsx';

/** What became of the last try. The password is not kept: it is typed anew. */
type Answer = { username: string; domain: string; missing?: readonly string[]; problem?: Problem };

/** Signs in and opens `next`, which must be a safe path already. */
export function SignInForm({ next }: { next: string }) {
  const [answer, action, isPending] = useActionState(
    async (_: Answer, sent: FormData): Promise<Answer> => {
      const answered = await trySignIn(sent);
      if (!answered.missing && !answered.problem) window.location.assign(next);
      return answered;
    },
    { username: '', domain: '' },
  );
  const { username, domain, missing, problem } = answer;
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

async function trySignIn(sent: FormData): Promise<Answer> {
  const typed = (name: string) => String(sent.get(name) ?? '');
  const [username, password, domain] = [typed('username'), typed('password'), typed('domain')];
  const missing = ['username', 'password'].filter((name) => typed(name) === '');
  if (missing.length > 0) return { username, domain, missing };
  const answer = await signIn('credentials', { redirect: false, username, password, domain }).catch(() => undefined);
  if (answer?.ok) return { username, domain };
  return { username, domain, problem: signInProblem(answer?.error ?? 'unavailable') };
}

/** next-auth hands over one word; the sentences are those of the error catalogue. */
function signInProblem(word: string): Problem {
  const known = errorCode.safeParse(word === 'CredentialsSignin' ? 'wrong_credentials' : word);
  const code = known.success ? known.data : 'unavailable';
  const { status, title, next } = errorCatalog[code];
  return { type: `/docs/errors#${code}`, title, status, code, detail: '', next, requestId: '' };
}
