'use client';
import { useQuery } from '@tanstack/react-query';
import type { Group } from '@unkai/contracts/resources/group';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { type GroupAct, GroupDialog, GroupMenu } from '#forms/group.tsx';
import { AssignmentPanel } from '#resources/assignment-panel.tsx';
import { IdentityHead } from '#resources/identity-head.tsx';
import { DomainResourceActivity } from '#resources/resource-activity.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';
import { GroupMembers } from './group-members.tsx';

/** One group: who is in it, and what it was given. */
export function GroupDetail({ domain, group: id }: { domain: string; group: string }) {
  const trpc = useTRPC();
  const { data: group, error, refetch } = useQuery(trpc.group.get.queryOptions({ id }));
  if (isMissing(error)) {
    return (
      <MissingState what="group">
        <ButtonLink href={paths.domainGroups({ domain })}>All groups of the domain</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!group) return <Skeleton className="h-52" />;
  return (
    <>
      <GroupHead group={group} />
      <div className="grid gap-4">
        <GroupMembers group={group} />
        <AssignmentPanel title="Roles given to the group" domain={domain} place={{ groupId: id }} />
        <DomainResourceActivity domain={domain} resource={id} />
      </div>
    </>
  );
}

function GroupHead({ group }: { group: Group }) {
  const router = useRouter();
  const [act, setAct] = useState<GroupAct>();
  return (
    <>
      <IdentityHead noun="group" thing={group}>
        <GroupMenu group={group} onAct={setAct} />
      </IdentityHead>
      <GroupDialog
        act={act}
        onClose={() => setAct(undefined)}
        onDeleted={() => router.push(paths.domainGroups({ domain: group.domainId }))}
      />
    </>
  );
}
