'use client';
import { useQuery } from '@tanstack/react-query';
import type { IpFamily } from '@unkai/contracts/address-form';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { useTRPC } from '#client/trpc.tsx';
import { icmpMessages } from '#resources/protocol.ts';
import { familiesOf, matchWords, type RuleDraft, rulePresets } from '#resources/security-group.ts';
import { ownPrefix } from '#resources/ssh-rule.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { RadioCards } from '#ui/radio-cards.tsx';
import { Select } from '#ui/select.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';

type PartProps = { draft: RuleDraft; change: (changed: Partial<RuleDraft>) => void };

/** Which way, and what a rule lets through. */
export function RuleWhatFields({ draft, change }: PartProps) {
  const presets = rulePresets.map(({ name, label, match }) => ({
    value: name,
    title: label,
    note: match.protocol === 'any' ? 'any protocol, any port' : matchWords(match),
  }));
  return (
    <>
      <SegmentedControl
        label="Direction"
        value={draft.direction}
        onChange={(direction) => change({ direction })}
        options={[
          { value: 'ingress', label: 'Let in' },
          { value: 'egress', label: 'Let out' },
        ]}
      />
      <RadioCards
        label="What"
        value={draft.what}
        onChange={(value) => change({ what: rulePresets.find(({ name }) => name === value)?.name ?? 'own' })}
        cards={[...presets, { value: 'own', title: 'Your own', note: 'protocol and ports' }]}
      />
      {draft.what === 'own' && <OwnMatch draft={draft} change={change} />}
    </>
  );
}

function OwnMatch({ draft, change }: PartProps) {
  const hasPorts = draft.protocol === 'tcp' || draft.protocol === 'udp';
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SegmentedControl
        label="Protocol"
        value={draft.protocol}
        onChange={(protocol) => change({ protocol })}
        options={[
          { value: 'tcp', label: 'TCP' },
          { value: 'udp', label: 'UDP' },
          { value: 'icmp', label: 'ICMP' },
          { value: 'any', label: 'Any' },
          { value: 'number', label: 'Other' },
        ]}
      />
      {hasPorts && (
        <Field
          label="Ports"
          name="portMin"
          value={draft.ports}
          onChange={(ports) => change({ ports })}
          placeholder="8080 or 8000-8010"
          isMono
          isOptional
        />
      )}
      {draft.protocol === 'number' && (
        <Field
          label="Protocol number"
          name="protocol"
          value={draft.number}
          onChange={(number) => change({ number })}
          inputMode="numeric"
          placeholder="47 is GRE, 112 VRRP"
          isMono
        />
      )}
      {draft.protocol === 'icmp' && <IcmpFields draft={draft} change={change} />}
    </div>
  );
}

const ownMessage = 'own';

/** One kind of message by its name, or by type and code; their numbers differ between the families. */
function IcmpFields({ draft, change }: PartProps) {
  const families = familiesOf(draft);
  const [family] = families;
  // A number that means two things is none to choose.
  const known = families.length > 1 || family === undefined ? [] : messagesOf(family);
  const isKnown = draft.icmp === '' || known.some(({ value }) => value === draft.icmp);
  return (
    <>
      <Select
        label="Messages"
        name="icmp"
        value={isKnown ? draft.icmp : ownMessage}
        onChange={(chosen) => change({ icmp: chosen === ownMessage ? '0' : chosen })}
        options={[
          { value: '', label: 'All' },
          ...known,
          ...(families.length > 1 ? [] : [{ value: ownMessage, label: 'Another, by type and code' }]),
        ]}
      />
      {!isKnown && (
        <Field
          label="Type and code"
          name="icmpType"
          value={draft.icmp}
          onChange={(icmp) => change({ icmp })}
          placeholder="8 or 3/4"
          isMono
        />
      )}
    </>
  );
}

const messagesOf = (family: IpFamily) =>
  icmpMessages[family].map(({ type, code, words }) => ({
    value: code === undefined ? `${type}` : `${type}/${code}`,
    label: `${words}, ${code === undefined ? type : `${type}/${code}`}`,
  }));

type RemoteProps = {
  /** The one of the group that the rule is for. */
  project: string;
  groups: readonly SecurityGroup[];
};

/** Whom a rule is about, and in which of the two families. */
export function RuleRemoteFields({ draft, change, project, groups }: PartProps & RemoteProps) {
  const word = draft.direction === 'ingress' ? 'From' : 'To';
  return (
    <>
      <div className="grid gap-1.5">
        <p className="font-medium text-table">{word}</p>
        <div className="flex flex-wrap gap-2">
          <SegmentedControl
            label={word}
            value={draft.remote}
            onChange={(remote) => change({ remote })}
            options={[
              { value: 'anywhere', label: 'Anywhere' },
              { value: 'range', label: 'Range' },
              { value: 'group', label: 'Group' },
            ]}
          />
          {draft.remote !== 'range' && <FamilyChoice draft={draft} change={change} />}
        </div>
      </div>
      {draft.direction === 'ingress' && <OwnAddress onChoose={(range) => change({ remote: 'range', range })} />}
      {draft.remote === 'range' && (
        <Field
          label="Range of addresses"
          name="remotePrefix"
          value={draft.range}
          onChange={(range) => change({ range })}
          placeholder="203.0.113.0/24"
          isMono
          help="Such as 203.0.113.0/24 or 2001:db8::/32; one address alone may go without its length."
        />
      )}
      {draft.remote === 'group' && (
        <RadioCards
          label="Security group"
          value={draft.group}
          onChange={(group) => change({ group })}
          cards={groups.map((group) => ({ value: group.id, title: group.name, note: remoteNote(project, group) }))}
        />
      )}
    </>
  );
}

function remoteNote(project: string, { projectId, portCount }: SecurityGroup): string {
  if (projectId !== project) return 'shared by another project';
  return portCount === 0 ? 'no server in it yet' : 'as its servers come and go';
}

function FamilyChoice({ draft, change }: PartProps) {
  return (
    <SegmentedControl
      label="Family"
      value={draft.families}
      // What ICMP calls a message in one family is another in the other.
      onChange={(families) => change({ families, icmp: '' })}
      options={[
        { value: '4', label: 'IPv4' },
        { value: '6', label: 'IPv6' },
        { value: 'both', label: 'Both' },
      ]}
    />
  );
}

/** Fills in the address that the reader has, as the cloud sees it. */
function OwnAddress({ onChoose }: { onChoose: (range: string) => void }) {
  const trpc = useTRPC();
  const own = ownPrefix(useQuery(trpc.session.current.queryOptions()).data?.address);
  if (own === undefined) return null;
  return (
    <div>
      <Button variant="quiet" onClick={() => onChoose(own)}>
        Only my address, {own}
      </Button>
    </div>
  );
}
