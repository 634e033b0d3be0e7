'use client';
import { useQuery } from '@tanstack/react-query';
import type { MissingRule, PathCheck, PathStep } from '@unkai/contracts/resources/path-check';
import { ArrowRight, CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { SecurityGroupRuleCreate } from '#forms/security-group-rule-create.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { classes } from '#ui/classes.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { paths } from '../paths.ts';
import { useDenial } from './project.ts';
import { foreignReason, ruleDraft } from './security-group.ts';

const looks = {
  passes: { icon: CircleCheck, colour: 'text-ok-ink', word: 'passes' },
  stops: { icon: CircleAlert, colour: 'text-bad-ink', word: 'stops it' },
  unknown: { icon: CircleDashed, colour: 'text-ink-faint', word: 'not known' },
} as const;

/** What a packet meets, step by step; what stops it first is said first. */
export function PathSteps({ project, check }: { project: string; check: PathCheck }) {
  const first = check.steps.find(({ verdict }) => verdict !== 'passes');
  return (
    <div className="min-w-0 rounded-panel border bg-surface">
      <div className="grid gap-1 border-b px-4 py-3">
        <p className="flex flex-wrap items-center gap-x-2 wrap-anywhere font-semibold">
          <EndWords end={check.from} />
          <ArrowRight aria-label="to" size={14} className="text-ink-faint" />
          <EndWords end={check.to} />
        </p>
        <p>
          <StateBadge tone={first ? (first.verdict === 'stops' ? 'bad' : 'idle') : 'ok'} word={answerOf(first)} />
        </p>
      </div>
      <ol aria-label="Steps" className="grid">
        {[...check.steps.entries()].map(([position, step]) => (
          // Routes in a circle are told with the same words more than once: only the place tells such steps apart.
          <Step key={position} project={project} step={step} isFirst={step === first} />
        ))}
      </ol>
    </div>
  );
}

function answerOf(first: PathStep | undefined): string {
  if (first === undefined) return 'Nothing stands in the way';
  return first.verdict === 'stops' ? `Stopped: ${first.title}` : `Cannot be told beyond: ${first.title}`;
}

function EndWords({ end: { label, address } }: { end: PathCheck['from'] }) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      {label}
      {address !== null && address !== label && (
        <code className="numeric font-normal text-ink-muted text-meta">{address}</code>
      )}
    </span>
  );
}

type StepProps = { project: string; step: PathStep; isFirst: boolean };

function Step({ project, step, isFirst }: StepProps) {
  const { icon: Icon, colour, word } = looks[step.verdict];
  return (
    <li className={classes('flex gap-3 border-b px-4 py-3 last:border-b-0', isFirst && 'bg-raised/60')}>
      <Icon aria-hidden size={16} strokeWidth={2.25} className={classes('mt-0.5 shrink-0', colour)} />
      <div className="grid min-w-0 grid-cols-1 gap-0.5 wrap-anywhere text-table">
        <p>
          <span className="font-medium">{step.title}</span>{' '}
          <span className={colour}>{step.verdict === 'stops' && !isFirst ? 'would stop it too' : word}</span>
        </p>
        <p className="text-ink-muted">{step.detail}</p>
        {step.next !== null && <p>{step.next}</p>}
        {step.verdict !== 'passes' && <Mend project={project} step={step} />}
      </div>
    </li>
  );
}

function Mend({ project, step: { mend, concerned } }: Omit<StepProps, 'isFirst'>) {
  const href = concerned === null ? undefined : hrefOf(project, concerned);
  return (
    <div className="flex flex-wrap gap-2 pt-1.5 empty:hidden">
      {mend?.kind === 'rule' && <AddRule project={project} groupId={mend.securityGroupId} rule={mend.rule} />}
      {concerned !== null && href !== undefined && (
        <ButtonLink href={href}>
          <span className="truncate">
            Open {nouns[concerned.noun]} {concerned.name}
          </span>
        </ButtonLink>
      )}
    </div>
  );
}

const nouns = {
  server: 'server',
  port: 'port',
  network: 'network',
  'security-group': 'group',
  router: 'router',
  'floating-ip': 'floating IP',
} as const satisfies Record<NonNullable<PathStep['concerned']>['noun'], string>;

function hrefOf(project: string, { noun, id }: NonNullable<PathStep['concerned']>): string {
  if (noun === 'server') return paths.server({ project, server: id });
  if (noun === 'port') return paths.port({ project, port: id });
  if (noun === 'network') return paths.network({ project, network: id });
  if (noun === 'security-group') return paths.securityGroup({ project, group: id });
  if (noun === 'router') return paths.router({ project, router: id });
  return paths.floatingIp({ project, floating: id });
}

/** Opens the form of a rule with all of it filled in. */
function AddRule({ project, groupId, rule }: { project: string; groupId: string; rule: MissingRule }) {
  const trpc = useTRPC();
  const [isAdding, setAdding] = useState(false);
  const groups = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project, limit: 1000 })).data?.items ?? [];
  const group = groups.find(({ id }) => id === groupId);
  const denial = useDenial(project)('security-group:update');
  const reason = denial ?? (group && foreignReason(project, group));
  return (
    <>
      <Button
        variant="primary"
        disabledReason={reason ?? (group ? undefined : 'Reading the group.')}
        onClick={() => setAdding(true)}
      >
        Add this rule
      </Button>
      {isAdding && group && (
        <SecurityGroupRuleCreate
          group={group}
          groups={groups}
          draft={ruleDraft(rule)}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
