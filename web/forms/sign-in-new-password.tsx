'use client';
import type { Problem } from '@unkai/contracts/errors';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { paths } from '../paths.ts';
import { OutsideLink } from '../shell/outside-page.tsx';

type SignInNewPasswordProps = {
  username: string;
  next: string;
  action: (sent: FormData) => void;
  isPending: boolean;
  problem: Problem | undefined;
};

/** The step for whose password was right and has expired: another one. */
export function SignInNewPassword({ username, next, action, isPending, problem }: SignInNewPasswordProps) {
  return (
    <Form label="New password" action={action} pending={isPending} submitError={problem}>
      <p className="text-ink-muted">
        The password of <span className="break-words font-medium text-ink">{username}</span> is right, and has expired.
        Choose another.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <Field
        label="New password"
        name="newPassword"
        type="password"
        defaultValue=""
        help="8 characters or more, and not the one that has expired."
        autoComplete="new-password"
        autoFocus
        required
      />
      <Button type="submit" variant="primary" pending={isPending}>
        Change password and sign in
      </Button>
      <OutsideLink href={paths.signIn({ next })}>Sign in as somebody else</OutsideLink>
    </Form>
  );
}
