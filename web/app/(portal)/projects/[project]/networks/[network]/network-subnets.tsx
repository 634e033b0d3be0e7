'use client';
import { useQuery } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import type { Port } from '@unkai/contracts/resources/port';
import type { Subnet } from '@unkai/contracts/resources/subnet';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { SubnetEdit } from '#forms/subnet.tsx';
import { Tags } from '#forms/tags.tsx';
import { useDenial } from '#resources/project.ts';
import { ipv6Ways, isIpv6Range, poolUse } from '#resources/subnet.ts';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { Meter } from '#ui/meter.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';

type NetworkSubnetsProps = { project: string; network: Network; ports: readonly Port[] | undefined };

/** The ranges of a network, each with what its ports have of it. */
export function NetworkSubnets({ project, network, ports }: NetworkSubnetsProps) {
  if (network.subnets.length === 0) {
    return (
      <Panel title="Subnets">
        <p className="text-ink-muted text-table">
          No subnet yet: without a range of addresses no server can be on this network.
        </p>
      </Panel>
    );
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {network.subnets.map((subnet) => (
        <SubnetPanel key={subnet.id} project={project} subnet={subnet} ports={ports} />
      ))}
    </div>
  );
}

type SubnetPanelProps = { project: string; subnet: Subnet; ports: readonly Port[] | undefined };

function SubnetPanel({ project, subnet, ports }: SubnetPanelProps) {
  const use = ports && poolUse(subnet, ports);
  return (
    <Panel
      title={`Subnet ${subnet.name}`}
      note={<code className="numeric">{subnet.cidr}</code>}
      aside={<SubnetActions project={project} subnet={subnet} ports={ports} />}
    >
      <div className="grid gap-4">
        {use ? <Meter label="Addresses in use" used={use.used} limit={use.total} /> : <Skeleton className="h-6" />}
        <Facts
          facts={[
            ...factsOf(subnet, project),
            { name: 'Tags', value: <SubnetTags project={project} subnet={subnet} /> },
          ]}
        />
      </div>
    </Panel>
  );
}

function SubnetTags({ project, subnet }: { project: string; subnet: Subnet }) {
  const client = useTRPCClient();
  return (
    <Tags
      name={`the subnet ${subnet.name}`}
      tags={subnet.tags}
      disabledReason={useDenial(project)('subnet:update')}
      save={(tags) => client.subnet.update.mutate({ id: subnet.id, tags })}
    />
  );
}

const mono = (text: string): ReactNode => <code className="numeric">{text}</code>;
const list = (texts: readonly string[], none: string): ReactNode =>
  texts.length === 0 ? (
    <span className="text-ink-muted">{none}</span>
  ) : (
    <ul>
      {texts.map((text) => (
        <li key={text}>{mono(text)}</li>
      ))}
    </ul>
  );

function factsOf(subnet: Subnet, project: string) {
  const { gatewayAddress, hasDhcp, dhcpAddress, dnsServers, allocationPools, hostRoutes, cidr, ipv6Mode, id } = subnet;
  const way = ipv6Ways.find(({ value }) => value === (ipv6Mode ?? ''));
  return [
    ...(subnet.subnetPoolId === null
      ? []
      : [{ name: 'Taken from', value: <PoolLink project={project} pool={subnet.subnetPoolId} /> }]),
    { name: 'Gateway', value: gatewayAddress === null ? 'none: guests stay among themselves' : mono(gatewayAddress) },
    ...(isIpv6Range(cidr) ? [{ name: 'IPv6', value: way && `${way.label}: ${way.words}` }] : []),
    { name: 'DHCP', value: hasDhcp ? <>on, answers at {mono(dhcpAddress)}</> : 'off' },
    { name: 'DNS servers', value: list(dnsServers, 'those of the hosts') },
    {
      name: 'Pools',
      value: list(
        allocationPools.map(({ first, last }) => `${first} – ${last}`),
        'the whole range',
      ),
    },
    {
      name: 'Host routes',
      value: list(
        hostRoutes.map((to) => `${to.destination} via ${to.nextHop}`),
        'none',
      ),
    },
    { name: 'Id', value: <CopyId id={id} /> },
  ];
}

function PoolLink({ project, pool: id }: { project: string; pool: string }) {
  const trpc = useTRPC();
  const pools = useQuery(trpc.subnetPool.list.queryOptions({ projectId: project, limit: 1000 })).data?.items;
  const pool = pools?.find((each) => each.id === id);
  // That of another project may not be shared with this one any more.
  if (pool === undefined) return <span className="text-ink-muted">a subnet pool</span>;
  return (
    <Link href={paths.subnetPool({ project, pool: id })} className="underline-offset-4 hover:underline">
      {pool.name}
    </Link>
  );
}

function SubnetActions({ project, subnet, ports }: SubnetPanelProps) {
  const [asked, ask] = useState<'edit' | 'delete'>();
  const denial = useDenial(project);
  const inUse = ports?.filter(({ addresses }) => addresses.some(({ subnetId }) => subnetId === subnet.id)).length ?? 0;
  const stays = inUse > 0 ? `${count(inUse, 'port')} ${inUse === 1 ? 'has' : 'have'} an address of it.` : undefined;
  return (
    <span className="flex items-center gap-1">
      <Button
        variant="quiet"
        aria-label={`Change subnet ${subnet.name}`}
        disabledReason={denial('subnet:update')}
        onClick={() => ask('edit')}
      >
        Change
      </Button>
      <Button
        variant="quiet"
        aria-label={`Delete subnet ${subnet.name}`}
        disabledReason={denial('subnet:delete') ?? stays}
        onClick={() => ask('delete')}
      >
        Delete
      </Button>
      {asked === 'edit' && <SubnetEdit subnet={subnet} onClose={() => ask(undefined)} />}
      {asked === 'delete' && <SubnetDelete subnet={subnet} onClose={() => ask(undefined)} />}
    </span>
  );
}

function SubnetDelete({ subnet, onClose }: { subnet: Subnet; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete the subnet ${subnet.name}?`}
      description={`Nobody gets an address of ${subnet.cidr} any more.`}
      action="Delete subnet"
      done={`The subnet ${subnet.name} is deleted`}
      change={() => client.subnet.delete.mutate({ id: subnet.id })}
      outdated={[trpc.network.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
    />
  );
}
