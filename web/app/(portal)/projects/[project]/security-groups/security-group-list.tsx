'use client';
import { useQuery } from '@tanstack/react-query';
import type { Limit } from '@unkai/contracts/quota';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { Plus, Shield } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { SecurityGroupCreate } from '#forms/security-group-create.tsx';
import { SecurityGroupDelete } from '#forms/security-group-delete.tsx';
import { Share, ShareItem } from '#forms/share.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useLimits } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { foreignReason, groupQuotaReason, ingressWords, whyGroupStays } from '#resources/security-group.ts';
import { ShareBadges } from '#resources/share-badges.tsx';
import { tagColumn, useTagFilter } from '#resources/tags.tsx';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { FilterField, KeyHints, LiveBadge, useAddressValue } from '#table/filters.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { paths } from '../../../../../paths.ts';

const plus = <Plus aria-hidden size={15} />;

/** The project's security groups and what they let in. */
export function SecurityGroupList({ project }: { project: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<SecurityGroup>();
  const limits = useLimits(project);
  const { data, error, refetch } = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project, limit: 1000 }));
  const groups = data?.items;
  const createReason = useDenial(project)('security-group:create') ?? groupQuotaReason(limits, 'securityGroups');
  useCreateAction(createReason, () => setCreating(true));
  const create = (
    <Button variant="primary" icon={plus} disabledReason={createReason} onClick={() => setCreating(true)}>
      Create security group
    </Button>
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title="Security groups"
        summary={groups ? <Summary groups={groups} limits={limits} /> : summarySkeleton}
        actions={
          <>
            <About />
            {create}
          </>
        }
      />
      {groups?.length === 0 ? (
        <NoGroups project={project} create={create} />
      ) : (
        <FoundGroups project={project} groups={groups} onDelete={setDeleting} />
      )}
      {isCreating && (
        <SecurityGroupCreate
          project={project}
          onClose={() => setCreating(false)}
          onCreated={({ id }) => router.push(paths.securityGroup({ project, group: id }))}
        />
      )}
      {deleting && <SecurityGroupDelete group={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

type FoundGroupsProps = {
  project: string;
  groups: readonly SecurityGroup[] | undefined;
  onDelete: (group: SecurityGroup) => void;
};

/** The groups that hold what is typed into the filter. */
function FoundGroups({ project, groups, onDelete }: FoundGroupsProps) {
  const [filter, setFilter] = useAddressValue('filter');
  const [sharing, setSharing] = useState<SecurityGroup>();
  const denial = useDenial(project)('security-group:delete');
  const tags = useTagFilter(groups);
  const trpc = useTRPC();
  const found = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project, limit: 1000, tags: tags.wanted }));
  const shown = found.data?.items.filter((group) => holds(group, groups ?? [], filter));
  if (found.error) return <ErrorState problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FilterField label="Filter by name, rule or id" value={filter} onChange={setFilter} />
        {tags.choice}
        <LiveBadge />
      </div>
      <Table
        label="Security groups"
        columns={columns(groups ?? []).toSpliced(-2, 0, ...tagColumn(groups))}
        items={shown}
        href={({ id }) => paths.securityGroup({ project, group: id })}
        nameAside={(group) => <ShareBadges project={project} of={group} />}
        phoneNote={(group) => ingressWords(group, groups ?? [])}
        menu={(group) => (
          <>
            <ShareItem project={project} of={group} onSelect={() => setSharing(group)} />
            <MenuItem
              isDanger
              disabledReason={denial ?? foreignReason(project, group) ?? whyGroupStays(group, groups ?? [])}
              onSelect={() => onDelete(group)}
            >
              Delete
            </MenuItem>
          </>
        )}
      />
      {sharing && <Share of={sharing} objectType="security-group" onClose={() => setSharing(undefined)} />}
      <KeyHints canCreate={false} />
    </>
  );
}

function holds(group: SecurityGroup, groups: readonly SecurityGroup[], filter: string): boolean {
  const text = [group.name, group.id, group.description, ...group.tags, ingressWords(group, groups)]
    .join(' ')
    .toLowerCase();
  return text.includes(filter.trim().toLowerCase());
}

function useCreateAction(disabledReason: string | undefined, run: () => void): void {
  const create = {
    id: 'create security group',
    label: 'Create security group',
    group: 'On this page',
    icon: plus,
    run,
  };
  useQuickActions(disabledReason === undefined ? [create] : []);
}

const columns = (groups: readonly SecurityGroup[]): readonly Column<SecurityGroup>[] => [
  {
    header: 'Lets in',
    cell: (group) => (
      <span className="block max-w-md truncate" title={ingressWords(group, groups)}>
        {ingressWords(group, groups)}
      </span>
    ),
  },
  {
    header: 'Rules',
    cell: ({ rules }) => <span className="numeric">{rules.length}</span>,
    sortBy: ({ rules }) => rules.length,
    align: 'end',
    isMinor: true,
  },
  {
    header: 'Ports',
    cell: ({ portCount }) => <span className="numeric">{portCount}</span>,
    sortBy: ({ portCount }) => portCount ?? 0,
    align: 'end',
  },
  { header: 'Id', cell: ({ id }) => <CopyId id={id} />, isMinor: true },
  {
    header: 'Age',
    cell: ({ createdAt }) => (
      <span className="text-ink-muted">
        <RelativeTime at={createdAt} />
      </span>
    ),
    sortBy: ({ createdAt }) => -Date.parse(createdAt),
    align: 'end',
  },
];

function Summary({ groups, limits }: { groups: readonly SecurityGroup[]; limits: readonly Limit[] | undefined }) {
  const rules = limits?.find(({ name }) => name === 'securityGroupRules');
  const ofRules = rules ? ` · ${rules.used} of ${rules.limit} rules` : '';
  return `${count(groups.length, 'security group')}${ofRules}`;
}

function About() {
  return (
    <DocsPopover title="Security groups">
      A security group is a set of rules that says what may reach the servers in it, and what they may reach. What no
      rule allows is dropped. A server may be in several; their rules add up.
    </DocsPopover>
  );
}

function NoGroups({ project, create }: { project: string; create: ReactNode }) {
  return (
    <EmptyState
      icon={<Shield aria-hidden size={18} />}
      title="No security groups yet"
      purpose="A security group is a set of rules that says what may reach the servers in it."
      action={create}
      command={curlCommand(`/projects/${project}/security-groups`, { name: 'web' })}
      docs={{ href: paths.apiReference(), label: 'Security groups in the API reference' }}
    />
  );
}
