'use client';
import { useQuery } from '@tanstack/react-query';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { SecurityGroupDelete } from '#forms/security-group-delete.tsx';
import { SecurityGroupEdit } from '#forms/security-group-edit.tsx';
import { SecurityGroupRuleCreate } from '#forms/security-group-rule-create.tsx';
import { Tags } from '#forms/tags.tsx';
import { useLimits } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { ResourceActivity } from '#resources/resource-activity.tsx';
import { foreignReason, groupQuotaReason, whyGroupStays } from '#resources/security-group.ts';
import { ShareBadges } from '#resources/share-badges.tsx';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { LiveBadge } from '#table/filters.tsx';
import { count } from '#ui/amounts.ts';
import { Button, ButtonLink, IconButton } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { DetailSkeleton, Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';
import { SecurityGroupRules } from './security-group-rules.tsx';

type SecurityGroupDetailProps = { project: string; group: string };

/** One security group: its rules, and the servers that they hold for. */
export function SecurityGroupDetail({ project, group: id }: SecurityGroupDetailProps) {
  const trpc = useTRPC();
  const { data: group, error, refetch } = useQuery(trpc.securityGroup.get.queryOptions({ id }));
  const { data: all } = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project, limit: 1000 }));
  if (isMissing(error)) {
    return (
      <MissingState what="security group">
        <ButtonLink href={paths.securityGroups({ project })}>All security groups</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!group) return <DetailSkeleton panels={['h-52', 'h-24']} />;
  return <LoadedGroup project={project} group={group} groups={all?.items ?? [group]} />;
}

type LoadedGroupProps = { project: string; group: SecurityGroup; groups: readonly SecurityGroup[] };

function LoadedGroup({ project, group, groups }: LoadedGroupProps) {
  const [isAdding, setAdding] = useState(false);
  const denial = useDenial(project);
  const limits = useLimits(project);
  const changeReason = denial('security-group:update') ?? foreignReason(project, group);
  const addReason = changeReason ?? groupQuotaReason(limits, 'securityGroupRules');
  const plus = <Plus aria-hidden size={15} />;
  const add = { id: 'add rule', label: 'Add rule', group: 'On this page', icon: plus, run: () => setAdding(true) };
  useQuickActions(addReason === undefined ? [add] : []);
  return (
    <>
      <PageHeader
        title={
          <>
            {group.name}
            <EditButton project={project} group={group} />
            <ShareBadges project={project} of={group} />
          </>
        }
        summary={<Summary project={project} group={group} />}
        actions={
          <>
            <Button variant="primary" icon={plus} disabledReason={addReason} onClick={add.run}>
              Add rule
            </Button>
            <DeleteButton project={project} group={group} groups={groups} />
          </>
        }
      />
      <div className="mb-3 flex min-h-5 items-center gap-2">
        <p className="text-ink-muted text-table">What no rule allows is dropped.</p>
        <LiveBadge />
      </div>
      <SecurityGroupRules group={group} groups={groups} disabledReason={changeReason} />
      <UsedBy project={project} group={group} />
      <div className="mt-4">
        <ResourceActivity project={project} resource={group.id} />
      </div>
      {isAdding && <SecurityGroupRuleCreate group={group} groups={groups} onClose={() => setAdding(false)} />}
    </>
  );
}

function EditButton({ project, group }: { project: string; group: SecurityGroup }) {
  const [isEditing, setEditing] = useState(false);
  const denial = useDenial(project)('security-group:update') ?? foreignReason(project, group);
  return (
    <>
      <IconButton aria-label="Rename security group" disabledReason={denial} onClick={() => setEditing(true)}>
        <Pencil aria-hidden size={14} />
      </IconButton>
      {isEditing && <SecurityGroupEdit group={group} onClose={() => setEditing(false)} />}
    </>
  );
}

function DeleteButton({ project, group, groups }: LoadedGroupProps) {
  const router = useRouter();
  const [isDeleting, setDeleting] = useState(false);
  const denial = useDenial(project)('security-group:delete');
  return (
    <>
      <Button
        variant="danger"
        icon={<Trash2 aria-hidden size={14} />}
        disabledReason={denial ?? foreignReason(project, group) ?? whyGroupStays(group, groups)}
        onClick={() => setDeleting(true)}
      >
        Delete
      </Button>
      {isDeleting && (
        <SecurityGroupDelete
          group={group}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push(paths.securityGroups({ project }))}
        />
      )}
    </>
  );
}

function Summary({ project, group }: { project: string; group: SecurityGroup }) {
  const client = useTRPCClient();
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <CopyId id={group.id} />
      <span>{count(group.rules.length, 'rule')}</span>
      <span>
        created <RelativeTime at={group.createdAt} suffix="ago" />
      </span>
      {group.description && <span>{group.description}</span>}
      <Tags
        name={group.name}
        tags={group.tags}
        disabledReason={useDenial(project)('security-group:update') ?? foreignReason(project, group)}
        save={(tags) => client.securityGroup.update.mutate({ id: group.id, tags })}
      />
    </span>
  );
}

function UsedBy({ project, group }: { project: string; group: SecurityGroup }) {
  const trpc = useTRPC();
  const ports = useQuery(trpc.port.list.queryOptions({ projectId: project, securityGroupId: group.id, limit: 1000 }));
  const servers = useQuery(trpc.server.list.queryOptions({ projectId: project, limit: 1000 }));
  const ids = new Set(ports.data?.items.map(({ serverId }) => serverId));
  const users = servers.data?.items.filter(({ id }) => ids.has(id));
  return (
    <div className="mt-4">
      <Panel title="Servers in it" note={group.portCount ? count(group.portCount, 'port') : undefined}>
        {ports.data === undefined || users === undefined ? (
          <Skeleton className="h-5 w-48" />
        ) : users.length === 0 ? (
          <p className="text-ink-muted text-table">None yet. Choose the group when you create a server.</p>
        ) : (
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-table">
            {users.map(({ id, name }) => (
              <li key={id} className="min-w-0">
                <Link
                  href={paths.server({ project, server: id })}
                  className="inline-flex min-h-6 max-w-full items-center truncate underline-offset-4 hover:underline"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}
