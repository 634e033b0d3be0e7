'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Flavor } from '@unkai/contracts/resources/flavor';
import type { PriceList } from '@unkai/contracts/resources/price-list';
import { usageKinds } from '@unkai/contracts/resources/usage';
import type { VolumeType } from '@unkai/contracts/resources/volume-type';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { money } from '#ui/money.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { IdentityConfirm } from './identity-confirm.tsx';

export type PriceListAct =
  | { kind: 'create'; like?: PriceList }
  | { kind: 'show'; list: PriceList }
  | { kind: 'delete'; list: PriceList };

type DialogOf<Act> = { act: Act; onClose: () => void };

/** The dialog of what was chosen; none when nothing was. */
export function PriceListDialog({ act, onClose }: DialogOf<PriceListAct | undefined>) {
  if (!act) return null;
  if (act.kind === 'create') return <PriceListForm {...(act.like && { like: act.like })} onClose={onClose} />;
  if (act.kind === 'show') return <Prices list={act.list} onClose={onClose} />;
  return <PriceListDelete list={act.list} onClose={onClose} />;
}

function Prices({ list: { name, currency, prices }, onClose }: { list: PriceList; onClose: () => void }) {
  return (
    <Dialog isOpen onClose={onClose} title={name} description="Each for one hour." width="wide">
      <table aria-label={`Prices of ${name}`} className="w-full text-left text-table">
        <tbody>
          {prices.map(({ kind, item, price }) => (
            <tr key={`${kind} ${item}`} className="border-b last:border-b-0">
              <th scope="row" className="py-1.5 font-normal">
                {usageKinds[kind].label}
                {item && ` · ${item}`}
              </th>
              <td className="numeric py-1.5 text-right">
                {money(price, currency)} per {usageKinds[kind].unit}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

/** What can have a price at this moment: each flavor, running and stopped, images, volume types and floating IPs. */
function pricedThings(flavors: readonly Flavor[], volumeTypes: readonly VolumeType[]) {
  return [
    ...flavors.flatMap(({ name }) => [
      { kind: 'server', item: name, label: `${name}, running`, unit: 'server' } as const,
      { kind: 'server-stopped', item: name, label: `${name}, stopped`, unit: 'server' } as const,
    ]),
    { kind: 'image', item: '', label: 'Images', unit: 'GiB' } as const,
    ...volumeTypes.map(
      ({ name }) => ({ kind: 'volume', item: name, label: `Volumes of the type ${name}`, unit: 'GiB' }) as const,
    ),
    { kind: 'floating-ip', item: '', label: 'Floating IPs', unit: 'address' } as const,
  ];
}

function PriceListForm({ like, onClose }: { like?: PriceList; onClose: () => void }) {
  const trpc = useTRPC();
  const flavors = useQuery(trpc.flavor.list.queryOptions({ limit: 1000 })).data?.items;
  const volumeTypes = useQuery(trpc.volumeType.list.queryOptions({ limit: 1000 })).data?.items;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Create price list"
      description="Prices are for one hour. What is left empty costs nothing. Once it has started it never changes."
      width="wide"
    >
      {flavors && volumeTypes ? (
        <LoadedForm things={pricedThings(flavors, volumeTypes)} {...(like && { like })} onClose={onClose} />
      ) : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  );
}

type FormProps = { things: ReturnType<typeof pricedThings>; like?: PriceList; onClose: () => void };

function LoadedForm({ things, like, onClose }: FormProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState('');
  const [currency, setCurrency] = useState(like?.currency ?? 'EUR');
  const [startsAt, setStartsAt] = useState('');
  const [prices, setPrices] = useState<Record<string, string>>(() =>
    Object.fromEntries(like?.prices.map(({ kind, item, price }) => [`${kind} ${item}`, price]) ?? []),
  );
  const create = useMutation(trpc.priceList.create.mutationOptions({ onSuccess: () => settled(`${name} is kept`) }));
  const sent = things.flatMap(({ kind, item }) => {
    const price = prices[`${kind} ${item}`]?.trim() ?? '';
    return price === '' ? [] : [{ kind, item, price }];
  });
  const missing = name === '' ? 'Give it a name.' : sent.length === 0 ? 'Give at least one price.' : undefined;
  return (
    <Form
      label="Create price list"
      submitLabel="Create price list"
      onCancel={onClose}
      pending={create.isPending}
      submitError={create.error ? problemOf(create.error) : undefined}
      disabledReason={missing}
      onSubmit={() =>
        create.mutate({ name, currency, prices: sent, ...(startsAt && { startsAt: `${startsAt}:00.000Z` }) })
      }
    >
      <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Currency" name="currency" value={currency} onChange={setCurrency} maxLength={3} />
        <Field
          label="Starts at (UTC)"
          name="startsAt"
          type="datetime-local"
          value={startsAt}
          onChange={setStartsAt}
          isOptional
          help="Empty: now."
        />
      </div>
      <PriceFields things={things} sent={sent} prices={prices} onChange={setPrices} />
    </Form>
  );
}

type PriceFieldsProps = {
  things: ReturnType<typeof pricedThings>;
  /** Those that have a price, in the order in which they are sent: the API names them by their place in it. */
  sent: readonly { kind: string; item: string }[];
  prices: Readonly<Record<string, string>>;
  onChange: (prices: Record<string, string>) => void;
};

function PriceFields({ things, sent, prices, onChange }: PriceFieldsProps) {
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      <legend className="mb-2 font-medium text-table">Prices per hour</legend>
      {things.map(({ kind, item, label, unit }) => (
        <Field
          key={`${kind} ${item}`}
          label={label}
          name={`prices.${sent.findIndex((each) => each.kind === kind && each.item === item)}.price`}
          value={prices[`${kind} ${item}`] ?? ''}
          onChange={(price) => onChange({ ...prices, [`${kind} ${item}`]: price })}
          placeholder={`per ${unit}`}
          inputMode="decimal"
          isMono
          isOptional
        />
      ))}
    </fieldset>
  );
}

function PriceListDelete({ list: { id, name }, onClose }: { list: PriceList; onClose: () => void }) {
  const client = useTRPCClient();
  return (
    <IdentityConfirm
      title={`Delete ${name}?`}
      description="It has not started, so nothing was charged by it."
      action="Delete price list"
      done={`${name} is deleted`}
      change={() => client.priceList.delete.mutate({ id })}
      onClose={onClose}
    />
  );
}
