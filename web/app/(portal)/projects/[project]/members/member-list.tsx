'use client';
import { useQuery } from '@tanstack/react-query';
import { DoorOpen, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { InviteCreate } from '#forms/invite-create.tsx';
import { type MemberAct, MemberDialog } from '#forms/member.tsx';
import { useManagingDenial } from '#resources/identity.ts';
import { InvitePanel } from '#resources/invite-panel.tsx';
import { MemberTable } from '#resources/member-table.tsx';
import { type Member, membersOf } from '#resources/role-words.ts';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { count } from '#ui/amounts.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { paths } from '../../../../../paths.ts';

/** Who may do what in the project, who is invited to it, and the ways in and out. */
export function MemberList({ project }: { project: string }) {
  const trpc = useTRPC();
  const list = useQuery(trpc.project.members.queryOptions({ id: project }));
  const denial = useManagingDenial(project);
  const [act, setAct] = useState<MemberAct>();
  const [isInviting, setInviting] = useState(false);
  const invite = { label: 'Invite somebody', disabledReason: denial, run: () => setInviting(true) };
  useQuickActions([{ id: 'invite', group: 'On this page', ...invite }]);
  if (list.error) return <ErrorState problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <>
      <MembersHead
        project={project}
        people={list.data && membersOf(list.data.items)}
        denial={denial}
        onInvite={invite.run}
        onLeave={() => setAct({ kind: 'leave' })}
      />
      <div className="grid gap-4">
        <MemberTable list={list} menu={(member) => <MemberMenu {...{ member, denial, onAct: setAct }} />} />
        <InvitePanel place={{ projectId: project }} />
      </div>
      {isInviting && <InviteCreate place={{ projectId: project }} onClose={() => setInviting(false)} />}
      <MemberDialog project={project} act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

type MembersHeadProps = {
  project: string;
  people: readonly Member[] | undefined;
  denial: string | undefined;
  onInvite: () => void;
  onLeave: () => void;
};

function MembersHead({ project, people, denial, onInvite, onLeave }: MembersHeadProps) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const here = user?.projects.find(({ id }) => id === project);
  const seesRoles = here !== undefined && user?.domains.some(({ id }) => id === here.domainId);
  const isIn = people === undefined || people.some(({ id }) => id === user?.id);
  return (
    <PageHeader
      title="Members"
      summary={people ? `${count(people.length, 'person', 'people')} with a role in this project` : summarySkeleton}
      actions={
        <>
          <DocsPopover title="Members">
            A reader sees what is in the project, a member also makes, changes and deletes it, a manager also invites
            people, gives roles up to manager and takes them away. Operators of the cloud reach every project and are
            not listed.
          </DocsPopover>
          {seesRoles && (
            <ButtonLink href={paths.domainProject({ domain: here.domainId, project })}>Manage roles</ButtonLink>
          )}
          <Button
            icon={<DoorOpen aria-hidden size={15} />}
            disabledReason={isIn ? undefined : 'You have no role here that you could give up.'}
            onClick={onLeave}
          >
            Leave project
          </Button>
          <Button
            variant="primary"
            icon={<UserPlus aria-hidden size={15} />}
            disabledReason={denial}
            onClick={onInvite}
          >
            Invite somebody
          </Button>
        </>
      }
    />
  );
}

type MemberMenuProps = { member: Member; denial: string | undefined; onAct: (act: MemberAct) => void };

function MemberMenu({ member, denial, onAct }: MemberMenuProps) {
  const isGiven = member.roles.some(({ why }) => why.includes('given here'));
  const elsewhere = isGiven ? undefined : 'Their role comes from a group or from above; it is taken away there.';
  return (
    <>
      <MenuItem disabledReason={denial} onSelect={() => onAct({ kind: 'role', member })}>
        Change role
      </MenuItem>
      <MenuItem isDanger disabledReason={denial ?? elsewhere} onSelect={() => onAct({ kind: 'remove', member })}>
        Take out of project
      </MenuItem>
    </>
  );
}
