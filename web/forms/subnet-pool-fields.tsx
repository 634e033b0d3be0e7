'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/trpc.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { familyIn, type SubnetPoolDraft } from '#resources/subnet-pool.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import { DescriptionField, NameField } from './name-field.tsx';
import { SharedWithAll } from './share.tsx';

type DraftProps = { draft: SubnetPoolDraft; change: (some: Partial<SubnetPoolDraft>) => void };
type SubnetPoolFieldsProps = DraftProps & { project: string };

/** What both forms of a subnet pool ask for. */
export function SubnetPoolFields({ project, draft, change }: SubnetPoolFieldsProps) {
  const isOperator = useSystemDenial()('network:provide') === undefined;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField value={draft.name} onChange={(name) => change({ name })} />
        <DescriptionField value={draft.description} onChange={(description) => change({ description })} />
      </div>
      <TextArea
        label="Ranges"
        name="prefixes"
        value={draft.prefixes}
        onChange={(prefixes) => change({ prefixes })}
        rows={3}
        placeholder="10.128.0.0/10"
        help="What subnets are cut out of, one a line, all of IPv4 or all of IPv6."
      />
      <SizeFields draft={draft} change={change} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <QuotaField draft={draft} change={change} />
        <ScopeField project={project} draft={draft} change={change} />
      </div>
      {isOperator && (
        <fieldset className="rounded-control border p-3">
          <legend className="px-1 text-ink-muted text-meta">For operators</legend>
          <Checkbox
            label="Default"
            note="Who asks for a pool and names none gets this one; one for each family."
            isChecked={draft.isDefault}
            onChange={(isDefault) => change({ isDefault })}
          />
          <SharedWithAll isChecked={draft.isShared} onChange={(isShared) => change({ isShared })} />
        </fieldset>
      )}
    </>
  );
}

/** Sizes of subnets, each with what it is in a pool that says nothing of it: of IPv4, and of IPv6. */
const sizes = [
  { name: 'minPrefixLength', label: 'Largest subnet', usual: { 4: '/8', 6: '/64' } },
  { name: 'defaultPrefixLength', label: 'Usual subnet', usual: { 4: '/24', 6: '/64' } },
  { name: 'maxPrefixLength', label: 'Smallest subnet', usual: { 4: '/30', 6: '/126' } },
] as const;

function SizeFields({ draft, change }: DraftProps) {
  const family = familyIn(draft.prefixes) ?? 4;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-3">
      {sizes.map(({ name, label, usual }) => (
        <Field
          key={name}
          label={label}
          name={name}
          value={draft[name]}
          onChange={(length) => change({ [name]: length })}
          placeholder={usual[family]}
          isMono
          isOptional
        />
      ))}
    </div>
  );
}

function QuotaField({ draft, change }: DraftProps) {
  return (
    <Field
      label="Each project may have"
      name="quota"
      value={draft.quota}
      onChange={(quota) => change({ quota })}
      inputMode="numeric"
      placeholder="any amount"
      help={familyIn(draft.prefixes) === 6 ? 'In networks of /64.' : 'In addresses.'}
      isMono
      isOptional
    />
  );
}

function ScopeField({ project, draft, change }: SubnetPoolFieldsProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.addressScope.list.queryOptions({ projectId: project, limit: 1000 }));
  const family = familyIn(draft.prefixes);
  const scopes = data?.items ?? [];
  const isKnown = draft.addressScopeId === '' || scopes.some(({ id }) => id === draft.addressScopeId);
  return (
    <Select
      label="Address scope"
      name="addressScopeId"
      value={draft.addressScopeId}
      onChange={(addressScopeId) => change({ addressScopeId })}
      options={[
        { value: '', label: 'None' },
        ...(isKnown ? [] : [{ value: draft.addressScopeId, label: 'given by an operator' }]),
        ...scopes.map((scope) => ({
          value: scope.id,
          label: scope.name,
          disabledReason: family === undefined || family === scope.family ? undefined : `of IPv${scope.family}`,
        })),
      ]}
      help="Within a scope each address is there once: its pools never overlap."
    />
  );
}
