'use client';
import { useQuery } from '@tanstack/react-query';
import type { AddressScope } from '@unkai/contracts/resources/address-scope';
import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';
import { Telescope } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { AddressScopeCreate, AddressScopeDelete, AddressScopeEdit } from '#forms/address-scope.tsx';
import { Share, ShareItem } from '#forms/share.tsx';
import { ageColumn, idColumn } from '#resources/columns.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useDenial } from '#resources/project.ts';
import { ActivityItem } from '#resources/resource-activity.tsx';
import { ShareBadges } from '#resources/share-badges.tsx';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { MenuItem } from '#ui/menu.tsx';
import { paths } from '../../../../../paths.ts';

const purpose =
  'An address scope keeps addresses unique: subnet pools of one scope never overlap, whichever project they belong to.';

type Row = AddressScope & { pools: readonly SubnetPool[] };

const columnsOf = (project: string): readonly Column<Row>[] => [
  { header: 'Family', cell: ({ family }) => `IPv${family}`, sortBy: ({ family }) => family, isPhoneAside: true },
  {
    header: 'Subnet pools',
    cell: ({ pools }) => <PoolLinks project={project} pools={pools} />,
    sortBy: ({ pools }) => pools.length,
  },
  idColumn,
  ageColumn,
];

function PoolLinks({ project, pools }: { project: string; pools: readonly SubnetPool[] }) {
  if (pools.length === 0) return <span className="text-ink-muted">none yet</span>;
  return (
    <span className="flex flex-wrap gap-x-3">
      {pools.map(({ id, name }) => (
        <Link key={id} href={paths.subnetPool({ project, pool: id })} className="underline-offset-4 hover:underline">
          {name}
        </Link>
      ))}
    </span>
  );
}

/** The scopes that the project may have pools in: its own, and those that are shared with it. */
export function AddressScopeList({ project }: { project: string }) {
  const trpc = useTRPC();
  const all = { projectId: project, limit: 1000 };
  const list = useQuery(trpc.addressScope.list.queryOptions(all));
  const pools = useQuery(trpc.subnetPool.list.queryOptions(all)).data?.items ?? [];
  const denial = useDenial(project);
  const [isCreating, setCreating] = useState(false);
  const [asked, ask] = useState<{ about: Row; act: 'edit' | 'share' | 'delete' }>();
  const done = () => ask(undefined);
  const rows = list.data?.items.map((scope) => ({
    ...scope,
    pools: pools.filter(({ addressScopeId }) => addressScopeId === scope.id),
  }));
  return (
    <>
      <ListPage<Row>
        title="Address scopes"
        one="address scope"
        about={purpose}
        icon={<Telescope aria-hidden size={18} />}
        list={{ ...list, data: list.data && { ...list.data, items: rows ?? [] } }}
        neededRole="reader"
        create={{
          label: 'Create address scope',
          disabledReason: denial('address-scope:create'),
          run: () => setCreating(true),
        }}
        command={curlCommand(`/projects/${project}/address-scopes`, { name: 'inside', family: 4 })}
        text={({ name }) => name}
        columns={columnsOf(project)}
        nameAside={(scope) => <ShareBadges project={project} of={scope} />}
        phoneNote={({ pools: own }) => count(own.length, 'subnet pool')}
        menu={(scope) => <ScopeMenu project={project} scope={scope} onAsk={(act) => ask({ about: scope, act })} />}
      />
      {isCreating && <AddressScopeCreate project={project} onClose={() => setCreating(false)} />}
      {asked?.act === 'edit' && <AddressScopeEdit scope={asked.about} onClose={done} />}
      {asked?.act === 'share' && <Share of={asked.about} objectType="address-scope" onClose={done} />}
      {asked?.act === 'delete' && <AddressScopeDelete scope={asked.about} onClose={done} />}
    </>
  );
}

type ScopeMenuProps = { project: string; scope: Row; onAsk: (act: 'edit' | 'share' | 'delete') => void };

function ScopeMenu({ project, scope, onAsk }: ScopeMenuProps) {
  const denial = useDenial(project);
  const foreign = scope.projectId === project ? undefined : 'It belongs to another project.';
  const inUse =
    scope.pools.length > 0 ? `${count(scope.pools.length, 'subnet pool')} in it: take them out first.` : undefined;
  return (
    <>
      <ActivityItem project={project} resource={scope.id} />
      <MenuItem disabledReason={denial('address-scope:update') ?? foreign} onSelect={() => onAsk('edit')}>
        Change
      </MenuItem>
      <ShareItem project={project} of={scope} onSelect={() => onAsk('share')} />
      <MenuItem
        isDanger
        disabledReason={denial('address-scope:delete') ?? foreign ?? inUse}
        onSelect={() => onAsk('delete')}
      >
        Delete
      </MenuItem>
    </>
  );
}
