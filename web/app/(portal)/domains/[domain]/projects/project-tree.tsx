'use client';
import { useQuery } from '@tanstack/react-query';
import type { Project } from '@unkai/contracts/resources/project';
import { FolderTree } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { type ProjectAct, ProjectDialog, ProjectMenu } from '#forms/project.tsx';
import { ageColumn, descriptionColumn, idColumn } from '#resources/columns.tsx';
import { enabledColumn } from '#resources/enabled.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { asTree } from '#shell/places.ts';
import { ListPage } from '#table/list-page.tsx';
import { Badge } from '#ui/badge.tsx';
import { paths } from '../../../../../paths.ts';

const about =
  'A project owns servers, networks and all that is made in it. Projects can be below others: what is inherited, and what is disabled, reaches down.';

const tagColumn = {
  header: 'Tags',
  cell: ({ tags }: Project) => (
    <span className="flex max-w-60 gap-1 overflow-hidden">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  ),
  isMinor: true,
};

/** The domain's projects as the tree that they are. */
export function ProjectTree({ domain }: { domain: string }) {
  const trpc = useTRPC();
  const [act, setAct] = useState<ProjectAct>();
  const denial = useDomainDenial(domain);
  const query = { domainId: domain, limit: 1000 };
  const list = useQuery(trpc.project.list.queryOptions(query, { refetchInterval: 10_000 }));
  const projects = list.data?.items;
  const tree = useMemo(() => projects && asTree(projects), [projects]);
  return (
    <>
      <ListPage
        title="Projects"
        one="project"
        about={about}
        icon={<FolderTree aria-hidden size={18} />}
        list={list}
        items={tree}
        neededRole="reader on the domain"
        create={{
          label: 'Create project',
          disabledReason: denial('project:create'),
          run: () => setAct({ kind: 'create', domain }),
        }}
        text={({ name, description, tags }) => `${name} ${description} ${tags.join(' ')}`}
        href={({ id }) => paths.domainProject({ domain, project: id })}
        depth={({ id }) => tree?.find((each) => each.id === id)?.depth ?? 0}
        columns={[enabledColumn, tagColumn, descriptionColumn, idColumn, ageColumn]}
        phoneNote={({ description, tags }) => description || tags.join(', ') || 'No description'}
        menu={(project) => <ProjectMenu project={project} projects={projects ?? []} onAct={setAct} />}
      />
      <ProjectDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}
