'use client';
import { useMutation } from '@tanstack/react-query';
import type { FloatingIp, PortForwarding } from '@unkai/contracts/resources/floating-ip';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useSettled } from '#resources/identity.ts';
import { openstackPortForwardingCreate } from '#resources/openstack-command.ts';
import {
  emptyForwarding,
  type ForwardingDraft,
  forwardingDraftOf,
  forwardingOf,
  whyNotForwarded,
} from '#resources/port-forwarding.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { AsCommandFold } from './as-command.tsx';
import { TargetFields } from './floating-ip-target.tsx';
import { DescriptionField } from './name-field.tsx';

type PortForwardingCreateProps = { floating: FloatingIp; onClose: () => void };

/** Leads ports of a floating IP to ports of a guest. */
export function PortForwardingCreate({ floating, onClose }: PortForwardingCreateProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [draft, setDraft] = useState(emptyForwarding);
  const create = useMutation(
    trpc.floatingIp.createForwarding.mutationOptions({ onSuccess: () => settled('The port is forwarded') }),
  );
  const body = forwardingOf(draft);
  return (
    <Dialog isOpen onClose={onClose} title={`Forward a port of ${floating.address}`}>
      <Form
        label="Forward a port"
        submitLabel="Forward port"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={whyNotForwarded(draft)}
        onSubmit={() => create.mutate({ floatingIpId: floating.id, ...body })}
      >
        <ForwardingFields project={floating.projectId} draft={draft} onChange={setDraft} />
        <AsCommandFold
          curl={curlCommand(`/floating-ips/${floating.id}/port-forwardings`, body)}
          openstack={openstackPortForwardingCreate(body, floating)}
        />
      </Form>
    </Dialog>
  );
}

type PortForwardingEditProps = PortForwardingCreateProps & { forwarding: PortForwarding };

/** Changes where ports of a floating IP lead, without taking the forwarding away in between. */
export function PortForwardingEdit({ floating, forwarding, onClose }: PortForwardingEditProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [draft, setDraft] = useState(() => forwardingDraftOf(forwarding));
  const update = useMutation(
    trpc.floatingIp.updateForwarding.mutationOptions({ onSuccess: () => settled('The port forwarding is changed') }),
  );
  const { id, floatingIpId } = forwarding;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Change a forwarding of ${floating.address}`}
      description="What is connected by it is cut off where it leads elsewhere afterwards."
    >
      <Form
        label="Change port forwarding"
        submitLabel="Save port forwarding"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={whyNotForwarded(draft)}
        onSubmit={() => update.mutate({ id, floatingIpId, ...forwardingOf(draft) })}
      >
        <ForwardingFields project={floating.projectId} draft={draft} onChange={setDraft} />
      </Form>
    </Dialog>
  );
}

type FieldsProps = { project: string; draft: ForwardingDraft; onChange: (draft: ForwardingDraft) => void };

function ForwardingFields({ project, draft, onChange }: FieldsProps) {
  const change = (some: Partial<ForwardingDraft>) => onChange({ ...draft, ...some });
  return (
    <>
      <SegmentedControl<ForwardingDraft['protocol']>
        label="Protocol"
        value={draft.protocol}
        onChange={(protocol) => change({ protocol })}
        options={[
          { value: 'tcp', label: 'TCP' },
          { value: 'udp', label: 'UDP' },
        ]}
      />
      <Field
        label="Port outside"
        name="externalPortMin"
        value={draft.outside}
        onChange={(outside) => change({ outside })}
        placeholder="8080"
        help="One, or a range such as 8000-8010."
        isMono
      />
      <TargetFields project={project} draft={draft.target} onChange={(target) => change({ target })} isNeeded />
      <Field
        label="Port of the guest"
        name="internalPortMin"
        value={draft.inside}
        onChange={(inside) => change({ inside })}
        placeholder="80"
        help="Of a range, as many as outside."
        isMono
      />
      <DescriptionField value={draft.description} onChange={(description) => change({ description })} />
    </>
  );
}
