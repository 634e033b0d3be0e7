'use client';
import { useQuery } from '@tanstack/react-query';
import type { FloatingIp } from '@unkai/contracts/resources/floating-ip';
import { Globe } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { FloatingIpAssociate, FloatingIpCreate, FloatingIpDelete } from '#forms/floating-ip.tsx';
import { ageColumn, idColumn } from '#resources/columns.tsx';
import { useLimits } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { ActivityItem } from '#resources/resource-activity.tsx';
import { quotaReason } from '#resources/server-choice.ts';
import { TagChoices, tagColumn, useTagFilter } from '#resources/tags.tsx';
import { useAddressValue } from '#table/filters.tsx';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { MenuItem } from '#ui/menu.tsx';
import { paths } from '../../../../../paths.ts';

type Row = FloatingIp & { name: string };

/** Where a floating IP leads, in words. */
function reachWords({ server, fixedAddress, forwardings }: FloatingIp): string {
  if (fixedAddress !== null) return server === null ? fixedAddress : `${server.name} · ${fixedAddress}`;
  return forwardings.length === 0 ? 'nobody' : count(forwardings.length, 'port forwarding');
}

const descriptionColumn: Column<Row> = {
  header: 'Description',
  cell: ({ description }) => <span className="block max-w-xs truncate text-ink-muted">{description}</span>,
  isMinor: true,
};

/** Those of `rows`, if any of them has what would stand there. */
const columnsOf = (project: string, rows: readonly Row[] | undefined): readonly Column<Row>[] => [
  {
    header: 'Reaches',
    cell: (row) =>
      row.server === null ? (
        <span className={row.fixedAddress === null ? 'text-ink-muted' : 'numeric'}>{reachWords(row)}</span>
      ) : (
        <Link href={paths.server({ project, server: row.server.id })} className="underline-offset-4 hover:underline">
          {reachWords(row)}
        </Link>
      ),
    sortBy: reachWords,
  },
  ...(rows?.some(({ description }) => description !== '') ? [descriptionColumn] : []),
  idColumn,
  ageColumn,
];

type RowMenuProps = { project: string; floating: FloatingIp; ask: (what: 'associate' | 'delete') => void };

function RowMenu({ project, floating, ask }: RowMenuProps) {
  const denial = useDenial(project);
  return (
    <>
      <MenuItem disabledReason={denial('floating-ip:update')} onSelect={() => ask('associate')}>
        Change where it leads
      </MenuItem>
      <ActivityItem project={project} resource={floating.id} />
      <MenuItem isDanger disabledReason={denial('floating-ip:delete')} onSelect={() => ask('delete')}>
        Give back
      </MenuItem>
    </>
  );
}

/** The outside addresses that the project keeps. */
export function FloatingIpList({ project }: { project: string }) {
  const trpc = useTRPC();
  // A port's page leads here with the port to be reached.
  const [port, setPort] = useAddressValue('port');
  const [isCreating, setCreating] = useState(port !== '');
  const [asked, ask] = useState<{ what: 'associate' | 'delete'; floating: FloatingIp }>();
  const denial = useDenial(project);
  const limits = useLimits(project);
  const list = useQuery(trpc.floatingIp.list.queryOptions({ projectId: project, limit: 1000 }));
  const tags = useTagFilter(list.data?.items);
  const found = useQuery(trpc.floatingIp.list.queryOptions({ projectId: project, limit: 1000, tags: tags.wanted }));
  const rows = found.data?.items.map((floating) => ({ ...floating, name: floating.address }));
  const closeCreate = () => {
    setCreating(false);
    setPort('');
  };
  return (
    <>
      <ListPage<Row>
        title="Floating IPs"
        one="floating IP"
        about="A floating IP is an address outside that leads to a port of the project, and can be moved to another."
        icon={<Globe aria-hidden size={18} />}
        list={{ ...found, data: found.data && { ...found.data, items: rows ?? [] } }}
        isNarrowed={tags.wanted !== undefined}
        neededRole="reader"
        nameHeader="Address"
        columns={columnsOf(project, rows).toSpliced(-2, 0, ...tagColumn(rows))}
        text={(each) => [each.address, reachWords(each), each.description, ...each.tags].join(' ')}
        href={({ id }) => paths.floatingIp({ project, floating: id })}
        phoneNote={reachWords}
        command="openstack floating ip create public"
        choices={<TagChoices tags={tags} />}
        create={{
          label: 'Take floating IP',
          disabledReason: denial('floating-ip:create') ?? quotaReason(limits ?? [], { floatingIps: 1 }),
          run: () => setCreating(true),
        }}
        menu={(each) => <RowMenu project={project} floating={each} ask={(what) => ask({ what, floating: each })} />}
      />
      {isCreating && <FloatingIpCreate project={project} portId={port} onClose={closeCreate} />}
      {asked?.what === 'associate' && <FloatingIpAssociate {...asked} onClose={() => ask(undefined)} />}
      {asked?.what === 'delete' && <FloatingIpDelete {...asked} onClose={() => ask(undefined)} />}
    </>
  );
}
