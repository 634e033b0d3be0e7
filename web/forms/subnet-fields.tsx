'use client';
import { useQuery } from '@tanstack/react-query';
import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';
import { useTRPC } from '#client/trpc.tsx';
import { ipv6Ways, isIpv6Draft, readIpv6Way, type SubnetDraft } from '#resources/subnet.ts';
import { largestLength } from '#resources/subnet-pool.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { NameField } from './name-field.tsx';

type SubnetFieldsProps = {
  draft: SubnetDraft;
  change: (changed: Partial<SubnetDraft>) => void;
  /** Of a subnet that is there: its gateway is known. */
  isThere?: boolean;
};

type Gateway = SubnetDraft['gateway'];
const ways: readonly { value: Gateway; label: string }[] = [
  { value: 'first', label: 'First address' },
  { value: 'own', label: 'Another' },
  { value: 'none', label: 'None' },
];

type DraftProps = Omit<SubnetFieldsProps, 'isThere'>;

type RangeFieldsProps = DraftProps & { project: string };

/** What a subnet is called, and its range, which stays as it is made: written, or taken from a pool where there is one. */
export function SubnetRangeFields({ project, draft, change }: RangeFieldsProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.subnetPool.list.queryOptions({ projectId: project, limit: 1000 }));
  const pools = data?.items ?? [];
  const [first] = pools;
  return (
    <>
      {first && (
        <SegmentedControl
          label="Where the range is from"
          value={draft.pool === null ? 'written' : 'pool'}
          onChange={(from) => change({ pool: from === 'pool' ? first : null })}
          options={[
            { value: 'written', label: 'A range of your own' },
            { value: 'pool', label: 'From a pool' },
          ]}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField value={draft.name} onChange={(name) => change({ name })} />
        {draft.pool === null ? (
          <Field
            label="Range of addresses"
            name="cidr"
            value={draft.cidr}
            onChange={(cidr) => change({ cidr })}
            isMono
          />
        ) : (
          <PoolFields pools={pools} draft={draft} change={change} />
        )}
      </div>
      {isIpv6Draft(draft) && <Ipv6ModeField draft={draft} change={change} />}
    </>
  );
}

function PoolFields({ pools, draft, change }: DraftProps & { pools: readonly SubnetPool[] }) {
  const pool = pools.find(({ id }) => id === draft.pool?.id);
  if (pool === undefined) return null;
  const { maxPrefixLength: max, defaultPrefixLength: usual } = pool;
  const largest = largestLength(pool);
  const lengths = Array.from({ length: max - largest + 1 }, (_, index) => largest + index);
  return (
    <>
      <Select
        label="Pool"
        name="subnetPoolId"
        value={pool.id}
        onChange={(chosen) => change({ pool: pools.find(({ id }) => id === chosen) ?? pool, prefixLength: '' })}
        options={pools.map(({ id, name, prefixes }) => ({ value: id, label: `${name} · ${prefixes.join(', ')}` }))}
      />
      <Select
        label="Size"
        name="prefixLength"
        value={draft.prefixLength}
        onChange={(prefixLength) => change({ prefixLength })}
        options={[
          { value: '', label: `/${usual}, as usual` },
          ...lengths.map((length) => ({ value: String(length), label: `/${length}` })),
        ]}
        help="The next free range of this size."
      />
    </>
  );
}

function Ipv6ModeField({ draft, change }: DraftProps) {
  return (
    <Select
      label="Addresses of guests"
      name="ipv6Mode"
      value={draft.ipv6Mode}
      onChange={(mode) => change({ ipv6Mode: readIpv6Way(mode) })}
      options={ipv6Ways}
      help={ipv6Ways.find(({ value }) => value === draft.ipv6Mode)?.words}
    />
  );
}

/** What both forms of a subnet ask for. */
export function SubnetFields({ draft, change, isThere = false }: SubnetFieldsProps) {
  return (
    <>
      <GatewayFields draft={draft} change={change} isThere={isThere} />
      <Checkbox
        label="DHCP"
        note="Each host tells guests their address, gateway and DNS servers. Without it they must know them."
        isChecked={draft.hasDhcp}
        onChange={(hasDhcp) => change({ hasDhcp })}
      />
      <Field
        label="DNS servers"
        name="dnsServers"
        value={draft.dnsServers}
        onChange={(dnsServers) => change({ dnsServers })}
        placeholder="9.9.9.9, 1.1.1.1"
        help="Up to five. None: the hosts answer."
        isMono
        isOptional
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextArea
          label="Allocation pools"
          name="allocationPools"
          value={draft.allocationPools}
          onChange={(allocationPools) => change({ allocationPools })}
          rows={3}
          placeholder="10.1.0.10-10.1.0.99"
          help="From where ports get addresses, one pool a line. None: the whole range."
          isOptional
        />
        <TextArea
          label="Host routes"
          name="hostRoutes"
          value={draft.hostRoutes}
          onChange={(hostRoutes) => change({ hostRoutes })}
          rows={3}
          placeholder="192.0.2.0/24 via 10.1.0.9"
          help="Further ways that DHCP tells guests of, one a line."
          isOptional
        />
      </div>
    </>
  );
}

function GatewayFields({ draft, change, isThere = false }: SubnetFieldsProps) {
  return (
    <div className="grid gap-2">
      <p className="font-medium text-table">Gateway</p>
      <SegmentedControl<Gateway>
        label="Gateway"
        value={draft.gateway}
        onChange={(gateway) => change({ gateway })}
        options={
          isThere ? ways.slice(1).map((way) => (way.value === 'own' ? { ...way, label: 'An address' } : way)) : ways
        }
      />
      {draft.gateway === 'own' && (
        <Field
          label="Address of the gateway"
          name="gatewayAddress"
          value={draft.gatewayAddress}
          onChange={(gatewayAddress) => change({ gatewayAddress })}
          isMono
        />
      )}
    </div>
  );
}
