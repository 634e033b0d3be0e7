'use client';
import { useQuery } from '@tanstack/react-query';
import type { User } from '@unkai/contracts/resources/user';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { type UserAct, UserDialog, UserMenu } from '#forms/user.tsx';
import { AssignmentPanel } from '#resources/assignment-panel.tsx';
import { effectiveColumns, effectiveRow } from '#resources/effective-columns.tsx';
import { IdentityHead } from '#resources/identity-head.tsx';
import { useProjectName } from '#resources/pick-named.tsx';
import { DomainResourceActivity } from '#resources/resource-activity.tsx';
import { placeWords } from '#resources/role-words.ts';
import { Table } from '#table/table.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState, MissingState, ProblemNote } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';
import { UserGroups } from './user-groups.tsx';

/** One user: what is known of them, their groups, and what they may do with where that comes from. */
export function UserDetail({ domain, user: id }: { domain: string; user: string }) {
  const trpc = useTRPC();
  const { data: user, error, refetch } = useQuery(trpc.user.get.queryOptions({ id }));
  if (isMissing(error)) {
    return (
      <MissingState what="user">
        <ButtonLink href={paths.domainUsers({ domain })}>All users of the domain</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!user) return <Skeleton className="h-52" />;
  return (
    <>
      <UserHead user={user} />
      <div className="grid gap-4">
        <AboutUser user={user} />
        <UserGroups user={user} />
        <WhatCounts user={id} />
        <AssignmentPanel title="Roles given to the user" domain={domain} place={{ userId: id }} />
        <DomainResourceActivity domain={domain} resource={id} />
      </div>
    </>
  );
}

function UserHead({ user }: { user: User }) {
  const router = useRouter();
  const [act, setAct] = useState<UserAct>();
  return (
    <>
      <IdentityHead noun="user" thing={{ id: user.id, name: user.name, isEnabled: user.isEnabled }}>
        <UserMenu user={user} onAct={setAct} />
      </IdentityHead>
      <UserDialog
        act={act}
        onClose={() => setAct(undefined)}
        onDeleted={() => router.push(paths.domainUsers({ domain: user.domainId }))}
      />
    </>
  );
}

function AboutUser({ user }: { user: User }) {
  const { defaultProjectId, passwordExpiresAt } = user;
  const project = useProjectName(defaultProjectId ?? '');
  return (
    <Panel title="About the user">
      <Facts
        facts={[
          { name: 'E-mail', value: user.email ?? '—' },
          { name: 'Description', value: user.description || '—' },
          { name: 'Default project', value: project || '—' },
          {
            name: 'Password',
            value: passwordExpiresAt === null ? 'does not expire' : <RelativeTime at={passwordExpiresAt} />,
          },
          { name: 'Made', value: <RelativeTime at={user.createdAt} suffix="ago" /> },
        ]}
      />
    </Panel>
  );
}

function WhatCounts({ user }: { user: string }) {
  const trpc = useTRPC();
  const query = { userId: user, limit: 1000 };
  const { data, error } = useQuery(trpc.roleAssignment.listEffective.queryOptions(query));
  return (
    <Panel title="Roles that count" note="with what groups, inheritance and other roles bring along">
      {error ? (
        <ProblemNote problem={problemOf(error)} />
      ) : (
        <Table
          label="Roles that count"
          nameHeader="Role"
          items={data?.items.map((each) => effectiveRow(each, 'role'))}
          columns={[effectiveColumns.place, effectiveColumns.why]}
          phoneNote={({ counts }) => placeWords(counts)}
          noMatch="None: the user can sign in and sees no project."
        />
      )}
    </Panel>
  );
}
