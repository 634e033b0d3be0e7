'use client';
import { useQuery } from '@tanstack/react-query';
import type { Router } from '@unkai/contracts/resources/router';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { RouterInterfaceAdd } from '#forms/router.tsx';
import { namesOf } from '#resources/port.ts';
import { useDenial } from '#resources/project.ts';
import { useRouterPlaces } from '#resources/router.tsx';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import { paths } from '../../../../../../paths.ts';

type OfRouter = { project: string; router: Router };
type Interface = Router['interfaces'][number];

/** The subnets that a router joins. */
export function RouterInterfaces({ project, router }: OfRouter) {
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Interface>();
  const reason = useDenial(project)('router:update');
  return (
    <Panel
      title="Joins"
      aside={
        <Button icon={<Plus aria-hidden size={14} />} disabledReason={reason} onClick={() => setAdding(true)}>
          Join a subnet
        </Button>
      }
    >
      {router.interfaces.length === 0 ? (
        <p className="text-ink-muted text-table">No subnet yet: what it does not join, it does not forward.</p>
      ) : (
        <ul className="grid gap-1 text-table">
          {router.interfaces.map((each) => (
            <InterfaceRow key={each.portId} project={project} each={each} onLeave={() => setRemoving(each)} />
          ))}
        </ul>
      )}
      {isAdding && <RouterInterfaceAdd router={router} onClose={() => setAdding(false)} />}
      {removing && <InterfaceRemove router={router} of={removing} onClose={() => setRemoving(undefined)} />}
    </Panel>
  );
}

type InterfaceRowProps = { project: string; each: Interface; onLeave: () => void };

function InterfaceRow({ project, each, onLeave }: InterfaceRowProps) {
  const trpc = useTRPC();
  const networks = useQuery(trpc.network.list.queryOptions({ projectId: project, limit: 1000 })).data?.items ?? [];
  const { subnets } = useRouterPlaces(project);
  const reason = useDenial(project)('router:update');
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <Link
        href={paths.network({ project, network: each.networkId })}
        className="min-w-0 wrap-anywhere font-medium underline-offset-4 hover:underline"
      >
        {namesOf([each.networkId], networks)[0]}
      </Link>
      {each.addresses.map(({ address, subnetId }) => (
        <span key={address} className="min-w-0 wrap-anywhere text-ink-muted">
          {namesOf([subnetId], subnets)[0]} at <code className="numeric">{address}</code>
        </span>
      ))}
      <span className="ml-auto">
        <Button
          variant="quiet"
          aria-label={`Leave ${namesOf([each.networkId], networks)[0]}`}
          disabledReason={reason}
          onClick={onLeave}
        >
          Leave
        </Button>
      </span>
    </li>
  );
}

function InterfaceRemove({ router, of, onClose }: { router: Router; of: Interface; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title="Leave this subnet?"
      description={`Guests there reach nothing through ${router.name} any more, at once.`}
      action="Leave subnet"
      done={`${router.name} has left the subnet`}
      change={() => client.router.removeInterface.mutate({ id: router.id, portId: of.portId })}
      outdated={[trpc.router.pathKey(), trpc.network.pathKey(), trpc.port.pathKey()]}
      onClose={onClose}
    />
  );
}
