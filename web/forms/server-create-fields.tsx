'use client';
import { useQuery } from '@tanstack/react-query';
import { userDataMaxBytes } from '@unkai/contracts/resources/server';
import { ChevronRight, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { bySize, flavorReason, imageReason } from '#resources/server-choice.ts';
import { bytes, memory } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { RadioCards } from '#ui/radio-cards.tsx';
import { KeyPairCreate } from './key-pair-create.tsx';
import type { ServerDraft, ServerOffer } from './server-create-draft.ts';
import { ServerCreateFirewall } from './server-create-firewall.tsx';
import { Section, toggled } from './server-create-section.tsx';

type FieldsProps = { offer: ServerOffer; draft: ServerDraft };

/** The questions of the form, in the order in which they are asked. */
export function ServerCreateFields({ offer, draft }: FieldsProps) {
  const { values, change } = draft;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-7">
      <Field label="Name" name="name" value={values.name} onChange={(name) => change({ name })} autoComplete="off" />
      <ImageChoice offer={offer} draft={draft} />
      <FlavorChoice offer={offer} draft={draft} />
      <KeyPairChoice offer={offer} draft={draft} />
      <NetworkChoice offer={offer} draft={draft} />
      <ServerCreateFirewall offer={offer} draft={draft} />
      <ZoneChoice offer={offer} draft={draft} />
      <ServerGroupChoice draft={draft} />
      <StartUpScript draft={draft} />
      <Disclosure title="Description and metadata" note="for people and for the guest">
        <Field
          label="Description"
          name="description"
          value={values.description}
          onChange={(description) => change({ description })}
          isOptional
        />
        <TextArea
          label="Metadata"
          name="metadata"
          value={values.metadata}
          onChange={(metadata) => change({ metadata })}
          rows={3}
          isOptional
          placeholder="role=web"
          error={draft.metadataError}
          help="One key=value per line; the guest reads it from its metadata service."
        />
      </Disclosure>
    </div>
  );
}

function StartUpScript({ draft: { values, change, userDataBytes } }: { draft: ServerDraft }) {
  const [used, most] = [userDataBytes, userDataMaxBytes].map((amount) => amount.toLocaleString('en'));
  const isTooLong = userDataBytes > userDataMaxBytes;
  return (
    <Disclosure title="Start-up script" note={values.userData ? bytes(userDataBytes) : 'user data'}>
      <TextArea
        label="User data"
        name="userData"
        value={values.userData}
        onChange={(userData) => change({ userData })}
        rows={8}
        isOptional
        placeholder={'#!/bin/sh\necho hello > /dev/console'}
        error={isTooLong ? 'At most 64 KiB (65,536 bytes): move parts into a file that it fetches.' : undefined}
        help={`Run as root at first boot. ${used} of ${most} bytes.`}
      />
    </Disclosure>
  );
}

function Disclosure({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <details className="group border-t pt-3">
      <summary className="flex h-8 cursor-pointer list-none items-center gap-2 whitespace-nowrap rounded-control font-medium text-table max-md:h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden size={14} className="text-ink-faint transition-transform group-open:rotate-90" />
        {title}
        <span className="truncate font-normal text-ink-faint">· {note}</span>
      </summary>
      <div className="grid gap-4 pt-3">{children}</div>
    </details>
  );
}

function ImageChoice({ offer, draft }: FieldsProps) {
  return (
    <Section title="Image">
      {offer.images.length === 0 && (
        <p className="text-ink-muted text-table">There is no image yet. An operator adds one with “./unkai up”.</p>
      )}
      <RadioCards
        label="Image"
        value={draft.values.imageId}
        onChange={(imageId) => draft.change({ imageId })}
        cards={offer.images.map((image) => ({
          value: image.id,
          title: image.name,
          note: image.description || (image.sizeBytes === null ? image.diskFormat : bytes(image.sizeBytes)),
          disabledReason: imageReason(image),
        }))}
      />
    </Section>
  );
}

