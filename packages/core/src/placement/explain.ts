import type { Placement, PlacementHost } from '@unkai/contracts/resources/placement';
import { type Candidate, type Request, room } from './candidate.ts';
import { filters } from './filters.ts';
import { type FlavorSize, noCapacity } from './refusal.ts';
import { ranked } from './weighers.ts';

/**
 * What placement would say of every host if it were asked now. Placement itself stops at the first thing that speaks
 * against a host; here all of them are told, since mending the first may not be enough.
 */
export function explain(
  hosts: readonly Candidate[],
  request: Request,
  flavors: readonly FlavorSize[],
): Pick<Placement, 'refusal' | 'reasons' | 'hosts'> {
  const against = (host: Candidate) => filters.filter((filter) => !filter.passes(host, request));
  const open = ranked(
    hosts.filter((host) => against(host).length === 0),
    request,
  );
  const shut = hosts.filter((host) => !open.includes(host)).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const reasons = filters
    .map((filter) => ({
      reason: filter.one(request),
      hosts: shut.filter((host) => !filter.passes(host, request)).map(({ name }) => name),
    }))
    .filter((each) => each.hosts.length > 0)
    .toSorted((one, other) => other.hosts.length - one.hosts.length);
  return {
    refusal: open.length > 0 ? null : noCapacity(hosts, request, flavors).message,
    reasons,
    hosts: [
      ...open.map((host, index) => view(host, [], index + 1)),
      ...shut.map((host) =>
        view(
          host,
          against(host).map((filter) => withoutName(filter.detail(host, request), host.name)),
          null,
        ),
      ),
    ],
  };
}

function view(host: Candidate, reasons: string[], rank: number | null): PlacementHost {
  const { id, name, availabilityZone, hasImage } = host;
  const { vcpus, memoryMib, diskGib } = room(host);
  const left = { vcpus: Math.max(0, vcpus), memoryMib: Math.max(0, memoryMib), diskGib: Math.max(0, diskGib) };
  return { id, name, availabilityZone, reasons, room: left, hasImage, rank };
}

function withoutName(detail: string, name: string): string {
  return detail.startsWith(`${name} `) ? detail.slice(name.length + 1) : detail;
}
