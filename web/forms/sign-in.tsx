'use client';
import { errorCatalog, errorCode, type Problem } from '@unkai/contracts/errors';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { ProblemNote } from '#ui/problem.tsx';

/** Signs in and opens `next`, which must be a safe path already. */
export function SignInForm({ next }: { next: string }) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [domain, setDomain] = useState('');
  const [hasDomain, setHasDomain] = useState(false);
  const [pending, setPending] = useState(false);
  const [submitError, setSubmitError] = useState<Problem>();
  const [isTried, setTried] = useState(false);

  const submit = async () => {
    setTried(true);
    if (!username || !password) return;
    setPending(true);
    setSubmitError(undefined);
    const answer = await signIn('credentials', { redirect: false, username, password, domain }).catch(() => undefined);
    if (answer?.ok) return window.location.assign(next);
    setPending(false);
    setSubmitError(signInProblem(answer?.error ?? 'unavailable'));
  };
  return (
    <Form label="Sign in" onSubmit={() => void submit()} pending={pending} submitError={submitError}>
      {submitError && <ProblemNote problem={submitError} />}
      <Field
        label="Name"
        name="username"
        value={username}
        onChange={setUsername}
        error={isTried && !username ? 'Fill in your name.' : undefined}
        autoComplete="username"
        autoFocus
        required
      />
      <Field
        label="Password"
        name="password"
        type="password"
        value={password}
        onChange={setPassword}
        error={isTried && !password ? 'Fill in your password.' : undefined}
        autoComplete="current-password"
        required
      />
      {hasDomain ? (
        <Field
          label="Domain"
          name="domain"
          value={domain}
          onChange={setDomain}
          placeholder="default"
          autoComplete="organization"
          isOptional
          autoFocus
        />
      ) : (
        <button
          type="button"
          onClick={() => setHasDomain(true)}
          className="justify-self-start text-ink-muted text-table underline-offset-4 hover:text-ink hover:underline"
        >
          My account is in another domain
        </button>
      )}
      <Button type="submit" variant="primary" pending={pending}>
        Sign in
      </Button>
    </Form>
  );
}

/** next-auth hands over one word; the sentences are those of the error catalogue. */
function signInProblem(word: string): Problem {
  const known = errorCode.safeParse(word === 'CredentialsSignin' ? 'wrong_credentials' : word);
  const code = known.success ? known.data : 'unavailable';
  const { status, title, next } = errorCatalog[code];
  return { type: `/docs/errors#${code}`, title, status, code, detail: '', next, requestId: '' };
}
