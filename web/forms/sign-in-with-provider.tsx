'use client';
import type { OpenidFailure, OpenidRefusal } from '@unkai/contracts/openid';
import type { OpenidOutcome } from '#session/openid.ts';
import { buttonClasses } from '#ui/button.tsx';

type Props = { provider: string; contact: string; next: string; outcome: OpenidOutcome };

/** The way in by the operator's OpenID provider, and what became of the last try. */
export function SignInWithProvider({ provider, contact, next, outcome }: Props) {
  return (
    <div className="mb-6 grid gap-4">
      {outcome !== null && <Outcome outcome={outcome} provider={provider} contact={contact} />}
      {/* A page of another program: the router must not fetch it ahead. */}
      <a href={`/openid/sign-in?${new URLSearchParams({ next })}`} className={buttonClasses('secondary')}>
        Sign in with {provider}
      </a>
      <p className="text-center text-ink-muted text-table">or with a password</p>
    </div>
  );
}

type OutcomeProps = Omit<Props, 'next'> & { outcome: NonNullable<OpenidOutcome> };

function Outcome({ outcome, ...whom }: OutcomeProps) {
  return (
    <div role="alert" className="rounded-control border border-bad/40 bg-bad-wash px-3 py-2.5 text-table">
      {'failure' in outcome ? <p>{failures[outcome.failure]}</p> : <Refusal refusal={outcome.refusal} {...whom} />}
    </div>
  );
}

type RefusalProps = Pick<Props, 'provider' | 'contact'> & { refusal: OpenidRefusal };

function Refusal({ refusal, provider, contact }: RefusalProps) {
  const { why, subject, name, email, issuer } = refusal;
  const known = [name, email].filter((each) => each !== null).join(', ');
  return (
    <>
      <p className="font-medium">{refusals[why]}</p>
      <p className="mt-1">
        {provider} knows you as {known === '' ? subject : known}. Ask {contact}
        {why === 'unknown' && ' to link you, and tell them this'}.
      </p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 text-ink-muted">
        <dt>Issuer</dt>
        <dd className="break-all font-mono">{issuer}</dd>
        <dt>Subject</dt>
        <dd className="break-all font-mono">{subject}</dd>
      </dl>
    </>
  );
}

const refusals: Record<OpenidRefusal['why'], string> = {
  unknown: 'You have no account here.',
  disabled: 'Your account here is disabled.',
  outside: 'Only certain e-mail addresses get in here, and yours is not one of them.',
  name_taken: 'Somebody else has your name here already.',
  second_factor: 'Your account here asks for a one-time code: sign in with password and code below.',
};

const failures: Record<OpenidFailure, string> = {
  stale: 'This sign-in took too long, or began in another browser. Try again.',
  denied: 'The provider did not sign you in.',
  invalid: 'What the provider answered does not fit what was asked. Try again; if it stays so, tell your operator.',
  unavailable: 'The provider cannot be reached at the moment. Try again later.',
  rate_limited: 'Too many tries from your address. Wait five minutes.',
};
