'use client';
import { useQuery } from '@tanstack/react-query';
import type { Port } from '@unkai/contracts/resources/port';
import { useTRPC } from '#client/trpc.tsx';
import { portName } from '#resources/port.ts';
import { usePortPlace } from '#resources/port-table.tsx';
import { Select } from '#ui/select.tsx';

/** Whom an address outside is to reach: a port, and of one with several addresses which. */
export type TargetDraft = {
  /** Empty: nobody. */
  portId: string;
  /** Empty: the one that it has. */
  fixedAddress: string;
};

/** The addresses of a port that can be reached from outside by another: those of IPv4. */
const reachable = (port: Pick<Port, 'addresses'> | undefined) =>
  port?.addresses.map(({ address }) => address).filter((address) => !address.includes(':')) ?? [];

/** What is asked of the API; of a port with one address none needs to be named. */
export function targetOf({ portId, fixedAddress }: TargetDraft): { portId: string; fixedAddress?: string } {
  return fixedAddress === '' ? { portId } : { portId, fixedAddress };
}

type TargetFieldsProps = {
  project: string;
  draft: TargetDraft;
  onChange: (draft: TargetDraft) => void;
  isNeeded?: boolean;
};

/** The ports that could be reached, by the servers that have them; and the address, where a port has several. */
export function TargetFields({ project, draft, onChange, isNeeded = false }: TargetFieldsProps) {
  const trpc = useTRPC();
  const { servers, networks } = usePortPlace(project);
  const ports = useQuery(trpc.port.list.queryOptions({ projectId: project, limit: 1000 })).data?.items ?? [];
  const words = (port: Port) => {
    const server = servers.find(({ id }) => id === port.serverId)?.name;
    const network = networks.find(({ id }) => id === port.networkId)?.name ?? '';
    return `${server ?? 'Port'} · ${portName(port)} on ${network}`;
  };
  const addresses = reachable(ports.find(({ id }) => id === draft.portId));
  const choose = (portId: string) => {
    const [address = ''] = reachable(ports.find(({ id }) => id === portId));
    onChange({ portId, fixedAddress: address });
  };
  return (
    <>
      <Select
        label="Reaches"
        name="portId"
        value={draft.portId}
        onChange={choose}
        options={[
          { value: '', label: isNeeded ? 'Choose…' : 'Nobody yet' },
          ...ports
            .filter(({ deviceOwner }) => deviceOwner === '')
            .map((port) => ({ value: port.id, label: words(port) })),
        ]}
        help="A router must join its subnet, and have its way out on the network of the address."
      />
      {addresses.length > 1 && (
        <Select
          label="At its address"
          name="fixedAddress"
          value={draft.fixedAddress}
          onChange={(fixedAddress) => onChange({ ...draft, fixedAddress })}
          options={[...(draft.fixedAddress === '' ? [''] : []), ...addresses].map((address) => ({
            value: address,
            label: address || 'Choose…',
          }))}
        />
      )}
    </>
  );
}
