'use client';
import { useQuery } from '@tanstack/react-query';
import { parseIp } from '@unkai/contracts/ip-address';
import { id } from '@unkai/contracts/primitives';
import { type PathProtocol, pathCheckQuery } from '@unkai/contracts/resources/path-check';
import { useTRPC } from '#client/trpc.tsx';
import { portName } from '#resources/port.ts';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';

type TrafficFieldsProps = {
  protocol: PathProtocol;
  setProtocol: (protocol: PathProtocol) => void;
  port: string;
  setPort: (port: string) => void;
};

export function TrafficFields({ protocol, setProtocol, port, setPort }: TrafficFieldsProps) {
  const isPort = port === '' || pathCheckQuery.shape.port.safeParse(port).success;
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className="grid gap-1.5">
        <p className="font-medium text-table">Protocol</p>
        <SegmentedControl<PathProtocol>
          label="Protocol"
          value={protocol}
          onChange={setProtocol}
          options={[
            { value: 'tcp', label: 'TCP' },
            { value: 'udp', label: 'UDP' },
            { value: 'icmp', label: 'Ping' },
          ]}
        />
      </div>
      {protocol !== 'icmp' && (
        <div className="w-32">
          <Field
            label="Port"
            name="port"
            value={port}
            onChange={(written) => setPort(written.trim())}
            inputMode="numeric"
            placeholder="22"
            error={isPort ? undefined : 'A number from 1 to 65535.'}
            isMono
            isOptional
          />
        </div>
      )}
    </div>
  );
}

type EndChoiceProps = {
  project: string;
  label: string;
  name: 'from' | 'to';
  value: string;
  onChange: (value: string) => void;
};

/** What stands for an address that is still to be written. */
const address = 'address';

/** A server, a port, the internet, or any address. */
export function EndChoice({ project, label, name, value, onChange }: EndChoiceProps) {
  const known = useEnds(project);
  const isId = id.safeParse(value).success;
  const isAddress = value !== '' && value !== 'internet' && !isId;
  const isUnknown = isId && known?.every((option) => option.value !== value) !== false;
  const unknown = { value, label: known ? 'No longer there' : 'Reading…' };
  return (
    <div className="grid gap-2">
      <Select
        label={label}
        name={isAddress ? `${name}Kind` : name}
        value={isAddress ? address : value}
        onChange={onChange}
        options={[
          { value: '', label: 'Choose…' },
          { value: 'internet', label: 'The internet' },
          ...(known ?? []),
          ...(isUnknown ? [unknown] : []),
          { value: address, label: 'An address…' },
        ]}
      />
      {isAddress && (
        <Field
          label={`${label}: address`}
          name={name}
          value={value === address ? '' : value}
          onChange={(written) => onChange(written.trim() || address)}
          error={value === address || parseIp(value) ? undefined : 'Not an IP address yet.'}
          help="IPv4 or IPv6: of a port, a floating IP, or anyone outside."
          isMono
        />
      )}
    </div>
  );
}

/** Servers and ports of the project that a packet can begin or end at; undefined while they are read. */
function useEnds(project: string): { value: string; label: string }[] | undefined {
  const trpc = useTRPC();
  const all = { projectId: project, limit: 1000 };
  const servers = useQuery(trpc.server.list.queryOptions(all)).data?.items;
  const ports = useQuery(trpc.port.list.queryOptions(all)).data?.items;
  if (!servers || !ports) return undefined;
  const names = new Map(servers.map((server) => [server.id, server.name]));
  return [
    ...servers.map((server) => ({ value: server.id, label: server.name })),
    // Those of routers and floating IPs are on the way; no packet ends there.
    ...ports
      .filter(({ deviceOwner }) => deviceOwner === '')
      .map((port) => {
        const server = port.serverId === null ? undefined : names.get(port.serverId);
        return { value: port.id, label: `Port ${portName(port)}${server === undefined ? '' : ` of ${server}`}` };
      }),
  ];
}
