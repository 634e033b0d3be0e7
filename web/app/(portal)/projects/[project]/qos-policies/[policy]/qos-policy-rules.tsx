'use client';
import { type QosPolicy, type QosRule, qosRuleKinds } from '@unkai/contracts/resources/qos-policy';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { QosRuleCreate, QosRuleDelete, QosRuleEdit } from '#forms/qos-rule.tsx';
import { useDenial } from '#resources/project.ts';
import { ruleWords } from '#resources/qos-policy.ts';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';

type QosPolicyRulesProps = { project: string; policy: QosPolicy; foreign: string | undefined };

/** The rules of a policy, each to be changed and deleted; what has it goes on with the new ones at once. */
export function QosPolicyRules({ project, policy, foreign }: QosPolicyRulesProps) {
  const [isAdding, setAdding] = useState(false);
  const [asked, ask] = useState<{ rule: QosRule; act: 'edit' | 'delete' }>();
  const reason = useDenial(project)('qos-policy:update') ?? foreign;
  const add = { id: 'add rule', label: 'Add rule', group: 'On this page', run: () => setAdding(true) };
  useQuickActions(reason === undefined ? [add] : []);
  return (
    <Panel
      title="Rules"
      aside={
        <Button icon={<Plus aria-hidden size={14} />} disabledReason={reason} onClick={add.run}>
          Add rule
        </Button>
      }
    >
      {policy.rules.length === 0 ? (
        <p className="text-ink-muted text-table">
          No rule yet: what has this policy is as fast as its host lets it be.
        </p>
      ) : (
        <ul className="grid gap-2 text-table">
          {policy.rules.map((rule) => (
            <li key={rule.id} className="flex flex-wrap items-center gap-x-3">
              <span className="grid min-w-0 grow basis-48">
                <span className="font-medium">{ruleWords(rule)}</span>
                <span className="text-ink-muted text-meta">{aboutOf(rule)}</span>
              </span>
              <span className="flex gap-1">
                <RuleButton act="Change" of={rule} reason={reason} onClick={() => ask({ rule, act: 'edit' })} />
                <RuleButton act="Delete" of={rule} reason={reason} onClick={() => ask({ rule, act: 'delete' })} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {isAdding && <QosRuleCreate policy={policy} onClose={() => setAdding(false)} />}
      {asked?.act === 'edit' && <QosRuleEdit policy={policy} rule={asked.rule} onClose={() => ask(undefined)} />}
      {asked?.act === 'delete' && <QosRuleDelete policy={policy} rule={asked.rule} onClose={() => ask(undefined)} />}
    </Panel>
  );
}

function aboutOf({ kind, burstKilobits }: QosRule): string {
  const burst = burstKilobits ? ` ${burstKilobits / 1000} Mbit may pass at once before it holds.` : '';
  return qosRuleKinds[kind] + burst;
}

type RuleButtonProps = {
  act: 'Change' | 'Delete';
  of: QosRule;
  reason: string | undefined;
  onClick: () => void;
};

function RuleButton({ act, of, reason, onClick }: RuleButtonProps) {
  return (
    <Button variant="quiet" aria-label={`${act} “${ruleWords(of)}”`} disabledReason={reason} onClick={onClick}>
      {act}
    </Button>
  );
}
