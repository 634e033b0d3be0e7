'use client';
import { useQuery } from '@tanstack/react-query';
import type { Endpoint } from '@unkai/contracts/resources/endpoint';
import type { Region } from '@unkai/contracts/resources/region';
import type { Service } from '@unkai/contracts/resources/service';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { type CatalogAct, CatalogDialog } from '#forms/catalog.tsx';
import { descriptionColumn } from '#resources/columns.tsx';
import { enabledColumn } from '#resources/enabled.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { ErrorState } from '#ui/problem.tsx';

/** What OpenStack's clients read to find each service: regions, services, and the endpoints of these. */
export function Catalog() {
  const trpc = useTRPC();
  const [act, setAct] = useState<CatalogAct>();
  const regions = useQuery(trpc.region.list.queryOptions({}));
  const services = useQuery(trpc.service.list.queryOptions({ limit: 1000 }));
  const endpoints = useQuery(trpc.endpoint.list.queryOptions({ limit: 1000 }));
  const failed = [regions, services, endpoints].find(({ error }) => error !== null);
  if (failed) return <ErrorState problem={problemOf(failed.error)} onRetry={() => void failed.refetch()} />;
  const known = { regions: regions.data?.items ?? [], services: services.data?.items ?? [] };
  const summary = endpoints.data && services.data && (
    <>
      {count(services.data.items.length, 'service')} · {count(endpoints.data.items.length, 'endpoint')}
    </>
  );
  return (
    <>
      <PageHeader
        title="Catalog"
        summary={summary ?? summarySkeleton}
        actions={
          <DocsPopover title="Catalog">
            OpenStack’s clients ask here where each service answers. $(origin)s in a URL stands for the address of this
            cloud, $(project_id)s for the project that a token is for.
          </DocsPopover>
        }
      />
      <div className="grid gap-4">
        <Endpoints endpoints={endpoints.data?.items} known={known} onAct={setAct} />
        <Services services={services.data?.items} onAct={setAct} />
        <Regions regions={regions.data?.items} onAct={setAct} />
      </div>
      <CatalogDialog act={act} known={known} onClose={() => setAct(undefined)} />
    </>
  );
}

type OnAct = (act: CatalogAct) => void;
type Known = { regions: readonly Region[]; services: readonly Service[] };

function Endpoints({
  endpoints,
  known,
  onAct,
}: {
  endpoints: readonly Endpoint[] | undefined;
  known: Known;
  onAct: OnAct;
}) {
  const denial = useSystemDenial()('endpoint:update');
  const rows = endpoints
    ?.map((endpoint) => ({ ...endpoint, name: known.services.find(({ id }) => id === endpoint.serviceId)?.type ?? '' }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const columns: readonly Column<Endpoint & { name: string }>[] = [
    { header: 'Interface', cell: (each) => each.interface, sortBy: (each) => each.interface },
    { header: 'URL', cell: ({ url }) => <code className="numeric break-all">{url}</code>, sortBy: ({ url }) => url },
    {
      header: 'Region',
      cell: ({ regionId }) => regionId ?? '—',
      sortBy: ({ regionId }) => regionId ?? '',
      isMinor: true,
    },
    enabledColumn,
  ];
  return (
    <CatalogPanel
      title="Endpoints"
      action="Create endpoint"
      denial={denial}
      onCreate={() => onAct({ noun: 'endpoint' })}
    >
      <Table
        label="Endpoints"
        nameHeader="Service"
        items={rows}
        columns={columns}
        phoneNote={({ url }) => url}
        noMatch="None: clients find nothing."
        menu={(endpoint) => <ThingMenu denial={denial} act={{ noun: 'endpoint', endpoint }} onAct={onAct} />}
      />
    </CatalogPanel>
  );
}

function Services({ services, onAct }: { services: readonly Service[] | undefined; onAct: OnAct }) {
  const denial = useSystemDenial()('service:update');
  return (
    <CatalogPanel title="Services" action="Create service" denial={denial} onCreate={() => onAct({ noun: 'service' })}>
      <Table
        label="Services"
        items={services}
        columns={[
          { header: 'Type', cell: ({ type }) => type, sortBy: ({ type }) => type },
          descriptionColumn,
          enabledColumn,
        ]}
        phoneNote={({ type }) => type}
        noMatch="None yet."
        menu={(service) => <ThingMenu denial={denial} act={{ noun: 'service', service }} onAct={onAct} />}
      />
    </CatalogPanel>
  );
}

function Regions({ regions, onAct }: { regions: readonly Region[] | undefined; onAct: OnAct }) {
  const denial = useSystemDenial()('region:update');
  return (
    <CatalogPanel title="Regions" action="Create region" denial={denial} onCreate={() => onAct({ noun: 'region' })}>
      <Table
        label="Regions"
        items={regions?.map((region) => ({ ...region, name: region.id }))}
        columns={[{ header: 'Parent', cell: ({ parentRegionId }) => parentRegionId ?? '—' }, descriptionColumn]}
        phoneNote={({ description }) => description}
        noMatch="None yet."
        menu={(region) => <ThingMenu denial={denial} act={{ noun: 'region', region }} onAct={onAct} />}
      />
    </CatalogPanel>
  );
}

type CatalogPanelProps = {
  title: string;
  action: string;
  denial: string | undefined;
  onCreate: () => void;
  children: ReactNode;
};

function CatalogPanel({ title, action, denial, onCreate, children }: CatalogPanelProps) {
  return (
    <Panel
      title={title}
      aside={
        <Button icon={<Plus aria-hidden size={15} />} disabledReason={denial} onClick={onCreate}>
          {action}
        </Button>
      }
    >
      {children}
    </Panel>
  );
}

function ThingMenu({ act, denial, onAct }: { act: CatalogAct; denial: string | undefined; onAct: OnAct }) {
  return (
    <>
      <MenuItem disabledReason={denial} onSelect={() => onAct(act)}>
        Edit
      </MenuItem>
      <MenuItem isDanger disabledReason={denial} onSelect={() => onAct({ ...act, isDelete: true })}>
        Delete
      </MenuItem>
    </>
  );
}
