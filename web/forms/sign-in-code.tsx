'use client';
import type { Problem } from '@unkai/contracts/errors';
import { useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { paths } from '../paths.ts';

export type CodeError = {
  /** Of which kind the code was; the other kind has no fault then. */
  kind: string;
  words: string;
};

type SignInCodeProps = {
  username: string;
  next: string;
  action: (sent: FormData) => void;
  isPending: boolean;
  problem: Problem | undefined;
  /** What is wrong with the code that was sent. */
  error: CodeError | undefined;
};

const kinds = {
  app: {
    label: 'One-time code',
    help: 'Six digits, from your authenticator app.',
    other: 'Use a recovery code',
    field: { autoComplete: 'one-time-code', inputMode: 'numeric', placeholder: '000000' },
  },
  recovery: {
    label: 'Recovery code',
    help: 'One of the ten that you kept when you turned one-time codes on. Each counts once.',
    other: 'Use the authenticator app',
    field: { autoComplete: 'off', inputMode: 'text', placeholder: 'ABCD-EFGH-IJKL-MNOP' },
  },
} as const;

/** The second step of signing in: a one-time code, or a recovery code instead of it. */
export function SignInCode({ username, next, action, isPending, problem, error }: SignInCodeProps) {
  const [kind, setKind] = useState<keyof typeof kinds>('app');
  const { label, help, other, field } = kinds[kind];
  return (
    <Form label="Second step" action={action} pending={isPending} submitError={problem}>
      <p className="text-ink-muted">
        The password of <span className="break-words font-medium text-ink">{username}</span> is right. One step is left.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <Field
        key={kind}
        label={label}
        name="code"
        help={help}
        error={error?.kind === kind ? error.words : undefined}
        defaultValue=""
        maxLength={32}
        {...field}
        isMono
        autoFocus
        required
      />
      <input type="hidden" name="kind" value={kind} />
      <Button type="submit" variant="primary" pending={isPending}>
        Sign in
      </Button>
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-1">
        <Button variant="quiet" onClick={() => setKind(kind === 'app' ? 'recovery' : 'app')}>
          {other}
        </Button>
        <a
          href={paths.signIn({ next })}
          className="inline-flex h-8 items-center text-ink-muted text-table underline-offset-4 hover:text-ink hover:underline max-md:h-11"
        >
          Sign in as somebody else
        </a>
      </div>
    </Form>
  );
}
