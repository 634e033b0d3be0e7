'use client';
import type { FloatingIp, PortForwarding } from '@unkai/contracts/resources/floating-ip';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { PortForwardingCreate, PortForwardingEdit } from '#forms/port-forwarding.tsx';
import { portRangeText } from '#resources/port-forwarding.ts';
import { useDenial } from '#resources/project.ts';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';

type OfFloatingIp = { project: string; floating: FloatingIp };

/** `tcp 8080 → 10.0.0.5 port 80`. */
function forwardingWords(each: PortForwarding): string {
  const outside = portRangeText(each.externalPortMin, each.externalPortMax);
  return `${each.protocol} ${outside} → ${each.fixedAddress} port ${portRangeText(each.internalPortMin, each.internalPortMax)}`;
}

/** The ports of a floating IP that lead to guests, each to its own. */
export function PortForwardings({ project, floating }: OfFloatingIp) {
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<PortForwarding>();
  const [changing, setChanging] = useState<PortForwarding>();
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
            <ForwardingRow
              key={each.id}
              forwarding={each}
              denial={denial}
              onChange={() => setChanging(each)}
              onRemove={() => setRemoving(each)}
            />
          ))}
        </ul>
      )}
      {isAdding && <PortForwardingCreate floating={floating} onClose={() => setAdding(false)} />}
      {changing && (
        <PortForwardingEdit floating={floating} forwarding={changing} onClose={() => setChanging(undefined)} />
      )}
      {removing && <ForwardingRemove forwarding={removing} onClose={() => setRemoving(undefined)} />}
    </Panel>
  );
}

type ForwardingRowProps = {
  forwarding: PortForwarding;
  denial: string | undefined;
  onChange: () => void;
  onRemove: () => void;
};

function ForwardingRow({ forwarding, denial, onChange, onRemove }: ForwardingRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <code className="numeric">{forwardingWords(forwarding)}</code>
      <span className="text-ink-muted">{forwarding.description}</span>
      <span className="ml-auto flex gap-1">
        <Button
          variant="quiet"
          aria-label={`Change ${forwardingWords(forwarding)}`}
          disabledReason={denial}
          onClick={onChange}
        >
          Change
        </Button>
        <Button
          variant="quiet"
          aria-label={`Remove ${forwardingWords(forwarding)}`}
          disabledReason={denial}
          onClick={onRemove}
        >
          Remove
        </Button>
      </span>
    </li>
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
