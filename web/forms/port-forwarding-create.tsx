'use client';
import { useMutation } from '@tanstack/react-query';
import type { FloatingIp } from '@unkai/contracts/resources/floating-ip';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { PortChoice } from './floating-ip.tsx';

type Protocol = 'tcp' | 'udp';

/** Leads one port of a floating IP to a port of a guest. */
export function PortForwardingCreate({ floating, onClose }: { floating: FloatingIp; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [protocol, setProtocol] = useState<Protocol>('tcp');
  const [outside, setOutside] = useState('');
  const [inside, setInside] = useState('');
  const [portId, setPortId] = useState('');
  const create = useMutation(
    trpc.floatingIp.createForwarding.mutationOptions({ onSuccess: () => settled('The port is forwarded') }),
  );
  const isWhole = outside !== '' && inside !== '' && portId !== '';
  const ports = { externalPortMin: Number(outside), internalPortMin: Number(inside) };
  return (
    <Dialog isOpen onClose={onClose} title={`Forward a port of ${floating.address}`}>
      <Form
        label="Forward a port"
        submitLabel="Forward port"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={isWhole ? undefined : 'Say which port leads to which.'}
        onSubmit={() => create.mutate({ floatingIpId: floating.id, protocol, portId, ...ports })}
      >
        <ProtocolChoice value={protocol} onChange={setProtocol} />
        <Field
          label="Port outside"
          name="externalPortMin"
          value={outside}
          onChange={setOutside}
          inputMode="numeric"
          isMono
        />
        <PortChoice project={floating.projectId} value={portId} onChange={setPortId} isNeeded />
        <Field
          label="Port of the guest"
          name="internalPortMin"
          value={inside}
          onChange={setInside}
          inputMode="numeric"
          isMono
        />
      </Form>
    </Dialog>
  );
}

function ProtocolChoice({ value, onChange }: { value: Protocol; onChange: (protocol: Protocol) => void }) {
  return (
    <SegmentedControl<Protocol>
      label="Protocol"
      value={value}
      onChange={onChange}
      options={[
        { value: 'tcp', label: 'TCP' },
        { value: 'udp', label: 'UDP' },
      ]}
    />
  );
}
