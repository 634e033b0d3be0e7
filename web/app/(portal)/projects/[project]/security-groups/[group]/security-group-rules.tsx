'use client';
import type { SecurityGroup, SecurityGroupRule } from '@unkai/contracts/resources/security-group';
import { ArrowDownToLine, ArrowUpFromLine } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { presetLabel, ruleWords } from '#resources/security-group.ts';
import { type Column, Table } from '#table/table.tsx';
import { MenuItem } from '#ui/menu.tsx';

type Row = SecurityGroupRule & { name: string };

const columns: readonly Column<Row>[] = [
  {
    header: 'Direction',
    cell: ({ direction }) => <Direction direction={direction} />,
    sortBy: ({ direction }) => direction,
    isPhoneAside: true,
  },
  { header: 'Known as', cell: (rule) => presetLabel(rule) ?? '', sortBy: (rule) => presetLabel(rule) ?? '' },
  {
    header: 'Description',
    cell: ({ description }) => <span className="text-ink-muted">{description}</span>,
    sortBy: ({ description }) => description,
    isMinor: true,
  },
];

function Direction({ direction }: Pick<Row, 'direction'>) {
  const isIn = direction === 'ingress';
  const Icon = isIn ? ArrowDownToLine : ArrowUpFromLine;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-muted">
      <Icon aria-hidden size={14} />
      {isIn ? 'in' : 'out'}
    </span>
  );
}

type RulesProps = {
  group: SecurityGroup;
  groups: readonly SecurityGroup[];
  /** Why no rule can be removed. */
  disabledReason: string | undefined;
};

/** The rules of a group: those that let in first. */
export function SecurityGroupRules({ group, groups, disabledReason }: RulesProps) {
  const [removing, setRemoving] = useState<Row>();
  const rows = useMemo(
    () =>
      group.rules
        .map((rule) => ({ ...rule, name: ruleWords(rule, groups) }))
        .toSorted((one, other) => Number(one.direction === 'egress') - Number(other.direction === 'egress')),
    [group, groups],
  );
  return (
    <>
      <Table
        label="Rules"
        nameHeader="Allows"
        columns={columns.filter(
          ({ header }) => header !== 'Description' || rows.some(({ description }) => description !== ''),
        )}
        items={rows}
        noMatch="No rule: nothing comes in and nothing goes out."
        phoneNote={(rule) => [presetLabel(rule), rule.description].filter(Boolean).join(' · ')}
        menu={(rule) => (
          <MenuItem isDanger disabledReason={disabledReason} onSelect={() => setRemoving(rule)}>
            Remove
          </MenuItem>
        )}
      />
      {removing && <RuleRemove group={group} rule={removing} onClose={() => setRemoving(undefined)} />}
    </>
  );
}

type RuleRemoveProps = { group: SecurityGroup; rule: Row; onClose: () => void };

function RuleRemove({ group, rule, onClose }: RuleRemoveProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title="Remove this rule?"
      description={`${group.name} will no longer allow ${rule.name}. It holds for every server in the group, at once.`}
      action="Remove rule"
      done="The rule is removed"
      change={() => client.securityGroup.deleteRule.mutate({ securityGroupId: group.id, id: rule.id })}
      outdated={[trpc.securityGroup.pathKey()]}
      onClose={onClose}
    />
  );
}
