'use client';
import { ingressWords, ruleWords } from '#resources/security-group.ts';
import { ownPrefix } from '#resources/ssh-rule.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import type { ServerDraft, ServerOffer } from './server-create-draft.ts';
import { Section, toggled } from './server-create-section.tsx';

type FirewallProps = { offer: ServerOffer; draft: ServerDraft };

/** Which security groups the server is in, and whether SSH gets in to it. */
export function ServerCreateFirewall({ offer, draft }: FirewallProps) {
  const chosen = draft.values.securityGroupIds;
  return (
    <Section title="Firewall" note="security groups; what no rule allows is dropped">
      <div className="rounded-control border bg-surface px-3 py-1.5">
        {offer.securityGroups.map(({ id, name, rules }) => (
          <Checkbox
            key={id}
            label={name}
            note={ingressWords({ rules }, offer.securityGroups)}
            isChecked={chosen.includes(id)}
            onChange={(isChosen) => draft.change({ securityGroupIds: toggled(chosen, id, isChosen) })}
          />
        ))}
        <div className="mt-1 border-t pt-1">
          <AllowSsh offer={offer} draft={draft} />
        </div>
      </div>
    </Section>
  );
}

/** The tick that most people want and forget (H20): says which rule is added to which group, or that one is there. */
function AllowSsh({ offer, draft }: FirewallProps) {
  const { values, change, ssh } = draft;
  const own = ownPrefix(offer.address);
  const label = own ? `Allow SSH from my address (${own.replace(/\/\d+$/, '')})` : 'Allow SSH';
  const set = (allowsSsh: boolean) => change({ allowsSsh });
  if (!ssh.target) {
    const note =
      values.securityGroupIds.length === 0
        ? 'Choose a security group first: the rule is added to it.'
        : 'What is chosen belongs to another project: choose a group of this one too, the rule is added to it.';
    return <Checkbox label={label} note={note} isChecked={false} onChange={set} isDisabled />;
  }
  return (
    <>
      <Checkbox label={label} note={whatHappens(offer, draft)} isChecked={values.allowsSsh} onChange={set} />
      {values.allowsSsh && (
        <div className="max-w-72 pt-1 pb-2 pl-6.5">
          <Field
            label="SSH from"
            name="remotePrefix"
            value={values.sshFrom}
            onChange={(sshFrom) => change({ sshFrom })}
            placeholder="203.0.113.7"
            isMono
          />
        </div>
      )}
    </>
  );
}

function whatHappens(offer: ServerOffer, { values, ssh }: ServerDraft): string {
  if (ssh.already) return `Allowed already: ${ruleWords(ssh.already, offer.securityGroups)}. Nothing is added.`;
  if (ssh.rule) {
    const added = `Adds “tcp 22 from ${ssh.rule.remotePrefix}” to the security group ${ssh.target?.name}`;
    return `${added}, for every server in it, just before the server is made.`;
  }
  if (!values.allowsSsh || ownPrefix(offer.address))
    return 'Adds a rule for TCP port 22 to the first chosen group of this project.';
  return `You come from ${offer.address ?? 'an unknown address'}, which no server sees: write the address that you will connect from.`;
}
