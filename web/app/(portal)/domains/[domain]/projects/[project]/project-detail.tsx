'use client';
import { useQuery } from '@tanstack/react-query';
import type { Project } from '@unkai/contracts/resources/project';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { type ProjectAct, ProjectDialog, ProjectMenu } from '#forms/project.tsx';
import { AssignmentPanel } from '#resources/assignment-panel.tsx';
import { IdentityHead } from '#resources/identity-head.tsx';
import { MemberTable } from '#resources/member-table.tsx';
import { DomainResourceActivity } from '#resources/resource-activity.tsx';
import { Badge } from '#ui/badge.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';

/** One project as its domain's managers see it: where it stands, and who may do what in it. */
export function ProjectDetail({ domain, project: id }: { domain: string; project: string }) {
  const trpc = useTRPC();
  const { data: project, error, refetch } = useQuery(trpc.project.get.queryOptions({ id }));
  const all = useQuery(trpc.project.list.queryOptions({ domainId: domain, limit: 1000 }));
  const members = useQuery(trpc.project.members.queryOptions({ id }));
  if (isMissing(error)) {
    return (
      <MissingState what="project">
        <ButtonLink href={paths.domainProjects({ domain })}>All projects of the domain</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!project) return <Skeleton className="h-52" />;
  return (
    <>
      <ProjectHead project={project} projects={all.data?.items ?? [project]} />
      <div className="grid gap-4">
        <AboutProject project={project} projects={all.data?.items ?? []} />
        <AssignmentPanel title="Roles given on it" domain={domain} place={{ projectId: id }} />
        <Panel title="Who may do what in it" note="with what is inherited, and what groups and roles bring along">
          <MemberTable list={members} />
        </Panel>
        <DomainResourceActivity domain={domain} resource={id} />
      </div>
    </>
  );
}

function ProjectHead({ project, projects }: { project: Project; projects: readonly Project[] }) {
  const router = useRouter();
  const [act, setAct] = useState<ProjectAct>();
  return (
    <>
      <IdentityHead noun="project" thing={{ id: project.id, name: project.name, isEnabled: project.isEnabled }}>
        <ProjectMenu project={project} projects={projects} onAct={setAct} />
      </IdentityHead>
      <ProjectDialog
        act={act}
        onClose={() => setAct(undefined)}
        onDeleted={() => router.push(paths.domainProjects({ domain: project.domainId }))}
      />
    </>
  );
}

function AboutProject({ project, projects }: { project: Project; projects: readonly Project[] }) {
  const { domainId: domain } = project;
  const link = ({ id, name }: Project) => (
    <Link
      key={id}
      href={paths.domainProject({ domain, project: id })}
      className="mr-4 underline-offset-4 hover:underline"
    >
      {name}
    </Link>
  );
  const parent = projects.find(({ id }) => id === project.parentId);
  const below = projects.filter(({ parentId }) => parentId === project.id);
  return (
    <Panel title="About it">
      <Facts
        facts={[
          { name: 'Description', value: project.description || '—' },
          { name: 'Domain', value: project.domainName },
          { name: 'Parent', value: parent ? link(parent) : 'none: it is directly in the domain' },
          { name: 'Projects below', value: below.length === 0 ? '—' : below.map(link) },
          {
            name: 'Tags',
            value: (
              <span className="flex flex-wrap gap-1">
                {project.tags.length === 0 ? '—' : project.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}
              </span>
            ),
          },
          { name: 'Made', value: <RelativeTime at={project.createdAt} suffix="ago" /> },
        ]}
      />
    </Panel>
  );
}
