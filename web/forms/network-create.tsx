'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { useToast } from '#ui/toast.tsx';
import { CreateForm } from './create-form.tsx';
import { NameField } from './name-field.tsx';
import { emptyProvider, NetworkProviderFields, type ProviderDraft, providerOf } from './network-provider-fields.tsx';
import { QosPolicyChoice, useQosPolicies } from './qos-policy-choice.tsx';

const needs = { networks: 1, subnets: 1 } as const;

/** Makes a network, with its first subnet unless there shall be none yet. */
export function NetworkCreate({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState('');
  const [cidr, setCidr] = useState('10.1.0.0/24');
  const isOperator = useSystemDenial()('network:provide') === undefined;
  const [provider, setProvider] = useState(emptyProvider);
  const [qos, qosPolicyId, setQosPolicyId] = useQosChoice(project);
  const change = (some: Partial<ProviderDraft>) => setProvider((present) => ({ ...present, ...some }));
  const createNetwork = useMutation(trpc.network.create.mutationOptions());
  const createSubnet = useMutation(trpc.subnet.create.mutationOptions());
  // A network whose subnet was refused exists already; the next try only adds the subnet.
  const [networkId, setNetworkId] = useState<string>();
  const submit = async () => {
    const wanted = { projectId: project, name, ...qos, ...(isOperator && providerOf(provider)) };
    const id = networkId ?? (await createNetwork.mutateAsync(wanted)).id;
    setNetworkId(id);
    if (cidr.trim() !== '') await createSubnet.mutateAsync({ networkId: id, name, cidr: cidr.trim() });
    toast({ tone: 'ok', title: `${name} is ready` });
    onClose();
  };
  const error = createNetwork.error ?? createSubnet.error;
  return (
    <Dialog isOpen onClose={onClose} title="Create network">
      <CreateForm
        of={{ project }}
        needs={needs}
        label="Create network"
        submitLabel="Create network"
        onCancel={onClose}
        pending={createNetwork.isPending || createSubnet.isPending}
        submitError={error ? problemOf(error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={() => {
          // A failure is shown by the form, from the mutations' own error.
          submit()
            .catch(() => undefined)
            .finally(() => queryClient.invalidateQueries({ queryKey: trpc.network.pathKey() }));
        }}
      >
        <NameField value={name} onChange={setName} />
        <RangeField value={cidr} onChange={setCidr} />
        <QosPolicyChoice project={project} value={qosPolicyId} onChange={setQosPolicyId} none="None" />
        {isOperator && <NetworkProviderFields draft={provider} change={change} />}
      </CreateForm>
    </Dialog>
  );
}

/** What is sent of the policy, what is shown, and how it is chosen. What nobody chose is the default at the time of the create. */
function useQosChoice(project: string) {
  const { ofNewNetworks } = useQosPolicies(project);
  const [chosen, choose] = useState<string | null>();
  return [
    chosen === undefined ? {} : { qosPolicyId: chosen },
    chosen ?? (chosen === null ? null : ofNewNetworks),
    choose,
  ] as const;
}

function RangeField({ value, onChange }: { value: string; onChange: (cidr: string) => void }) {
  return (
    <Field
      label="Range of addresses"
      name="cidr"
      value={value}
      onChange={onChange}
      isMono
      help="Private to this project; other projects may use the same range. The first address becomes the gateway. Left empty, subnets are made on the network’s page: from a pool, or with pools and routes of their own."
      isOptional
    />
  );
}
