'use client';
import { useQuery } from '@tanstack/react-query';
import type { Router } from '@unkai/contracts/resources/router';
import { Router as RouterIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { RouterCreate } from '#forms/router.tsx';
import { RouterDelete, whyRouterStays } from '#forms/router-delete.tsx';
import { ageColumn, idColumn } from '#resources/columns.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useLimits } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { ActivityItem } from '#resources/resource-activity.tsx';
import { RouterStateBadge } from '#resources/router.tsx';
import { quotaReason } from '#resources/server-choice.ts';
import { TagChoices, tagColumn, useTagFilter } from '#resources/tags.tsx';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { MenuItem } from '#ui/menu.tsx';
import { paths } from '../../../../../paths.ts';

const outside = ({ gateway }: Router) => gateway?.addresses.map(({ address }) => address).join(', ') ?? '';
const joins = ({ interfaces }: Router) =>
  interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address));

const columns: readonly Column<Router>[] = [
  {
    header: 'State',
    cell: ({ state }) => <RouterStateBadge state={state} />,
    sortBy: ({ state }) => state,
    isPhoneAside: true,
  },
  {
    header: 'Way out',
    cell: (router) => <code className="numeric">{outside(router) || 'none'}</code>,
    sortBy: outside,
  },
  {
    header: 'Joins',
    cell: (router) => <code className="numeric">{joins(router).join(', ') || 'nothing yet'}</code>,
    sortBy: ({ interfaces }) => interfaces.length,
  },
  idColumn,
  ageColumn,
];

type RowMenuProps = { project: string; router: Router; onDelete: () => void };

function RowMenu({ project, router, onDelete }: RowMenuProps) {
  const denial = useDenial(project)('router:delete');
  return (
    <>
      <ActivityItem project={project} resource={router.id} />
      <MenuItem isDanger disabledReason={denial ?? whyRouterStays(router)} onSelect={onDelete}>
        Delete
      </MenuItem>
    </>
  );
}

/** The project's routers. */
export function RouterList({ project }: { project: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<Router>();
  const denial = useDenial(project);
  const limits = useLimits(project);
  const list = useQuery(trpc.router.list.queryOptions({ projectId: project, limit: 1000 }));
  const tags = useTagFilter(list.data?.items);
  const found = useQuery(trpc.router.list.queryOptions({ projectId: project, limit: 1000, tags: tags.wanted }));
  return (
    <>
      <ListPage
        title="Routers"
        one="router"
        about="A router joins networks of the project with each other, and leads outside through an external network."
        icon={<RouterIcon aria-hidden size={18} />}
        list={found}
        isNarrowed={tags.wanted !== undefined}
        neededRole="reader"
        columns={columns.toSpliced(-2, 0, ...tagColumn(list.data?.items))}
        text={(each) => [each.name, ...each.tags, outside(each), ...joins(each)].join(' ')}
        href={({ id }) => paths.router({ project, router: id })}
        phoneNote={(each) => outside(each) || count(each.interfaces.length, 'subnet')}
        command={curlCommand(`/projects/${project}/routers`, { name: 'edge' })}
        choices={<TagChoices tags={tags} />}
        create={{
          label: 'Create router',
          disabledReason: denial('router:create') ?? quotaReason(limits ?? [], { routers: 1 }),
          run: () => setCreating(true),
        }}
        menu={(each) => <RowMenu project={project} router={each} onDelete={() => setDeleting(each)} />}
      />
      {isCreating && (
        <RouterCreate
          project={project}
          onClose={() => setCreating(false)}
          onCreated={({ id }) => router.push(paths.router({ project, router: id }))}
        />
      )}
      {deleting && <RouterDelete router={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}
