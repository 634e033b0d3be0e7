'use client';
import { useQuery } from '@tanstack/react-query';
import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';
import { Layers } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { Share, ShareItem } from '#forms/share.tsx';
import { SubnetPoolCreate, SubnetPoolDelete, SubnetPoolEdit } from '#forms/subnet-pool.tsx';
import { ageColumn, idColumn } from '#resources/columns.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useDenial } from '#resources/project.ts';
import { ActivityItem } from '#resources/resource-activity.tsx';
import { ShareBadges } from '#resources/share-badges.tsx';
import { sizeWords } from '#resources/subnet-pool.ts';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { paths } from '../../../../../paths.ts';

const purpose =
  'A subnet pool is a store of addresses that subnets are cut out of: who makes one says how large, and gets a range that nobody else has.';

const rangeWords = ({ prefixes }: SubnetPool) => prefixes.join(', ');

const columns: readonly Column<SubnetPool>[] = [
  {
    header: 'Ranges',
    cell: (pool) => <code className="numeric block max-w-72 truncate">{rangeWords(pool)}</code>,
    sortBy: rangeWords,
  },
  { header: 'Subnets', cell: (pool) => <span className="numeric">{sizeWords(pool)}</span>, isMinor: true },
  { header: 'Family', cell: ({ family }) => `IPv${family}`, sortBy: ({ family }) => family, isPhoneAside: true },
  idColumn,
  ageColumn,
];

/** The pools that the project may take subnets from: its own, and those that are shared with it. */
export function SubnetPoolList({ project }: { project: string }) {
  const trpc = useTRPC();
  const list = useQuery(trpc.subnetPool.list.queryOptions({ projectId: project, limit: 1000 }));
  const denial = useDenial(project);
  const [isCreating, setCreating] = useState(false);
  const [asked, ask] = useState<{ about: SubnetPool; act: 'edit' | 'share' | 'delete' }>();
  const done = () => ask(undefined);
  return (
    <>
      <ListPage
        title="Subnet pools"
        one="subnet pool"
        about={purpose}
        icon={<Layers aria-hidden size={18} />}
        list={list}
        neededRole="reader"
        create={{
          label: 'Create subnet pool',
          disabledReason: denial('subnet-pool:create'),
          run: () => setCreating(true),
        }}
        command={curlCommand(`/projects/${project}/subnet-pools`, { name: 'store', prefixes: ['10.128.0.0/10'] })}
        text={(pool) => `${pool.name} ${rangeWords(pool)}`}
        columns={columns}
        href={({ id }) => paths.subnetPool({ project, pool: id })}
        nameAside={(pool) => <ShareBadges project={project} of={pool} />}
        phoneNote={rangeWords}
        menu={(pool) => <PoolMenu project={project} pool={pool} onAsk={(act) => ask({ about: pool, act })} />}
      />
      {isCreating && <SubnetPoolCreate project={project} onClose={() => setCreating(false)} />}
      {asked?.act === 'edit' && <SubnetPoolEdit pool={asked.about} onClose={done} />}
      {asked?.act === 'share' && <Share of={asked.about} objectType="subnet-pool" onClose={done} />}
      {asked?.act === 'delete' && <SubnetPoolDelete pool={asked.about} onClose={done} />}
    </>
  );
}

type PoolMenuProps = { project: string; pool: SubnetPool; onAsk: (act: 'edit' | 'share' | 'delete') => void };

function PoolMenu({ project, pool, onAsk }: PoolMenuProps) {
  const denial = useDenial(project);
  const foreign = pool.projectId === project ? undefined : 'It belongs to another project.';
  return (
    <>
      <ActivityItem project={project} resource={pool.id} />
      <MenuItem disabledReason={denial('subnet-pool:update') ?? foreign} onSelect={() => onAsk('edit')}>
        Change
      </MenuItem>
      <ShareItem project={project} of={pool} onSelect={() => onAsk('share')} />
      <MenuItem isDanger disabledReason={denial('subnet-pool:delete') ?? foreign} onSelect={() => onAsk('delete')}>
        Delete
      </MenuItem>
    </>
  );
}
