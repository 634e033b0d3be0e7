import { type Candidate, type Request, room } from './candidate.ts';

/** How much a host is wanted, from 0 to 1, by one measure. */
interface Weigher {
  readonly weight: number;
  readonly measure: (host: Candidate, request: Request) => number;
}

const share = (rest: number, whole: number) => (whole <= 0 ? 0 : Math.max(0, rest) / whole);

/** From 0 towards 1, the more of its group are there; and the other way round. */
function nearness({ groupServers }: Candidate, { group }: Request): number {
  if (group?.policy === 'soft-affinity') return groupServers / (groupServers + 1);
  return group?.policy === 'soft-anti-affinity' ? 1 / (groupServers + 1) : 0;
}

/** Servers spread over hosts; a host that has the image already starts it sooner. */
const weighers: readonly Weigher[] = [
  { weight: 1, measure: (host, request) => share(room(host).memoryMib - request.memoryMib, host.memoryMib) },
  { weight: 0.5, measure: (host, request) => share(room(host).vcpus - request.vcpus, host.vcpus * host.vcpuRatio) },
  { weight: 0.25, measure: (host, request) => share(room(host).diskGib - request.diskGib, host.diskGib) },
  { weight: 0.25, measure: (host) => (host.hasImage ? 1 : 0) },
  // More than all the others together, as long as the numbers are small.
  { weight: 8, measure: nearness },
];

/** The hosts, most wanted first; by name where nothing else tells them apart. */
export function ranked(hosts: readonly Candidate[], request: Request): Candidate[] {
  const score = (host: Candidate) =>
    weighers.reduce((sum, { weight, measure }) => sum + weight * measure(host, request), 0);
  return hosts
    .map((host) => ({ host, score: score(host) }))
    .toSorted((one, other) => other.score - one.score || (one.host.name < other.host.name ? -1 : 1))
    .map(({ host }) => host);
}
