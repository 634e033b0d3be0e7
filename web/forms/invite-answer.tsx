'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import type { InviteOffer } from '@unkai/contracts/resources/invite';
import { useEffect } from 'react';
import { forgetInviteToken, useInviteToken } from '#client/invite-token.ts';
import { leave } from '#client/leave.ts';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { roleWords } from '#resources/role-words.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Facts } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { TimeUntil } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../paths.ts';
import { InviteJoin } from './invite-join.tsx';

/** Says what an invite is for, and takes the answer: as the user who is signed in, or as a new one. */
export function InviteAnswer({ isSignedIn }: { isSignedIn: boolean }) {
  const trpc = useTRPC();
  const token = useInviteToken();
  const { mutate, data: offer, error } = useMutation(trpc.invite.open.mutationOptions());
  useEffect(() => {
    if (typeof token === 'string') mutate({ token });
  }, [token, mutate]);
  if (token === null) return <NoInvite problem={noToken} />;
  if (error) return <NoInvite problem={problemOf(error)} />;
  if (token === undefined || offer === undefined) return <Skeleton className="h-64" />;
  return (
    <div className="grid gap-6">
      <Offer offer={offer} />
      {isSignedIn ? <Accept token={token} /> : <InviteJoin token={token} offer={offer} />}
    </div>
  );
}

function NoInvite({ problem }: { problem: Problem }) {
  return (
    <div className="grid gap-4">
      <ProblemNote problem={problem} />
      <ButtonLink href={paths.home()}>Go to the portal</ButtonLink>
    </div>
  );
}

const noToken: Problem = {
  type: '/docs/errors#not_found',
  code: 'not_found',
  status: 404,
  title: 'This address has no invite in it',
  detail: 'The end of the link is missing.',
  next: 'Open the link of the letter, all of it.',
  requestId: '',
};

function Offer({ offer }: { offer: InviteOffer }) {
  const { invitedByName, projectName, domainName, role, message, email, expiresAt } = offer;
  return (
    <div className="grid gap-4 rounded-panel border bg-surface p-4">
      <p className="wrap-anywhere">
        <b className="font-semibold">{invitedByName ?? 'Somebody'}</b> invites you to{' '}
        {projectName === null ? 'the domain' : 'the project'}{' '}
        <b className="font-semibold">{projectName ?? domainName}</b>.
      </p>
      {message !== '' && <blockquote className="wrap-anywhere border-l-2 pl-3 text-ink-muted">{message}</blockquote>}
      <Facts
        facts={[
          { name: 'Role', value: `${role}: ${roleWords[projectName === null ? 'domain' : 'project'][role]}` },
          ...(projectName === null ? [] : [{ name: 'Domain', value: domainName }]),
          { name: 'Sent to', value: email },
          { name: 'Expires', value: <span>in {<TimeUntil at={expiresAt} />}</span> },
        ]}
      />
    </div>
  );
}

function Accept({ token }: { token: string }) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const accept = useMutation(
    trpc.invite.accept.mutationOptions({
      onSuccess: ({ projectId, domainId }) => {
        forgetInviteToken();
        const to = projectId === null ? paths.domainUsers({ domain: domainId }) : paths.project({ project: projectId });
        window.location.assign(to);
      },
    }),
  );
  if (user === undefined) return <Skeleton className="h-20" />;
  return (
    <div className="grid gap-3">
      {accept.error && <ProblemNote problem={problemOf(accept.error)} />}
      <Button variant="primary" pending={accept.isPending || accept.isSuccess} onClick={() => accept.mutate({ token })}>
        Accept as {user.name}
      </Button>
      <Button variant="quiet" onClick={() => void leave(paths.invite())}>
        Use another account
      </Button>
    </div>
  );
}
