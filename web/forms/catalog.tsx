'use client';
import type { Endpoint } from '@unkai/contracts/resources/endpoint';
import type { Region } from '@unkai/contracts/resources/region';
import type { Service } from '@unkai/contracts/resources/service';
import { useTRPCClient } from '#client/trpc.tsx';
import { EndpointForm } from './endpoint.tsx';
import { IdentityConfirm } from './identity-confirm.tsx';
import { RegionForm } from './region.tsx';
import { ServiceForm } from './service.tsx';

/** One noun of the catalog: a thing to change or delete, or none to make one. */
export type CatalogAct = { isDelete?: boolean } & (
  | { noun: 'region'; region?: Region }
  | { noun: 'service'; service?: Service }
  | { noun: 'endpoint'; endpoint?: Endpoint }
);

type CatalogDialogProps = {
  act: CatalogAct | undefined;
  known: { regions: readonly Region[]; services: readonly Service[] };
  onClose: () => void;
};

/** The dialog of what was chosen; none when nothing was. */
export function CatalogDialog({ act, known, onClose }: CatalogDialogProps) {
  if (!act) return null;
  if (act.isDelete) return <CatalogDelete act={act} onClose={onClose} />;
  if (act.noun === 'region') return <RegionForm region={act.region} regions={known.regions} onClose={onClose} />;
  if (act.noun === 'service') return <ServiceForm service={act.service} onClose={onClose} />;
  return <EndpointForm endpoint={act.endpoint} {...known} onClose={onClose} />;
}

const warnings = {
  region: 'Nothing may be in it or below it.',
  service: 'Its endpoints go with it. Clients that look for this service find it no longer.',
  endpoint: 'Clients that look for this service do not find it there any more.',
};

function CatalogDelete({ act, onClose }: { act: CatalogAct; onClose: () => void }) {
  const client = useTRPCClient();
  const { id, name } = named(act);
  return (
    <IdentityConfirm
      title={`Delete the ${act.noun} ${name}?`}
      description={warnings[act.noun]}
      action={`Delete ${act.noun}`}
      done={`The ${act.noun} is deleted`}
      change={() => client[act.noun].delete.mutate({ id })}
      onClose={onClose}
    />
  );
}

function named(act: CatalogAct): { id: string; name: string } {
  if (act.noun === 'region') return { id: act.region?.id ?? '', name: act.region?.id ?? '' };
  if (act.noun === 'service') return { id: act.service?.id ?? '', name: act.service?.name ?? '' };
  return { id: act.endpoint?.id ?? '', name: act.endpoint?.url ?? '' };
}
