'use client';
import { useQuery } from '@tanstack/react-query';
import type { Port } from '@unkai/contracts/resources/port';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import type { Server } from '@unkai/contracts/resources/server';
import Link from 'next/link';
import { Fragment } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { namesOf, portName } from '#resources/port.ts';
import { PortQos } from '#resources/port-qos.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { paths } from '../../../../../../../paths.ts';

type ServerPortProps = {
  project: string;
  port: Port;
  server: Server;
  groups: readonly SecurityGroup[];
  /** Why it cannot be taken off now. */
  detachReason: string | undefined;
  onDetach: () => void;
};

/** One interface of a server: where it is, what reaches it, how fast it is. */
export function ServerPort({ project, port, server, groups, detachReason, onDetach }: ServerPortProps) {
  const network = server.addresses.find(({ portId }) => portId === port.id)?.networkName;
  return (
    <Panel
      title={network ? `Port on ${network}` : 'Port'}
      aside={
        <Button
          variant="quiet"
          aria-label={`Detach ${portName(port)}`}
          disabledReason={detachReason}
          onClick={onDetach}
        >
          Detach
        </Button>
      }
    >
      <Facts
        facts={[
          { name: 'Address', value: <Addresses port={port} /> },
          { name: 'Floating IP', value: <FloatingIps project={project} port={port} /> },
          { name: 'Security groups', value: <Groups project={project} port={port} groups={groups} /> },
          { name: 'QoS policy', value: <PortQos project={project} port={port} /> },
          { name: 'MAC', value: <code className="numeric">{port.macAddress}</code> },
          {
            name: 'Port',
            value: (
              <Link
                href={paths.port({ project, port: port.id })}
                className="numeric break-all underline-offset-4 hover:underline"
              >
                {port.id}
              </Link>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Addresses({ port }: Pick<ServerPortProps, 'port'>) {
  if (port.addresses.length === 0) return <span className="text-ink-muted">none: its network has no subnet</span>;
  return port.addresses.map(({ address }) => (
    <span key={address} className="flex items-center gap-1">
      <code className="numeric">{address}</code>
      <CopyButton text={address} what="address" />
    </span>
  ));
}

function FloatingIps({ project, port }: Pick<ServerPortProps, 'project' | 'port'>) {
  const trpc = useTRPC();
  const all = useQuery(trpc.floatingIp.list.queryOptions({ projectId: project, limit: 1000 })).data?.items ?? [];
  const own = all.filter(({ portId }) => portId === port.id);
  if (own.length === 0) return <span className="text-ink-muted">none</span>;
  return own.map(({ id, address }) => (
    <span key={id} className="flex items-center gap-1">
      <Link href={paths.floatingIp({ project, floating: id })} className="numeric underline-offset-4 hover:underline">
        {address}
      </Link>
      <CopyButton text={address} what="floating IP" />
    </span>
  ));
}

function Groups({ project, port, groups }: Pick<ServerPortProps, 'project' | 'port' | 'groups'>) {
  if (!port.hasPortSecurity) return 'none: without port security nothing is checked';
  if (port.securityGroupIds.length === 0)
    return <span className="text-ink-muted">none: nothing reaches it unasked</span>;
  return port.securityGroupIds.map((id, index) => (
    <Fragment key={id}>
      {index > 0 && ', '}
      <Link href={paths.securityGroup({ project, group: id })} className="underline-offset-4 hover:underline">
        {namesOf([id], groups)[0]}
      </Link>
    </Fragment>
  ));
}
