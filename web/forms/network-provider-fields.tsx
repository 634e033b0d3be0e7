'use client';
import { type NetworkType, networkType } from '@unkai/contracts/resources/network';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import { SharedWithAll } from './share.tsx';

/** What only operators say of a network. */
export type ProviderDraft = {
  type: NetworkType;
  physicalNetwork: string;
  segmentationId: string;
  isExternal: boolean;
  isShared: boolean;
};

export const emptyProvider: ProviderDraft = {
  type: 'vxlan',
  physicalNetwork: '',
  segmentationId: '',
  isExternal: false,
  isShared: false,
};

const types: readonly { value: NetworkType; label: string }[] = [
  { value: 'vxlan', label: 'VXLAN: a tunnel between hosts' },
  { value: 'gre', label: 'GRE: a tunnel between hosts' },
  { value: 'vlan', label: 'VLAN of the data centre' },
  { value: 'flat', label: 'Flat: a network of the data centre as it is' },
  { value: 'local', label: 'Local: stays on its host' },
];

/** What a draft asks for, as the API takes it. */
export function providerOf({ type, physicalNetwork, segmentationId, isExternal, isShared }: ProviderDraft) {
  const isPhysical = type === 'vlan' || type === 'flat';
  const hasSegment = type !== 'flat' && type !== 'local' && segmentationId.trim() !== '';
  return {
    isExternal,
    isShared,
    provider: {
      type,
      ...(isPhysical && { physicalNetwork: physicalNetwork.trim() }),
      ...(hasSegment && { segmentationId: Number(segmentationId) || 0 }),
    },
  };
}

type ProviderFieldsProps = { draft: ProviderDraft; change: (changed: Partial<ProviderDraft>) => void };

/** How a network travels, and who may use it. */
export function NetworkProviderFields({ draft, change }: ProviderFieldsProps) {
  const isPhysical = draft.type === 'vlan' || draft.type === 'flat';
  return (
    <fieldset className="grid gap-4 rounded-control border p-3">
      <legend className="px-1 text-ink-muted text-meta">For operators</legend>
      <Select
        label="Type"
        name="provider"
        value={draft.type}
        onChange={(type) => change({ type: networkType.catch('vxlan').parse(type) })}
        options={types}
      />
      {isPhysical && (
        <Field
          label="Physical network"
          name="physicalNetwork"
          value={draft.physicalNetwork}
          onChange={(physicalNetwork) => change({ physicalNetwork })}
          help="By the name that hosts give it, such as provider."
          isMono
        />
      )}
      {draft.type !== 'flat' && draft.type !== 'local' && (
        <Field
          label="Segment"
          name="segmentationId"
          value={draft.segmentationId}
          onChange={(segmentationId) => change({ segmentationId })}
          inputMode="numeric"
          placeholder="a free one"
          isMono
          isOptional
        />
      )}
      <NetworkUseFields draft={draft} change={change} />
    </fieldset>
  );
}

type Use = Pick<ProviderDraft, 'isExternal' | 'isShared'>;

/** Who may use a network, which operators say. */
export function NetworkUseFields({ draft, change }: { draft: Use; change: (changed: Partial<Use>) => void }) {
  return (
    <div className="grid">
      <Checkbox
        label="External"
        note="Routers have their way out through it, and floating IPs come from it."
        isChecked={draft.isExternal}
        onChange={(isExternal) => change({ isExternal })}
      />
      <SharedWithAll isChecked={draft.isShared} onChange={(isShared) => change({ isShared })} />
    </div>
  );
}
