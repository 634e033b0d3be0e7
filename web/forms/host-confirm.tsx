'use client';
import type { Host } from '@unkai/contracts/resources/host';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { count } from '#ui/amounts.ts';
import { ChangeConfirm } from './change-confirm.tsx';

type HostConfirmProps = { host: Host; onClose: () => void; onDone?: () => void };

/** Asks before the servers of a dead host are made anew elsewhere: what their disks held is lost. */
export function HostEvacuate({ host, onClose }: HostConfirmProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Evacuate ${host.name}?`}
      description={`${count(host.serverCount, 'server')} will be made anew from ${host.serverCount === 1 ? 'its image' : 'their images'} on other hosts, with the same addresses. What the disks held is lost. The host lets go of them when it comes back.`}
      action="Evacuate host"
      done={`The servers of ${host.name} are being made elsewhere`}
      change={() => client.host.evacuate.mutate({ id: host.id })}
      outdated={[trpc.host.pathKey()]}
      onClose={onClose}
      typeToConfirm={host.name}
    />
  );
}

/** Asks before a machine is said to be off: what it says itself counts no more. */
export function HostForceDown({ host, onClose }: HostConfirmProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Is ${host.name} off?`}
      description="Its servers may then be made on other hosts at once. If it still runs, they run twice until it hears of it: say so only of a machine without power or network."
      action="Say that it is off"
      done={`${host.name} counts as off`}
      change={() => client.host.update.mutate({ id: host.id, isForcedDown: true })}
      outdated={[trpc.host.pathKey()]}
      onClose={onClose}
      typeToConfirm={host.name}
    />
  );
}

/** Asks before a host is forgotten. */
export function HostRemove({ host, onClose, onDone }: HostConfirmProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Remove ${host.name}?`}
      description="Its credential ends at once. The machine itself is cleared by ./unkai down --guests there; to use it again, let it join anew."
      action="Remove host"
      done={`${host.name} is no host any more`}
      change={() => client.host.delete.mutate({ id: host.id })}
      outdated={[trpc.host.list.pathKey()]}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
