'use client';
import { useQuery } from '@tanstack/react-query';
import type { Group } from '@unkai/contracts/resources/group';
import { Ellipsis } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { type GroupAct, GroupDialog, GroupMenu } from '#forms/group.tsx';
import { AssignmentPanel } from '#resources/assignment-panel.tsx';
import { ButtonLink, buttonClasses } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { Menu } from '#ui/menu.tsx';
import { PageHeader } from '#ui/page-header.tsx';
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
      </div>
    </>
  );
}

function GroupHead({ group }: { group: Group }) {
  const router = useRouter();
  const [act, setAct] = useState<GroupAct>();
  return (
    <>
      <PageHeader
        title={group.name}
        summary={
          <span className="flex flex-wrap items-center gap-x-3">
            <CopyId id={group.id} what="group id" />
            {group.description}
          </span>
        }
        actions={
          <Menu
            trigger={
              <button type="button" className={buttonClasses('secondary')}>
                Actions <Ellipsis aria-hidden size={15} />
              </button>
            }
          >
            <GroupMenu group={group} onAct={setAct} />
          </Menu>
        }
      />
      <GroupDialog
        act={act}
        onClose={() => setAct(undefined)}
        onDeleted={() => router.push(paths.domainGroups({ domain: group.domainId }))}
      />
    </>
  );
}
