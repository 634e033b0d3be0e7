'use client';
import { useMutation } from '@tanstack/react-query';
import type { Router } from '@unkai/contracts/resources/router';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useSettled } from '#resources/identity.ts';
import { openstackRouterCreate } from '#resources/openstack-command.ts';
import { useRouterPlaces } from '#resources/router.tsx';
import { routesIn, routesText } from '#resources/subnet.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { AsCommandFold } from './as-command.tsx';
import { CreateForm } from './create-form.tsx';
import { type GatewayDraft, GatewayFields, gatewayDraftOf, gatewayOf } from './gateway-fields.tsx';

type RouterCreateProps = { project: string; onClose: () => void; onCreated: (router: Router) => void };

/** Makes a router, with a way out where there is one. */
export function RouterCreate({ project, onClose, onCreated }: RouterCreateProps) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { external } = useRouterPlaces(project);
  const [name, setName] = useState('');
  const [draft, setDraft] = useState<Partial<GatewayDraft>>({});
  const gateway = { networkId: external[0]?.id ?? '', hasSnat: true, addresses: '', ...draft };
  const create = useMutation(
    trpc.router.create.mutationOptions({
      onSuccess: (router) => {
        settled(`${router.name} is made`);
        onCreated(router);
      },
    }),
  );
  const body = { name, gateway: gatewayOf(gateway) };
  return (
    <Dialog isOpen onClose={onClose} title="Create router">
      <CreateForm
        of={{ project }}
        needs={{ routers: 1 }}
        label="Create router"
        submitLabel="Create router"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={name === '' ? 'Give it a name.' : undefined}
        onSubmit={() => create.mutate({ projectId: project, ...body })}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <GatewayFields
          project={project}
          draft={gateway}
          change={(some) => setDraft((present) => ({ ...present, ...some }))}
        />
        <AsCommandFold
          curl={curlCommand(`/projects/${project}/routers`, body)}
          openstack={openstackRouterCreate(body, external)}
        />
      </CreateForm>
    </Dialog>
  );
}

function whyNotSaved(name: string, written: unknown): string | undefined {
  if (name === '') return 'Give it a name.';
  return written === undefined ? 'Write each route as 192.0.2.0/24 via 10.1.0.9.' : undefined;
}

/** Changes a router: its name, its way out, its static routes, and whether it forwards at all. */
export function RouterEdit({ router, onClose }: { router: Router; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState(router.name);
  const [isEnabled, setEnabled] = useState(router.isEnabled);
  const [was] = useState(() => gatewayDraftOf(router));
  const [draft, setDraft] = useState(was);
  const [routes, setRoutes] = useState(routesText(router.routes));
  const update = useMutation(trpc.router.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }));
  const written = routesIn(routes);
  const gateway = gatewayOf(draft, was);
  return (
    <Dialog isOpen onClose={onClose} title={`Change ${router.name}`}>
      <Form
        label="Change router"
        submitLabel="Save router"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={whyNotSaved(name, written)}
        onSubmit={() => written && update.mutate({ id: router.id, name, isEnabled, routes: written, gateway })}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Checkbox
          label="Switched on"
          note="One that is off forwards nothing."
          isChecked={isEnabled}
          onChange={setEnabled}
        />
        <GatewayFields
          project={router.projectId}
          draft={draft}
          change={(some) => setDraft((present) => ({ ...present, ...some }))}
        />
        <TextArea
          label="Static routes"
          name="routes"
          value={routes}
          onChange={setRoutes}
          rows={3}
          placeholder="192.0.2.0/24 via 10.1.0.9"
          help="One a line; each next hop is on a subnet of the router."
          isOptional
        />
      </Form>
    </Dialog>
  );
}

/** Joins a router to a further subnet, whose gateway address it takes. */
export function RouterInterfaceAdd({ router, onClose }: { router: Router; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { subnets } = useRouterPlaces(router.projectId);
  const joined = new Set(router.interfaces.flatMap(({ addresses }) => addresses.map(({ subnetId }) => subnetId)));
  const free = subnets.filter(({ id }) => !joined.has(id));
  const [chosen, setChosen] = useState<string>();
  const subnetId = chosen ?? free[0]?.id ?? '';
  const add = useMutation(
    trpc.router.addInterface.mutationOptions({ onSuccess: () => settled(`${router.name} joins the subnet`) }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Join a subnet"
      description="The router takes the gateway address of the subnet; guests there reach its other networks by it."
    >
      <CreateForm
        of={{ project: router.projectId }}
        needs={{ ports: 1 }}
        label="Join a subnet"
        submitLabel="Join subnet"
        onCancel={onClose}
        pending={add.isPending}
        submitError={add.error ? problemOf(add.error) : undefined}
        disabledReason={subnetId === '' ? 'It joins every subnet of the project already.' : undefined}
        onSubmit={() => add.mutate({ id: router.id, subnetId })}
      >
        <Select
          label="Subnet"
          name="subnetId"
          value={subnetId}
          onChange={setChosen}
          options={free.map(({ id, name, cidr }) => ({ value: id, label: `${name} · ${cidr}` }))}
        />
      </CreateForm>
    </Dialog>
  );
}
