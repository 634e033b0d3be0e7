'use client';
import { useMutation } from '@tanstack/react-query';
import type { Endpoint } from '@unkai/contracts/resources/endpoint';
import type { Region } from '@unkai/contracts/resources/region';
import type { Service } from '@unkai/contracts/resources/service';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';

type EndpointFormProps = {
  endpoint: Endpoint | undefined;
  services: readonly Service[];
  regions: readonly Region[];
  onClose: () => void;
};

/** Makes an endpoint of a service, or changes one. */
export function EndpointForm({ endpoint, services, regions, onClose }: EndpointFormProps) {
  const [draft, setDraft] = useState(() => draftOf(endpoint, services));
  const { send, isPending, error } = useEndpointChange(endpoint, onClose);
  const title = endpoint ? 'Edit endpoint' : 'Create endpoint';
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const { url, audience, serviceId, regionId, isEnabled } = draft;
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <Form
        label={title}
        submitLabel={endpoint ? 'Save endpoint' : title}
        onCancel={onClose}
        pending={isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={url === '' || serviceId === '' ? 'Choose a service and give the URL.' : undefined}
        onSubmit={() => send(draft)}
      >
        <Select
          label="Service"
          name="serviceId"
          value={serviceId}
          onChange={(value) => set({ serviceId: value })}
          options={services.map(({ id, name, type }) => ({ value: id, label: `${name} (${type})` }))}
        />
        <Select
          label="Interface"
          name="interface"
          value={audience}
          onChange={(value) => set({ audience: audiences.find((each) => each === value) ?? 'public' })}
          options={audiences.map((each) => ({ value: each, label: each }))}
        />
        <Field label="URL" name="url" value={url} onChange={(value) => set({ url: value })} help={urlHelp} isMono />
        <Select
          label="Region"
          name="regionId"
          value={regionId}
          onChange={(value) => set({ regionId: value })}
          options={[{ value: '', label: 'None' }, ...regions.map(({ id }) => ({ value: id, label: id }))]}
        />
        <Checkbox label="Clients find it" isChecked={isEnabled} onChange={(value) => set({ isEnabled: value })} />
      </Form>
    </Dialog>
  );
}

const audiences = ['public', 'internal', 'admin'] as const;
const urlHelp = '$(origin)s stands for the address of this cloud, $(project_id)s for the project of the token.';

function draftOf(endpoint: Endpoint | undefined, services: readonly Service[]) {
  return {
    url: endpoint?.url ?? '$(origin)s/',
    audience: endpoint?.interface ?? 'public',
    serviceId: endpoint?.serviceId ?? services[0]?.id ?? '',
    regionId: endpoint?.regionId ?? '',
    isEnabled: endpoint?.isEnabled ?? true,
  };
}

function useEndpointChange(endpoint: Endpoint | undefined, onClose: () => void) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const create = useMutation(
    trpc.endpoint.create.mutationOptions({ onSuccess: () => settled('The endpoint is ready') }),
  );
  const update = useMutation(
    trpc.endpoint.update.mutationOptions({ onSuccess: () => settled('The endpoint is changed') }),
  );
  const send = ({ url, audience, serviceId, regionId, isEnabled }: ReturnType<typeof draftOf>) => {
    const given = { url, interface: audience, serviceId, isEnabled };
    if (endpoint) update.mutate({ id: endpoint.id, ...given, regionId: regionId || null });
    else create.mutate({ ...given, ...(regionId !== '' && { regionId }) });
  };
  const { isPending, error } = endpoint ? update : create;
  return { send, isPending, error };
}
