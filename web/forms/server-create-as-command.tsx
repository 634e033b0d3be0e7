'use client';
import { useState } from 'react';
import { curlCommand } from '#resources/curl-command.ts';
import { openstackRuleCreate, openstackServerCreate } from '#resources/openstack-command.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import type { ServerDraft, ServerOffer, SshOffer } from './server-create-draft.ts';

type Request = NonNullable<ServerDraft['request']>;
type AsCommandProps = { offer: ServerOffer; ssh: SshOffer; request: Request; onClose: () => void };
type Client = 'curl' | 'openstack';

/** What the form would do, as commands: of this cloud's own API, or of the openstack client. */
export function ServerCreateAsCommand({ offer, ssh, request, onClose }: AsCommandProps) {
  const [client, setClient] = useState<Client>('curl');
  return (
    <Dialog isOpen onClose={onClose} width="wide" title="The same from a terminal">
      <SegmentedControl<Client>
        label="Client"
        value={client}
        onChange={setClient}
        options={[
          { value: 'curl', label: 'curl' },
          { value: 'openstack', label: 'openstack' },
        ]}
      />
      <p className="text-ink-muted">
        {client === 'curl' ? (
          <>
            <code className="numeric">eval "$(./unkai env)"</code> sets the address and a token.
          </>
        ) : (
          'What the openstack client is told on any OpenStack. This cloud does not answer that client yet.'
        )}
      </p>
      <CodeBlock code={client === 'curl' ? asCurl(request, ssh) : asOpenstack(request, ssh, offer)} label="Command" />
    </Dialog>
  );
}

function asCurl({ projectId, ...body }: Request, { target, rule }: SshOffer): string {
  const create = curlCommand(`/projects/${projectId}/servers`, body);
  return target && rule ? `${curlCommand(`/security-groups/${target.id}/rules`, rule)}\n${create}` : create;
}

function asOpenstack(request: Request, { target, rule }: SshOffer, offer: ServerOffer): string {
  const create = openstackServerCreate(request, offer);
  return target && rule ? `${openstackRuleCreate(rule, target, offer.securityGroups)}\n${create}` : create;
}
