import type { Router } from '@unkai/contracts/resources/router';
import { useGrant } from '#resources/project.ts';
import { useRouterPlaces } from '#resources/router.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';

/** What a person says of a router's way out. */
export type GatewayDraft = {
  /** Empty: none. */
  networkId: string;
  hasSnat: boolean;
  /** Chosen ones, with commas between them; empty: those that are free, or that it has. */
  addresses: string;
};

/** The draft of a router that is there. */
export function gatewayDraftOf({ gateway }: Router): GatewayDraft {
  return {
    networkId: gateway?.networkId ?? '',
    hasSnat: gateway?.hasSnat ?? true,
    addresses: gateway?.addresses.map(({ address }) => address).join(', ') ?? '',
  };
}

export type GatewayRequest = { networkId: string; hasSnat: boolean; addresses?: { address: string }[] };

/** What is asked of the API. Addresses that nobody wrote or changed are not named: only who manages the network may. */
export function gatewayOf(draft: GatewayDraft, was?: GatewayDraft): GatewayRequest | null {
  const { networkId, hasSnat, addresses } = draft;
  if (networkId === '') return null;
  const wanted = addresses.split(/[\s,]+/).filter(Boolean);
  const isKept = wanted.length === 0 || (was?.networkId === networkId && was.addresses === addresses);
  if (isKept) return { networkId, hasSnat };
  return { networkId, hasSnat, addresses: wanted.map((address) => ({ address })) };
}

type GatewayFieldsProps = {
  project: string;
  draft: GatewayDraft;
  change: (changed: Partial<GatewayDraft>) => void;
};

/** The way out, its addresses, and whether what leaves there has the router's address. */
export function GatewayFields({ project, draft, change }: GatewayFieldsProps) {
  const { external } = useRouterPlaces(project);
  const network = external.find(({ id }) => id === draft.networkId);
  const isManager = useGrant(network?.projectId ?? '')('network:update');
  return (
    <>
      <Select
        label="Way out"
        name="gateway.networkId"
        value={draft.networkId}
        onChange={(networkId) => change({ networkId, addresses: '' })}
        options={[
          { value: '', label: 'None: it joins networks only' },
          ...external.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        help={external.length === 0 && 'Who operates this cloud has made no external network yet.'}
      />
      {network && isManager && (
        <Field
          label="Addresses outside"
          name="gateway.addresses"
          value={draft.addresses}
          onChange={(addresses) => change({ addresses })}
          placeholder="the next that is free"
          help={`You manage ${network.name}, so you may choose: up to eight, with commas between them.`}
          isMono
          isOptional
        />
      )}
      {draft.networkId !== '' && (
        <Checkbox
          label="Translate addresses"
          note="What leaves has the router's address (SNAT), so that answers find back. Without it the data centre must know the way."
          isChecked={draft.hasSnat}
          onChange={(hasSnat) => change({ hasSnat })}
        />
      )}
    </>
  );
}
