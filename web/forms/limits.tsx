'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Limit, QuotaDefault } from '@unkai/contracts/quota';
import { unlimited } from '@unkai/contracts/quota';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { quotaWords } from '#resources/limits.tsx';
import { amountFault, amountLabel, amountOf, firstFault, perGib } from '#resources/quota-amount.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';

/** Whose limits are set: a project's own, what a domain gives to its projects, or what the installation does. */
export type LimitsOf = { projectId: string } | { domainId?: string };
type Shown = Pick<Limit | QuotaDefault, 'name' | 'label' | 'unit' | 'limit' | 'source'>;
/** Limits of everything, or of one volume type, with the name of each field as the API says it. */
type Group = { title: string; fields: readonly (Omit<Shown, 'name'> & { name: string })[] };
type OfType = { id: string; name: string; items: readonly Shown[] };
type LimitsFormProps = {
  of: LimitsOf;
  /** Of what this version makes. */
  limits: readonly Shown[];
  /** Of volumes of all types together; they are set beside those of each type. */
  volumes: readonly Shown[];
  volumeTypes: readonly OfType[];
  onClose: () => void;
};

/** Each volume type has limits of its own besides those of all. */
function groupsOf({ limits, volumes, volumeTypes }: Omit<LimitsFormProps, 'of' | 'onClose'>): Group[] {
  const named = (at: string, items: readonly Shown[]) => items.map((item) => ({ ...item, name: `${at}.${item.name}` }));
  return [
    { title: '', fields: named('limits', limits) },
    ...(volumeTypes.length > 0 ? [{ title: 'All volume types', fields: named('limits', volumes) }] : []),
    ...volumeTypes.map(({ id, name, items }) => ({
      title: `Volume type ${name}`,
      fields: named(`volumeTypes.${id}`, items),
    })),
  ];
}

/** What is said here counts before what was said above; what is emptied follows that again. */
export function LimitsForm({ of, onClose, ...shown }: LimitsFormProps) {
  const own = 'projectId' in of ? 'project' : of.domainId === undefined ? 'installation' : 'domain';
  const { save, isPending, problem } = useSave(of, onClose);
  const groups = groupsOf(shown);
  const fields = groups.flatMap((group) => group.fields);
  const begun = Object.fromEntries(fields.map((limit) => [limit.name, limit.source === own ? written(limit) : '']));
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>(begun);
  const changed = fields.filter(({ name }) => (amounts[name] ?? '').trim() !== begun[name]);
  const title = own === 'project' ? 'Set limits' : 'Set defaults';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      width="wide"
      description="What is empty follows what is said above it."
    >
      <Form
        label={title}
        submitLabel={title}
        onCancel={onClose}
        pending={isPending}
        submitError={problem}
        disabledReason={changed.length === 0 ? 'Nothing is changed.' : firstFault(changed, amounts)}
        onSubmit={() => save(givenOf(changed, amounts))}
      >
        {groups.map((group) => (
          <LimitFields key={group.title} group={group} amounts={amounts} onChange={setAmounts} />
        ))}
      </Form>
    </Dialog>
  );
}

type Amounts = Readonly<Record<string, string>>;
type LimitFieldsProps = { group: Group; amounts: Amounts; onChange: (amounts: Amounts) => void };

function LimitFields({ group: { title, fields }, amounts, onChange }: LimitFieldsProps) {
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      {title && <legend className="mb-2 font-medium text-table">{title}</legend>}
      {fields.map((limit) => (
        <Field
          key={limit.name}
          label={amountLabel(limit)}
          name={limit.name}
          value={amounts[limit.name] ?? ''}
          onChange={(text) => onChange({ ...amounts, [limit.name]: text })}
          inputMode="numeric"
          autoComplete="off"
          error={amountFault(limit, amounts[limit.name] ?? '')}
          help={`${quotaWords(limit, limit.limit)} now, ${sources[limit.source]}`}
          isOptional
        />
      ))}
    </fieldset>
  );
}

/** Who said what a limit is. */
export const sources = {
  project: 'said of the project',
  domain: 'said of the domain',
  installation: 'said of all projects',
  initial: 'as Unkai begins',
} as const satisfies Record<Limit['source'], string>;

type Written = Group['fields'][number];

function written(limit: Written): string {
  return limit.limit === unlimited ? String(unlimited) : String(limit.limit / perGib(limit));
}

type Amount = number | null;
type Given = { limits: Record<string, Amount>; volumeTypes: Record<string, Record<string, Amount>> };

/** What was written, as the API takes it. What is emptied is taken back. */
function givenOf(changed: readonly Written[], amounts: Amounts): Given {
  const given: Given = { limits: {}, volumeTypes: {} };
  for (const limit of changed) {
    const text = (amounts[limit.name] ?? '').trim();
    const amount = text === '' ? null : amountOf(limit, text);
    const [place = '', typeOrName = '', name] = limit.name.split('.');
    if (name === undefined) given.limits[typeOrName] = amount;
    else if (place === 'volumeTypes')
      given.volumeTypes[typeOrName] = { ...given.volumeTypes[typeOrName], [name]: amount };
  }
  return given;
}

function useSave(of: LimitsOf, onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const onSuccess = async () => {
    await queryClient.invalidateQueries({ queryKey: trpc.limits.pathKey() });
    await queryClient.invalidateQueries({ queryKey: trpc.quotaDefault.pathKey() });
    toast({ tone: 'ok', title: 'The limits count from now on' });
    onClose();
  };
  const project = useMutation(trpc.limits.update.mutationOptions({ onSuccess }));
  const defaults = useMutation(trpc.quotaDefault.update.mutationOptions({ onSuccess }));
  const error = project.error ?? defaults.error;
  return {
    save: (given: Given) =>
      'projectId' in of ? project.mutate({ ...of, ...given }) : defaults.mutate({ ...of, ...given }),
    isPending: project.isPending || defaults.isPending,
    problem: error ? problemOf(error) : undefined,
  };
}
