'use client';
import { useQuery } from '@tanstack/react-query';
import type { QosPolicy } from '@unkai/contracts/resources/qos-policy';
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { QosPolicyCreate, QosPolicyDelete } from '#forms/qos-policy.tsx';
import { Share, ShareItem } from '#forms/share.tsx';
import { ageColumn, idColumn } from '#resources/columns.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useDenial } from '#resources/project.ts';
import { policyWords, whyPolicyStays } from '#resources/qos-policy.ts';
import { ActivityItem } from '#resources/resource-activity.tsx';
import { ShareBadges } from '#resources/share-badges.tsx';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { MenuItem } from '#ui/menu.tsx';
import { paths } from '../../../../../paths.ts';

const purpose =
  'A QoS policy says how fast ports are, each way, and how what they send is marked. A port has its own, or its network’s.';

const columns: readonly Column<QosPolicy>[] = [
  { header: 'Rules', cell: policyWords, sortBy: policyWords },
  { header: 'Used by', cell: usersOf, isMinor: true },
  idColumn,
  ageColumn,
];

function usersOf({ networkCount, portCount }: QosPolicy): string {
  if (networkCount === null || portCount === null) return '';
  return `${count(networkCount, 'network')}, ${count(portCount, 'port')}`;
}

/** The policies that the project may use: its own, and those that are shared with it. */
export function QosPolicyList({ project }: { project: string }) {
  const trpc = useTRPC();
  const list = useQuery(trpc.qosPolicy.list.queryOptions({ projectId: project, limit: 1000 }));
  const denial = useDenial(project);
  const [isCreating, setCreating] = useState(false);
  const [asked, ask] = useState<{ about: QosPolicy; act: 'share' | 'delete' }>();
  const done = () => ask(undefined);
  return (
    <>
      <ListPage
        title="QoS policies"
        one="QoS policy"
        many="QoS policies"
        about={purpose}
        icon={<Gauge aria-hidden size={18} />}
        list={list}
        neededRole="reader"
        create={{
          label: 'Create QoS policy',
          disabledReason: denial('qos-policy:create'),
          run: () => setCreating(true),
        }}
        command={curlCommand(`/projects/${project}/qos-policies`, { name: 'slow' })}
        text={(policy) => `${policy.name} ${policyWords(policy)}`}
        columns={columns}
        href={({ id }) => paths.qosPolicy({ project, policy: id })}
        nameAside={(policy) => <ShareBadges project={project} of={policy} />}
        phoneNote={policyWords}
        menu={(policy) => (
          <>
            <ActivityItem project={project} resource={policy.id} />
            <ShareItem project={project} of={policy} onSelect={() => ask({ about: policy, act: 'share' })} />
            <MenuItem
              isDanger
              disabledReason={denial('qos-policy:delete') ?? whyPolicyStays(policy, project)}
              onSelect={() => ask({ about: policy, act: 'delete' })}
            >
              Delete
            </MenuItem>
          </>
        )}
      />
      {isCreating && <QosPolicyCreate project={project} onClose={() => setCreating(false)} />}
      {asked?.act === 'share' && <Share of={asked.about} objectType="qos-policy" onClose={done} />}
      {asked?.act === 'delete' && <QosPolicyDelete policy={asked.about} onClose={done} />}
    </>
  );
}
