'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import type { Subnet } from '@unkai/contracts/resources/subnet';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { openstackSubnetCreate } from '#resources/openstack-command.ts';
import { draftOf, emptySubnet, freeRange, rangeOf, type SubnetDraft, subnetOf } from '#resources/subnet.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';
import { AsCommandFold } from './as-command.tsx';
import { CreateForm } from './create-form.tsx';
import { NameField } from './name-field.tsx';
import { SubnetFields, SubnetRangeFields } from './subnet-fields.tsx';

/** What is done after a subnet changed: it is said, the dialog closes, and the networks are asked again. */
function useChanged(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return (said: string) => {
    toast({ tone: 'ok', title: said });
    onClose();
    for (const queryKey of [trpc.network.pathKey(), trpc.subnet.pathKey(), trpc.limits.pathKey()]) {
      void queryClient.invalidateQueries({ queryKey });
    }
  };
}

function firstDraft({ name, subnets }: Network): SubnetDraft {
  const own = subnets.length === 0 ? name : `${name}-${subnets.length + 1}`;
  return { ...emptySubnet, name: own, cidr: freeRange(subnets) };
}

type SubnetCreateProps = { network: Network; onClose: () => void };

/** Makes a further subnet of a network. */
export function SubnetCreate({ network, onClose }: SubnetCreateProps) {
  const trpc = useTRPC();
  const changed = useChanged(onClose);
  const [draft, setDraft] = useState(() => firstDraft(network));
  const change = (some: Partial<SubnetDraft>) => setDraft((present) => ({ ...present, ...some }));
  const create = useMutation(
    trpc.subnet.create.mutationOptions({ onSuccess: ({ name }) => changed(`The subnet ${name} is ready`) }),
  );
  const made = subnetOf(draft);
  const body = 'request' in made ? { ...rangeOf(draft), ...made.request } : undefined;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title="Create subnet"
      description={`A range from which the ports on ${network.name} get their addresses.`}
    >
      <CreateForm
        of={{ project: network.projectId }}
        needs={{ subnets: 1 }}
        label="Create subnet"
        submitLabel="Create subnet"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => body && create.mutate({ networkId: network.id, ...body })}
      >
        <SubnetRangeFields project={network.projectId} draft={draft} change={change} />
        <SubnetFields draft={draft} change={change} />
        {body && (
          <AsCommandFold
            curl={curlCommand(`/networks/${network.id}/subnets`, body)}
            openstack={openstackSubnetCreate(body, network)}
          />
        )}
      </CreateForm>
    </Dialog>
  );
}

type SubnetEditProps = { subnet: Subnet; onClose: () => void };

/** Changes what a subnet tells its guests, and from where they get addresses; its range stays. */
export function SubnetEdit({ subnet, onClose }: SubnetEditProps) {
  const trpc = useTRPC();
  const changed = useChanged(onClose);
  const [was] = useState(() => draftOf(subnet));
  const [draft, setDraft] = useState(was);
  const change = (some: Partial<SubnetDraft>) => setDraft((present) => ({ ...present, ...some }));
  const update = useMutation(
    trpc.subnet.update.mutationOptions({ onSuccess: ({ name }) => changed(`The subnet ${name} is changed`) }),
  );
  const made = subnetOf(draft, was);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title={`Change ${subnet.name}`}
      description={`Guests hear of it when they next ask for their addresses. The range ${subnet.cidr} stays.`}
    >
      <Form
        label="Change subnet"
        submitLabel="Save subnet"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => 'request' in made && update.mutate({ id: subnet.id, ...made.request })}
      >
        <NameField value={draft.name} onChange={(name) => change({ name })} />
        <SubnetFields draft={draft} change={change} isThere />
      </Form>
    </Dialog>
  );
}
