'use client';
import type { FloatingIp, PortForwarding } from '@unkai/contracts/resources/floating-ip';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { PortForwardingCreate } from '#forms/port-forwarding-create.tsx';
import { useDenial } from '#resources/project.ts';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';

type OfFloatingIp = { project: string; floating: FloatingIp };

const range = (first: number, last: number) => (first === last ? `${first}` : `${first}-${last}`);

/** `tcp 8080 → 10.0.0.5 port 80`. */
function forwardingWords(each: PortForwarding): string {
  const outside = range(each.externalPortMin, each.externalPortMax);
  return `${each.protocol} ${outside} → ${each.fixedAddress} port ${range(each.internalPortMin, each.internalPortMax)}`;
}

/** The ports of a floating IP that lead to guests, each to its own. */
export function PortForwardings({ project, floating }: OfFloatingIp) {
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<PortForwarding>();
  const denial = useDenial(project)('floating-ip:update');
  const whole = floating.portId === null ? undefined : 'It leads to one port as a whole: take it off that one first.';
  return (
    <Panel
      title="Port forwardings"
      aside={
        <Button icon={<Plus aria-hidden size={14} />} disabledReason={denial ?? whole} onClick={() => setAdding(true)}>
          Forward a port
        </Button>
      }
    >
      {floating.forwardings.length === 0 ? (
        <p className="text-ink-muted text-table">None. One address can lead each of its ports to another server.</p>
      ) : (
        <ul className="grid gap-1 text-table">
          {floating.forwardings.map((each) => (
            <li key={each.id} className="flex flex-wrap items-center gap-x-3">
              <code className="numeric">{forwardingWords(each)}</code>
              <span className="text-ink-muted">{each.description}</span>
              <span className="ml-auto">
                <Button
                  variant="quiet"
                  aria-label={`Remove ${forwardingWords(each)}`}
                  disabledReason={denial}
                  onClick={() => setRemoving(each)}
                >
                  Remove
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {isAdding && <PortForwardingCreate floating={floating} onClose={() => setAdding(false)} />}
      {removing && <ForwardingRemove forwarding={removing} onClose={() => setRemoving(undefined)} />}
    </Panel>
  );
}

function ForwardingRemove({ forwarding, onClose }: { forwarding: PortForwarding; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { floatingIpId, id } = forwarding;
  return (
    <ChangeConfirm
      title="Remove this port forwarding?"
      description={`${forwardingWords(forwarding)} ends, at once.`}
      action="Remove port forwarding"
      done="The port forwarding is removed"
      change={() => client.floatingIp.deleteForwarding.mutate({ floatingIpId, id })}
      outdated={[trpc.floatingIp.pathKey()]}
      onClose={onClose}
    />
  );
}
