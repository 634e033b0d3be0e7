'use client';
import { useQuery } from '@tanstack/react-query';
import type { QosPolicy } from '@unkai/contracts/resources/qos-policy';
import { Pencil, Trash2, Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { QosPolicyDelete, QosPolicyEdit } from '#forms/qos-policy.tsx';
import { Share } from '#forms/share.tsx';
import { useDenial } from '#resources/project.ts';
import { whyPolicyStays } from '#resources/qos-policy.ts';
import { ResourceActivity } from '#resources/resource-activity.tsx';
import { ShareBadges } from '#resources/share-badges.tsx';
import { count } from '#ui/amounts.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { DetailSkeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';
import { QosPolicyRules } from './qos-policy-rules.tsx';
import { QosPolicyUsers } from './qos-policy-users.tsx';

/** One QoS policy: its rules, and what has it. */
export function QosPolicyDetail({ project, policy: id }: { project: string; policy: string }) {
  const trpc = useTRPC();
  const { data: policy, error, refetch } = useQuery(trpc.qosPolicy.get.queryOptions({ id }));
  if (isMissing(error)) {
    return (
      <MissingState what="QoS policy">
        <ButtonLink href={paths.qosPolicies({ project })}>All QoS policies</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!policy) return <DetailSkeleton />;
  const foreign = policy.projectId === project ? undefined : 'It belongs to another project.';
  return (
    <>
      <PolicyHeader project={project} policy={policy} foreign={foreign} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <QosPolicyRules project={project} policy={policy} foreign={foreign} />
        <QosPolicyUsers project={project} policy={policy} />
      </div>
      <div className="mt-4">
        <ResourceActivity project={project} resource={policy.id} />
      </div>
    </>
  );
}

type PolicyHeaderProps = {
  project: string;
  policy: QosPolicy;
  /** Said where it is another project's, which alone changes it. */
  foreign: string | undefined;
};

function PolicyHeader({ project, policy, foreign }: PolicyHeaderProps) {
  const { push } = useRouter();
  const [asked, ask] = useState<'edit' | 'share' | 'delete'>();
  const done = () => ask(undefined);
  const denial = useDenial(project);
  const buttons = [
    { act: 'edit', words: 'Change QoS policy', reason: denial('qos-policy:update') ?? foreign, Icon: Pencil },
    { act: 'share', words: 'Share', reason: denial('rbac-policy:create') ?? foreign, Icon: Users },
    {
      act: 'delete',
      words: 'Delete',
      reason: denial('qos-policy:delete') ?? whyPolicyStays(policy, project),
      Icon: Trash2,
    },
  ] as const;
  return (
    <>
      <PageHeader
        title={
          <>
            {policy.name}
            <ShareBadges project={project} of={policy} />
          </>
        }
        summary={<Summary policy={policy} />}
        actions={buttons.map(({ act, words, reason, Icon }) => (
          <Button
            key={act}
            variant={act === 'delete' ? 'danger' : 'secondary'}
            icon={<Icon aria-hidden size={14} />}
            disabledReason={reason}
            onClick={() => ask(act)}
          >
            {words}
          </Button>
        ))}
      />
      {asked === 'edit' && <QosPolicyEdit policy={policy} onClose={done} />}
      {asked === 'share' && <Share of={policy} objectType="qos-policy" onClose={done} />}
      {asked === 'delete' && (
        <QosPolicyDelete policy={policy} onClose={done} onDeleted={() => push(paths.qosPolicies({ project }))} />
      )}
    </>
  );
}

function Summary({ policy }: { policy: QosPolicy }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <CopyId id={policy.id} />
      <span>{count(policy.rules.length, 'rule')}</span>
      <span>
        created <RelativeTime at={policy.createdAt} suffix="ago" />
      </span>
      {policy.description && <span>{policy.description}</span>}
    </span>
  );
}