function FlavorChoice({ offer, draft }: FieldsProps) {
  return (
    <Section title="Size" note="vCPU · memory · disk">
      <RadioCards
        label="Size"
        layout="rows"
        value={draft.values.flavorId}
        onChange={(flavorId) => draft.change({ flavorId })}
        cards={bySize(offer.flavors).map((flavor) => ({
          value: flavor.id,
          title: (
            <span className="grid grid-cols-[minmax(0,1fr)_3.75rem_4.25rem_4.25rem] items-baseline gap-1.5 md:gap-4">
              <span className="truncate">{flavor.name}</span>
              <span className="numeric text-right font-normal">{flavor.vcpus} vCPU</span>
              <span className="numeric text-right font-normal">{memory(flavor.memoryMib)}</span>
              <span className="numeric text-right font-normal">
                {flavor.diskGib === 0 ? 'as image' : `${flavor.diskGib} GiB`}
              </span>
            </span>
          ),
          disabledReason: flavorReason(flavor, draft.image, offer.limits),
        }))}
      />
    </Section>
  );
}

function KeyPairChoice({ offer, draft }: FieldsProps) {
  const [isCreating, setCreating] = useState(false);
  const chosen = draft.values.keyPairNames;
  return (
    <Section title="Access">
      <div className="rounded-control border bg-surface px-3 py-1.5">
        {offer.keyPairs.map(({ id, name, kind }) => (
          <Checkbox
            key={id}
            label={name}
            note={kind}
            isChecked={chosen.includes(name)}
            onChange={(isChosen) => draft.change({ keyPairNames: toggled(chosen, name, isChosen) })}
          />
        ))}
        {chosen.length === 0 && (
          <p className="py-1 text-table text-warn-ink">
            No key pair is chosen: you will only get in through the console, if the image lets you.
          </p>
        )}
        <div className="flex flex-wrap items-center gap-2 py-1">
          <Button variant="quiet" icon={<Plus aria-hidden size={14} />} onClick={() => setCreating(true)}>
            New key pair
          </Button>
          <span className="text-ink-muted text-meta">created at once, not with the server</span>
        </div>
      </div>
      {isCreating && (
        <KeyPairCreate
          onClose={() => setCreating(false)}
          onCreated={(name) => draft.change({ keyPairNames: toggled(chosen, name, true) })}
        />
      )}
    </Section>
  );
}

function NetworkChoice({ offer, draft }: FieldsProps) {
  const chosen = draft.values.networkIds;
  return (
    <Section title="Network">
      <div className="rounded-control border bg-surface px-3 py-1.5">
        {offer.networks.map(({ id, name, subnets }) => (
          <Checkbox
            key={id}
            label={name}
            note={
              <code className="numeric">{subnets.map(({ cidr }) => cidr).join(', ') || 'no subnet, no address'}</code>
            }
            isChecked={chosen.includes(id)}
            onChange={(isChosen) => draft.change({ networkIds: toggled(chosen, id, isChosen) })}
          />
        ))}
        {offer.networks.length === 0 && (
          <p className="py-1 text-ink-muted text-table">
            This project has no network. Create one under Networks first.
          </p>
        )}
      </div>
    </Section>
  );
}

function ZoneChoice({ offer, draft }: FieldsProps) {
  if (offer.zones.length < 2) return null;
  return (
    <Section title="Zone" note="a part of the cloud that fails by itself">
      <RadioCards
        label="Zone"
        value={draft.values.availabilityZone}
        onChange={(availabilityZone) => draft.change({ availabilityZone })}
        cards={[
          { value: '', title: 'Any', note: 'where there is most room' },
          ...offer.zones.map(({ name, isAvailable }) => ({
            value: name,
            title: name,
            disabledReason: isAvailable ? undefined : 'No host in it takes new servers now.',
          })),
        ]}
      />
    </Section>
  );
}

/** Groups are an extra: a create without them need not wait for their list. */
function ServerGroupChoice({ draft }: Pick<FieldsProps, 'draft'>) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.serverGroup.list.queryOptions({ projectId: draft.project, limit: 1000 }));
  if (!data || data.items.length === 0) return null;
  return (
    <Section title="Server group" note="near other servers, or apart from them">
      <RadioCards
        label="Server group"
        value={draft.values.serverGroupId}
        onChange={(serverGroupId) => draft.change({ serverGroupId })}
        cards={[
          { value: '', title: 'None', note: 'wherever there is room' },
          ...data.items.map(({ id, name, policy }) => ({ value: id, title: name, note: policy })),
        ]}
      />
    </Section>
  );
}
