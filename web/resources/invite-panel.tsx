'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { permissions, roleGrants } from '@unkai/contracts/permissions';
import type { Invite } from '@unkai/contracts/resources/invite';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { InviteCreate, type InvitePlace, linkOnce } from '#forms/invite-create.tsx';
import { type Column, Table } from '#table/table.tsx';
import { Button } from '#ui/button.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { type Once, OnceDialog } from '#ui/once-dialog.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { useToast } from '#ui/toast.tsx';
import { Expiry } from './expiry.tsx';

const columns: readonly Column<Invite & { name: string }>[] = [
  { header: 'Role', cell: ({ role }) => role, sortBy: ({ role }) => role },
  {
    header: 'State',
    cell: ({ state }) =>
      state === 'open' ? <StateBadge tone="idle" word="waiting" /> : <StateBadge tone="off" word={state} />,
    sortBy: ({ state }) => state,
    isPhoneAside: true,
  },
  {
    header: 'Sent',
    cell: ({ sentAt }) => <RelativeTime at={sentAt} suffix="ago" />,
    sortBy: ({ sentAt }) => -Date.parse(sentAt),
  },
  {
    header: 'Expires',
    cell: ({ expiresAt }) => <Expiry at={expiresAt} />,
    sortBy: ({ expiresAt }) => Date.parse(expiresAt),
    isMinor: true,
  },
  { header: 'Invited by', cell: ({ invitedByName }) => invitedByName ?? '—', isMinor: true },
];

/** The invites of a place that nobody has accepted yet: sent again or revoked. */
export function InvitePanel({ place }: { place: InvitePlace }) {
  return useMayInvite(place) ? <WaitingInvites place={place} /> : null;
}

/** Whether it is known that the caller manages the place; who does not is not told whom others have invited. */
function useMayInvite(place: InvitePlace): boolean {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const here = user?.projects.find(({ id }) => 'projectId' in place && id === place.projectId);
  const domainId = 'domainId' in place ? place.domainId : here?.domainId;
  const onDomain = user?.domains.find(({ id }) => id === domainId);
  const { role: needed } = permissions['invite:read'];
  return [here?.role, onDomain?.role].some((role) => role !== undefined && roleGrants(role, needed));
}

function WaitingInvites({ place }: { place: InvitePlace }) {
  const list = useInvites(place);
  const [revoking, setRevoking] = useState<Invite>();
  const { resend, once, keep } = useResend();
  if (list.error) {
    return (
      <Panel title="Invites">
        <ProblemNote problem={problemOf(list.error)} />
      </Panel>
    );
  }
  return (
    <Panel title="Invites" note="not accepted yet" aside={'domainId' in place && <InviteToDomain place={place} />}>
      <Table
        label="Invites"
        nameHeader="E-mail"
        columns={columns}
        items={list.data?.items.map((invite) => ({ ...invite, name: invite.email }))}
        phoneNote={({ role }) => role}
        noMatch="Nobody is invited at the moment."
        menu={(invite) => (
          <>
            <MenuItem onSelect={() => resend(invite)}>Send again</MenuItem>
            <MenuItem isDanger onSelect={() => setRevoking(invite)}>
              Revoke
            </MenuItem>
          </>
        )}
      />
      {once && (
        <OnceDialog once={once} onClose={keep} title={once.title}>
          {null}
        </OnceDialog>
      )}
      {revoking && <Revoke invite={revoking} onClose={() => setRevoking(undefined)} />}
    </Panel>
  );
}

/** To the domain itself; a project's page has its own button. */
function InviteToDomain({ place }: { place: InvitePlace }) {
  const [isInviting, setInviting] = useState(false);
  return (
    <>
      <Button icon={<UserPlus aria-hidden size={15} />} onClick={() => setInviting(true)}>
        Invite to the domain
      </Button>
      {isInviting && <InviteCreate place={place} onClose={() => setInviting(false)} />}
    </>
  );
}

function useInvites(place: InvitePlace) {
  const trpc = useTRPC();
  const isProject = 'projectId' in place;
  const projectId = isProject ? place.projectId : '';
  const domainId = isProject ? '' : place.domainId;
  const ofProject = useQuery({ ...trpc.invite.list.queryOptions({ projectId, limit: 1000 }), enabled: isProject });
  const ofDomain = useQuery({
    ...trpc.invite.listOnDomain.queryOptions({ domainId, limit: 1000 }),
    enabled: !isProject,
  });
  return isProject ? ofProject : ofDomain;
}

/** Sends one again; the new link is shown where no mail server takes it. */
function useResend() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [once, setOnce] = useState<Once>();
  const { mutate } = useMutation(
    trpc.invite.resend.mutationOptions({
      onSuccess: (sent) => {
        void queryClient.invalidateQueries({ queryKey: trpc.invite.pathKey() });
        if (sent.link === null) toast({ tone: 'ok', title: `The invite to ${sent.email} is sent again` });
        else setOnce(linkOnce(sent));
      },
      onError: (error) => {
        const { title, detail, next } = problemOf(error);
        toast({ tone: 'bad', title, detail: `${detail} ${next}` });
      },
    }),
  );
  return { resend: ({ id }: Invite) => mutate({ id }), once, keep: () => setOnce(undefined) };
}

function Revoke({ invite: { id, email }, onClose }: { invite: Invite; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Revoke the invite to ${email}?`}
      description="Its link is worth nothing from now on. You can invite the address again."
      action="Revoke invite"
      done={`The invite to ${email} is revoked`}
      change={() => client.invite.revoke.mutate({ id })}
      outdated={[trpc.invite.pathKey()]}
      onClose={onClose}
    />
  );
}
