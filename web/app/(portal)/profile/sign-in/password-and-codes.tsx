'use client';
import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { PasswordChange } from '#forms/password-change.tsx';
import { RecoveryCodesRenew, TotpRemove } from '#forms/totp-prove.tsx';
import { TotpSetUp } from '#forms/totp-set-up.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { TimeUntil } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { StateBadge } from '#ui/state-badge.tsx';

/** What signing in asks for. */
export function PasswordAndCodes() {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Password">
        {user?.hasPassword === false ? (
          <p className="text-ink-muted">
            Your account has none: you sign in another way, such as with the provider of your organisation. Who manages
            your domain can give you one.
          </p>
        ) : (
          <div className="grid gap-4">
            <PasswordNote expiresAt={user?.passwordExpiresAt ?? null} />
            <PasswordChange />
          </div>
        )}
      </Panel>
      <Panel title="One-time codes" note="a second step when you sign in">
        <OneTimeCodes hasPassword={user?.hasPassword ?? true} />
      </Panel>
    </div>
  );
}

function PasswordNote({ expiresAt }: { expiresAt: string | null }) {
  return (
    <div className="grid gap-2 text-ink-muted">
      <p>
        With the change your other sessions end, and every token that was made from your password. API tokens and
        application credentials stay; take those back on their pages.
      </p>
      {expiresAt !== null && (
        <p className="rounded-control bg-warn-wash px-3 py-2 text-ink">
          This password expires in <TimeUntil at={expiresAt} />. After that it signs nobody in, and looks wrong to
          whoever tries; who manages your domain can then give you a new one. A change now keeps you in.
        </p>
      )}
    </div>
  );
}

type Open = 'set up' | 'renew' | 'remove';

function OneTimeCodes({ hasPassword }: { hasPassword: boolean }) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.totp.get.queryOptions());
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  if (error) {
    return (
      <div className="grid justify-items-start gap-3">
        <ProblemNote problem={problemOf(error)} />
        <Button onClick={() => void refetch()}>Try again</Button>
      </div>
    );
  }
  if (!data) return <Skeleton className="h-28" />;
  return (
    <div className="grid gap-4">
      {data.isEnabled ? (
        <CodesOn left={data.recoveryCodesLeft} onOpen={setOpen} />
      ) : (
        <CodesOff hasPassword={hasPassword} onSetUp={() => setOpen('set up')} />
      )}
      {open === 'set up' && <TotpSetUp onClose={close} />}
      {open === 'renew' && <RecoveryCodesRenew onClose={close} />}
      {open === 'remove' && <TotpRemove onClose={close} />}
    </div>
  );
}

function CodesOff({ hasPassword, onSetUp }: { hasPassword: boolean; onSetUp: () => void }) {
  const reason = hasPassword ? undefined : 'They take a password to be turned off again, and you have none.';
  return (
    <>
      <StateBadge tone="idle" word="off" />
      <p className="text-ink-muted">
        An authenticator app on your phone shows a new code every half minute. With codes on, who learns your password
        still does not get in, neither here nor with OpenStack’s clients.
      </p>
      <div>
        <Button
          variant="primary"
          icon={<ShieldCheck aria-hidden size={15} />}
          disabledReason={reason}
          onClick={onSetUp}
        >
          Set up one-time codes
        </Button>
      </div>
    </>
  );
}

const fewCodes = 3;

function CodesOn({ left, onOpen }: { left: number; onOpen: (what: Open) => void }) {
  return (
    <>
      <StateBadge tone="ok" word="on" />
      <p className="text-ink-muted">
        Signing in asks for a code of your authenticator app after the password.{' '}
        {left === 0 ? 'No recovery code is left' : `${count(left, 'recovery code')} ${left === 1 ? 'is' : 'are'} left`}
        {left > fewCodes ? '.' : '; make new ones before you need them.'}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onOpen('renew')}>Make new recovery codes</Button>
        <Button variant="danger" onClick={() => onOpen('remove')}>
          Turn off one-time codes
        </Button>
      </div>
    </>
  );
}
