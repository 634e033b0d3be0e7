'use client';
import { curlCommand } from '#resources/curl-command.ts';
import { openstackRuleCreate, openstackServerCreate } from '#resources/openstack-command.ts';
import { Dialog } from '#ui/dialog.tsx';
import { AsCommand } from './as-command.tsx';
import type { ServerDraft, ServerOffer, SshOffer } from './server-create-draft.ts';

type Request = NonNullable<ServerDraft['request']>;
type AsCommandProps = { offer: ServerOffer; ssh: SshOffer; request: Request; onClose: () => void };

/** What the form would do, as commands. */
export function ServerCreateAsCommand({ offer, ssh, request, onClose }: AsCommandProps) {
  return (
    <Dialog isOpen onClose={onClose} width="wide" title="The same from a terminal">
      <AsCommand curl={asCurl(request, ssh)} openstack={asOpenstack(request, ssh, offer)} />
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
