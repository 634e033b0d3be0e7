'use client';
import { useQuery } from '@tanstack/react-query';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { MemberTable } from '#resources/member-table.tsx';
import { membersOf } from '#resources/role-words.ts';
import { count } from '#ui/amounts.ts';
import { ButtonLink } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { paths } from '../../../../../paths.ts';

/** Who may do what in the project, for those who are in it. */
export function MemberList({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const list = useQuery(trpc.project.members.queryOptions({ id: project }));
  const here = user?.projects.find(({ id }) => id === project);
  const mayManage = here !== undefined && user?.domains.some(({ id }) => id === here.domainId);
  if (list.error) return <ErrorState problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
  const people = list.data && membersOf(list.data.items);
  return (
    <>
      <PageHeader
        title="Members"
        summary={people ? `${count(people.length, 'person', 'people')} with a role in this project` : summarySkeleton}
        actions={
          <>
            <DocsPopover title="Members">
              A reader sees what is in the project, a member also makes, changes and deletes it. Roles are given by
              managers of the project’s domain. Operators of the cloud reach every project and are not listed.
            </DocsPopover>
            {mayManage && (
              <ButtonLink href={paths.domainProject({ domain: here.domainId, project })}>Manage roles</ButtonLink>
            )}
          </>
        }
      />
      <MemberTable list={list} />
    </>
  );
}
