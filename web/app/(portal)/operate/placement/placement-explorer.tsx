'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/trpc.tsx';
import { operatorProblem } from '#resources/operator.tsx';
import { PickHost, PickProject, useHostName, useProjectName } from '#resources/pick-named.tsx';
import { useAddressValue } from '#table/filters.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import type { Picked } from '#ui/pick.tsx';
import { Select } from '#ui/select.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { PlacementAnswer } from './placement-answer.tsx';

type Option = { value: string; label: string; disabledReason?: string };

/** Asks placement what it would do with a server that nobody makes: where it would go, or why nowhere. */
export function PlacementExplorer() {
  const choice = useChoice();
  const { options, asked } = choice;
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.placement.explain.queryOptions(asked ?? { flavorId: '' }, {
      enabled: asked !== undefined,
      placeholderData: keepPreviousData,
      refetchInterval: 5000,
    }),
  );
  const problem = operatorProblem(error ?? choice.error, 'where servers are placed', refetch);
  if (problem) return problem;
  return (
    <>
      <PageHeader
        title="Placement"
        summary="Why a server would be, or would not be, scheduled now"
        actions={
          <DocsPopover title="Placement">
            Each host is asked as for a server that is being made, and nothing is taken of any. A host that cannot take
            it says everything that speaks against it.
          </DocsPopover>
        }
      />
      <div className="grid gap-4">
        <Panel title="A server of">
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-5">
            <Select label="Flavor" {...choice.flavor} options={options.flavors} />
            <PickProject label="For project" {...pickOf(choice.project, choice.projectName, nobodys)} />
            <Select label="Image" {...choice.image} options={options.images} />
            <Select label="Zone" {...choice.zone} options={options.zones} />
            <PickHost label="Host" {...pickOf(choice.host, choice.hostName, anyHost)} />
          </div>
        </Panel>
        {data ? (
          <PlacementAnswer told={data} hasProject={choice.project.value !== ''} />
        ) : (
          <Skeleton className="h-60" />
        )}
      </div>
    </>
  );
}

/** What is chosen, kept in the address; the first flavor where none is. */
function useChoice() {
  const field = (name: string, [value, onChange]: readonly [string, (value: string) => void]) => ({
    name,
    value,
    onChange,
  });
  const [flavorId, setFlavor] = useAddressValue('flavor');
  const project = field('project', useAddressValue('project'));
  const image = field('image', useAddressValue('image'));
  const zone = field('zone', useAddressValue('zone'));
  const host = field('host', useAddressValue('host'));
  const { options, error } = useOptions(project.value);
  const flavor = field('flavor', [flavorId || (options.flavors[0]?.value ?? ''), setFlavor]);
  const asked =
    flavor.value === ''
      ? undefined
      : {
          flavorId: flavor.value,
          ...(project.value && { projectId: project.value }),
          ...(project.value && image.value && { imageId: image.value }),
          ...(zone.value && { availabilityZone: zone.value }),
          ...(host.value && { hostId: host.value }),
        };
  const projectName = useProjectName(project.value);
  const hostName = useHostName(host.value);
  return { flavor, project, projectName, image, zone, host, hostName, options, error, asked };
}

const nobodys = { id: '', label: 'Nobody’s' };
const anyHost = { id: '', label: 'Any' };

type Field = { name: string; value: string; onChange: (value: string) => void };

/** A field that is kept in the address as an id; `none` is the choice of no id. */
function pickOf({ name, value, onChange }: Field, label: string, none: Picked) {
  return {
    name,
    value: value === '' ? none : { id: value, label },
    onChange: ({ id }: Picked) => onChange(id),
    placeholder: none.label,
    options: [none],
  };
}

const named = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name });

function useOptions(projectId: string) {
  const trpc = useTRPC();
  const limit = 1000;
  const flavors = useQuery(trpc.flavor.list.queryOptions({ limit }));
  const places = useQuery(trpc.availabilityZone.list.queryOptions());
  const images = useQuery(trpc.image.list.queryOptions({ projectId, limit }, { enabled: projectId !== '' }));
  const zones = places.data?.items.map(({ name }) => name) ?? [];
  const needsProject = { value: '', label: 'Any', disabledReason: 'choose a project for its images' };
  const any: Option = { value: '', label: 'Any' };
  return {
    error: flavors.error ?? places.error,
    options: {
      flavors: flavors.data?.items.map(named) ?? [],
      images: projectId === '' ? [needsProject] : [any, ...(images.data?.items.map(named) ?? [])],
      zones: [any, ...zones.map((name) => ({ value: name, label: name }))],
    },
  };
}
