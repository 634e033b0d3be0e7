'use client';
import { useQuery } from '@tanstack/react-query';
import type { QuotaDefault, VolumeTypeDefaults } from '@unkai/contracts/quota';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { LimitsForm, sources } from '#forms/limits.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { quotaWords } from '#resources/limits.tsx';
import { PickDomain, useDomainName } from '#resources/pick-named.tsx';
import { ofVolumes, VolumeTypeLimits } from '#resources/volume-type-limits.tsx';
import { useAddressValue } from '#table/filters.tsx';
import { type Column, Table } from '#table/table.tsx';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { DeniedState, ErrorState } from '#ui/problem.tsx';

type Row = Omit<QuotaDefault, 'name'> & { id: string; name: string };

const columns: readonly Column<Row>[] = [
  {
    header: 'Limit',
    cell: (row) => <span className="numeric">{quotaWords(row, row.limit)}</span>,
    sortBy: ({ limit }) => limit,
    align: 'end',
    isPhoneAside: true,
  },
  { header: 'Said by', cell: ({ source }) => <span className="text-ink-muted">{sources[source]}</span> },
];

/** What projects may use that have no limits of their own: everywhere, or in a domain. */
export function QuotaDefaults() {
  const trpc = useTRPC();
  const [domainId, setDomainId] = useAddressValue('domain');
  const [isSetting, setSetting] = useState(false);
  const denial = useSystemDenial()('quota-default:update');
  const of = domainId === '' ? {} : { domainId };
  const { data, error, refetch } = useQuery(trpc.quotaDefault.get.queryOptions(of));
  if (error && problemOf(error).code === 'forbidden') {
    return <DeniedState what="what projects may use" neededRole="reader on the system" />;
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  const rows = data?.items.filter(({ isOffered }) => isOffered);
  return (
    <>
      <PageHeader
        title="Quota defaults"
        summary="What a project may use that has no limits of its own"
        actions={
          <>
            <DocsPopover title="Quota defaults">
              Of four the nearest counts: what is said of the project, of its domain, of all projects, and what Unkai
              begins with. A limit below what is used takes nothing away.
            </DocsPopover>
            <Button variant="primary" disabledReason={data ? denial : 'Loading…'} onClick={() => setSetting(true)}>
              Set defaults
            </Button>
          </>
        }
      />
      <PlaceChoice domain={domainId} onChange={setDomainId} />
      <Table
        label="Quota defaults"
        nameHeader="Quota"
        columns={columns}
        items={rows?.map((row) => ({ ...row, id: row.name, name: row.label }))}
        phoneNote={({ source }) => sources[source]}
      />
      {data && <VolumeTypeLimits limits={data.items} volumeTypes={data.volumeTypes} />}
      {isSetting && data && <Settings of={of} data={data} onClose={() => setSetting(false)} />}
    </>
  );
}

type SettingsProps = {
  of: { domainId?: string };
  data: { items: readonly QuotaDefault[]; volumeTypes: readonly VolumeTypeDefaults[] };
  onClose: () => void;
};

function Settings({ of, data: { items, volumeTypes }, onClose }: SettingsProps) {
  const limits = items.filter(({ isOffered }) => isOffered);
  return <LimitsForm of={of} limits={limits} volumes={ofVolumes(items)} volumeTypes={volumeTypes} onClose={onClose} />;
}

type PlaceChoiceProps = { domain: string; onChange: (domain: string) => void };

const allProjects = { id: '', label: 'All projects' };

function PlaceChoice({ domain, onChange }: PlaceChoiceProps) {
  const name = useDomainName(domain);
  return (
    <div className="mb-4 w-64 max-md:w-full">
      <PickDomain
        label="Of"
        name="domain"
        value={{ id: domain, label: domain === '' ? allProjects.label : name }}
        onChange={({ id }) => onChange(id)}
        placeholder={allProjects.label}
        options={[allProjects]}
      />
    </div>
  );
}
