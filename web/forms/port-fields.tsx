'use client';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import type { PortDraft } from '#resources/port-draft.ts';
import { ingressWords } from '#resources/security-group.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { QosPolicyChoice } from './qos-policy-choice.tsx';
import { toggled } from './server-create-section.tsx';

type DraftProps = { draft: PortDraft; change: (changed: Partial<PortDraft>) => void };

/** Where a port is: its addresses, one a line, its MAC address, and the name by which it is found. */
export function PortAddressFields({ draft, change, isNew = false }: DraftProps & { isNew?: boolean }) {
  return (
    <>
      <TextArea
        label="Addresses"
        name="addresses"
        value={draft.addresses}
        onChange={(addresses) => change({ addresses })}
        rows={2}
        placeholder={isNew ? 'the next that is free' : ''}
        help="Up to ten, one a line. The name of a subnet stands for its next free one."
        isOptional={isNew}
      />
      <Field
        label="MAC address"
        name="macAddress"
        value={draft.macAddress}
        onChange={(macAddress) => change({ macAddress })}
        placeholder={isNew ? 'one is made' : ''}
        isMono
        isOptional={isNew}
      />
      <Field
        label="DNS name"
        name="dnsName"
        value={draft.dnsName}
        onChange={(dnsName) => change({ dnsName })}
        placeholder="the name of its server"
        help="By which guests of its network find it: letters, digits and dashes."
        isMono
        isOptional
      />
    </>
  );
}

type SecurityProps = DraftProps & { groups: readonly SecurityGroup[] };

/** What a port lets through, and what it may send from besides its own addresses. */
export function PortSecurityFields({ draft, change, groups }: SecurityProps) {
  return (
    <>
      <Checkbox
        label="Port security"
        note="It sends from its own addresses only, and lets in what its groups allow. Without it nothing is checked."
        isChecked={draft.hasPortSecurity}
        onChange={(hasPortSecurity) => change({ hasPortSecurity })}
      />
      {draft.hasPortSecurity && (
        <>
          <GroupChoice groups={groups} chosen={draft.groupIds} onChange={(groupIds) => change({ groupIds })} />
          <TextArea
            label="May also send from"
            name="allowedAddressPairs"
            value={draft.pairs}
            onChange={(pairs) => change({ pairs })}
            rows={2}
            placeholder="10.0.0.50"
            help="Allowed address pairs: an address or a range a line, with a MAC address behind it where that is another."
            isOptional
          />
        </>
      )}
    </>
  );
}

/** How fast it is, what DHCP tells on it besides, and whether it lets anything through at all. */
export function PortServiceFields({ project, draft, change }: DraftProps & { project: string }) {
  return (
    <>
      <QosPolicyChoice
        project={project}
        value={draft.qosPolicyId}
        onChange={(qosPolicyId) => change({ qosPolicyId })}
        none="As the network says"
      />
      <TextArea
        label="DHCP options"
        name="dhcpOptions"
        value={draft.dhcpOptions}
        onChange={(dhcpOptions) => change({ dhcpOptions })}
        rows={2}
        placeholder="ntp-server 10.0.0.9"
        help="Told besides what the network tells, one a line: a name or a number, and its value; of IPv6 with ipv6 before it."
        isOptional
      />
      <Checkbox
        label="Switched on"
        note="One that is off lets nothing through, either way."
        isChecked={draft.isEnabled}
        onChange={(isEnabled) => change({ isEnabled })}
      />
    </>
  );
}

type GroupChoiceProps = {
  groups: readonly SecurityGroup[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

function GroupChoice({ groups, chosen, onChange }: GroupChoiceProps) {
  return (
    <fieldset className="grid gap-0.5">
      <legend className="font-medium text-table">Security groups</legend>
      {groups.map((group) => (
        <Checkbox
          key={group.id}
          label={group.name}
          note={ingressWords(group, groups)}
          isChecked={chosen.includes(group.id)}
          onChange={(isChosen) => onChange(toggled(chosen, group.id, isChosen))}
        />
      ))}
      {chosen.length === 0 && (
        <p className="text-ink-muted text-meta">With none it reaches out and nothing reaches it.</p>
      )}
    </fieldset>
  );
}
