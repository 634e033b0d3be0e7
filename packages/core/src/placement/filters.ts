import { type Candidate, type Request, room } from './candidate.ts';
import { askedOfAggregates, hasWhatIsAsked, valuesOf } from './extra-specs.ts';

/** One reason why a host cannot take a server, and its words: for one host, for several, and for operators. */
export interface Filter {
  readonly passes: (host: Candidate, request: Request) => boolean;
  readonly one: (request: Request) => string;
  readonly many: (request: Request) => string;
  readonly detail: (host: Candidate, request: Request) => string;
  /** A smaller flavor would help. */
  readonly isAboutSize: boolean;
}

const plain = (singular: string, plural: string, passes: Filter['passes']): Filter => ({
  passes,
  one: () => singular,
  many: () => plural,
  detail: (host) => `${host.name} ${singular}`,
  isAboutSize: false,
});

const size = (
  passes: Filter['passes'],
  needed: (request: Request) => string,
  free: (host: Candidate) => string,
): Filter => ({
  passes,
  one: (request) => `lacks ${needed(request)}`,
  many: (request) => `lack ${needed(request)}`,
  detail: (host, request) => `${host.name} lacks ${needed(request)} (${free(host)} free)`,
  isAboutSize: true,
});

/** Mebibytes as people say them: `8 GiB`, `1.5 GiB`, `256 MiB`. */
export function formatMib(mib: number): string {
  return mib < 1024 ? `${mib} MiB` : `${Number((mib / 1024).toFixed(1))} GiB`;
}

const hypervisors: Readonly<Record<string, readonly string[]>> = { qemu: ['kvm', 'tcg'], kvm: ['kvm'] };

/** What an image says of the hypervisor that it was made for, in the words of Glance's properties. */
function runsItsKind({ accelerator }: Candidate, { imageProperties }: Request): boolean {
  const wanted = imageProperties['img_hv_type'] ?? imageProperties['hypervisor_type'];
  return wanted === undefined || (hypervisors[wanted.toLowerCase()] ?? []).includes(accelerator);
}

function wishes(extraSpecs: Request['extraSpecs']): string {
  return askedOfAggregates(extraSpecs)
    .map(([key, asked]) => `${key} ${asked}`)
    .join(', ');
}

/** In this order; a host is counted under the first that it does not pass. */
export const filters: readonly Filter[] = [
  plain(
    'is not the chosen host',
    'are not the chosen host',
    (host, { hostId }) => hostId === null || host.id === hostId,
  ),
  plain(
    'is the host that it leaves',
    'are the host that it leaves',
    (host, { leavesHostId }) => host.id !== leavesHostId,
  ),
  {
    ...plain('is in another zone', 'are in another zone', (host, { availabilityZone }) => {
      return availabilityZone === null || host.availabilityZone === availabilityZone;
    }),
    detail: (host, { availabilityZone }) =>
      `${host.name} is in the zone ${host.availabilityZone}, not ${availabilityZone}`,
  },
  plain('does not answer', 'do not answer', (host) => host.isUp),
  plain('takes no new servers', 'take no new servers', (host) => host.isEnabled),
  plain(
    'has an agent of an earlier release, which takes no disks',
    'have agents of an earlier release, which take no disks',
    (host, { leavesHostId }) => leavesHostId === undefined || host.nouns.includes('server-migration'),
  ),
  plain('has another architecture', 'have another architecture', (host, request) => {
    return host.architecture === request.architecture;
  }),
  plain('cannot run images of its kind', 'cannot run images of its kind', runsItsKind),
  plain('is kept for other projects', 'are kept for other projects', (host, { projectId }) => {
    const kept = valuesOf(host.metadata, 'filter_tenant_id');
    return projectId === null || kept.length === 0 || kept.includes(projectId);
  }),
  {
    ...plain('lacks what the flavor asks of hosts', 'lack what the flavor asks of hosts', (host, { extraSpecs }) => {
      return hasWhatIsAsked(host.metadata, extraSpecs);
    }),
    detail: (host, { extraSpecs }) => `${host.name} is in no aggregate with ${wishes(extraSpecs)}`,
  },
  plain('does not have the servers of its group', 'do not have the servers of its group', (host, { group }) => {
    return group?.policy !== 'affinity' || !group.isPlaced || host.groupServers > 0;
  }),
  {
    ...plain('has servers of its group', 'have servers of its group', (host, { group }) => {
      return group?.policy !== 'anti-affinity' || host.groupServers < group.maxServersPerHost;
    }),
    detail: (host) => `${host.name} has ${host.groupServers} of the servers of its group`,
  },
  size(
    (host, request) => room(host).memoryMib >= request.memoryMib,
    (request) => `${formatMib(request.memoryMib)} of memory`,
    (host) => formatMib(Math.max(0, room(host).memoryMib)),
  ),
  size(
    (host, request) => room(host).vcpus >= request.vcpus,
    (request) => `${request.vcpus} vCPU`,
    (host) => `${Math.max(0, room(host).vcpus)}`,
  ),
  size(
    (host, request) => room(host).diskGib >= request.diskGib,
    (request) => `${request.diskGib} GiB of disk`,
    (host) => `${Math.max(0, room(host).diskGib)} GiB`,
  ),
];

/** The first filter that a host does not pass, or null when it can take the server. */
export function refusedBy(host: Candidate, request: Request): Filter | null {
  return filters.find((filter) => !filter.passes(host, request)) ?? null;
}
