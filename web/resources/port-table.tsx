'use client';
import { useQuery } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import type { Port } from '@unkai/contracts/resources/port';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import type { Server } from '@unkai/contracts/resources/server';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { PortDelete } from '#forms/port-delete.tsx';
import { type Column, Table } from '#table/table.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { paths } from '../paths.ts';
import { ageColumn, idColumn } from './columns.tsx';
import { holderWords, namesOf, portName, whyPortStays } from './port.ts';
import { useDenial } from './project.ts';
import { ActivityItem } from './resource-activity.tsx';
import { tagColumn } from './tags.tsx';

/** What ports belong to, by name. */
export type PortPlace = {
  project: string;
  servers: readonly Pick<Server, 'id' | 'name'>[];
  networks: readonly Pick<Network, 'id' | 'name'>[];
  groups: readonly Pick<SecurityGroup, 'id' | 'name'>[];
};

type Row = Port & { label: string };

/** The things of a project that ports name by id. */
export function usePortPlace(project: string): PortPlace {
  const trpc = useTRPC();
  const all = { projectId: project, limit: 1000 };
  const servers = useQuery(trpc.server.list.queryOptions(all)).data?.items ?? [];
  const networks = useQuery(trpc.network.list.queryOptions(all)).data?.items ?? [];
  const groups = useQuery(trpc.securityGroup.list.queryOptions(all)).data?.items ?? [];
  return { project, servers, networks, groups };
}

/** Who has a port, as a link, or that nobody does. */
export function PortServer({
  port,
  place,
}: {
  port: Pick<Port, 'serverId' | 'routerId' | 'deviceOwner'>;
  place: PortPlace;
}) {
  if (port.routerId !== null) {
    return (
      <Link
        href={paths.router({ project: place.project, router: port.routerId })}
        className="underline-offset-4 hover:underline"
      >
        a router
      </Link>
    );
  }
  if (port.deviceOwner === 'network:floatingip') return <span className="text-ink-muted">a floating IP</span>;
  if (port.serverId === null) return <span className="text-ink-muted">no server</span>;
  return (
    <Link
      href={paths.server({ project: place.project, server: port.serverId })}
      className="block max-w-48 truncate underline-offset-4 hover:underline"
    >
      {namesOf([port.serverId], place.servers)[0]}
    </Link>
  );
}

const addressText = ({ addresses }: Pick<Port, 'addresses'>) => addresses.map(({ address }) => address).join(', ');

/** Who has it, and its addresses unless these are what it is called. */
function phoneNote(port: Row, { servers }: PortPlace): string {
  const addresses = addressText(port);
  const holder = holderWords(port, servers) ?? 'no server';
  return addresses === port.name ? holder : `${holder} · ${addresses}`;
}

function columnsOf(place: PortPlace): readonly Column<Row>[] {
  return [
    {
      header: 'Server',
      cell: (port) => <PortServer port={port} place={place} />,
      sortBy: (port) => holderWords(port, place.servers) ?? '',
    },
    {
      header: 'Network',
      cell: ({ networkId }) => (
        <Link
          href={paths.network({ project: place.project, network: networkId })}
          className="block max-w-48 truncate underline-offset-4 hover:underline"
        >
          {namesOf([networkId], place.networks)[0]}
        </Link>
      ),
      sortBy: ({ networkId }) => namesOf([networkId], place.networks)[0] ?? '',
    },
    {
      header: 'Addresses',
      cell: (port) => <code className="numeric">{addressText(port)}</code>,
      sortBy: addressText,
    },
    {
      header: 'Security groups',
      cell: ({ securityGroupIds }) => (
        <span className="block max-w-48 truncate">{namesOf(securityGroupIds, place.groups).join(', ') || 'none'}</span>
      ),
      isMinor: true,
    },
    {
      header: 'MAC',
      cell: ({ macAddress }) => <code className="numeric">{macAddress}</code>,
      sortBy: ({ macAddress }) => macAddress,
      isMinor: true,
    },
    idColumn,
    ageColumn,
  ];
}

type PortTableProps = {
  project: string;
  ports: readonly Port[] | undefined;
  /** They are all on the network that the page is about. */
  isOfOneNetwork?: boolean;
  noMatch?: string;
};

/** Ports as rows, each with what it belongs to. */
export function PortTable({ project, ports, isOfOneNetwork = false, noMatch }: PortTableProps) {
  const place = usePortPlace(project);
  const denial = useDenial(project)('port:delete');
  const [deleting, setDeleting] = useState<Port>();
  const rows = useMemo(() => ports?.map((port) => ({ ...port, name: portName(port), label: port.name })), [ports]);
  return (
    <>
      <Table
        label="Ports"
        columns={columnsOf(place)
          .filter(({ header }) => !isOfOneNetwork || header !== 'Network')
          .toSpliced(-2, 0, ...tagColumn(ports))}
        items={rows}
        href={({ id }) => paths.port({ project, port: id })}
        phoneNote={(port) => phoneNote(port, place)}
        menu={(port) => (
          <>
            <ActivityItem project={project} resource={port.id} />
            <MenuItem
              isDanger
              disabledReason={denial ?? whyPortStays(port, place.servers)}
              onSelect={() => setDeleting({ ...port, name: port.label })}
            >
              Delete
            </MenuItem>
          </>
        )}
        {...(noMatch !== undefined && { noMatch })}
      />
      {deleting && <PortDelete port={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}
