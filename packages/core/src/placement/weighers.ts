import { type Candidate, type Request, type Room, room } from './candidate.ts';

/** How much a host is wanted, from 0 to 1, by one measure. */
interface Weigher {
  readonly weight: number;
  readonly measure: (host: Candidate, request: Request, left: Room) => number;
}

const share = (rest: number, whole: number) => (whole <= 0 ? 0 : Math.max(0, rest) / whole);

/** From 0 towards 1, the more of its group are there; and the other way round. */
function nearness({ groupServers }: Candidate, { group }: Request): number {
  if (group?.policy === 'soft-affinity') return groupServers / (groupServers + 1);
  return group?.policy === 'soft-anti-affinity' ? 1 / (groupServers + 1) : 0;
}

/** Servers spread over hosts; a host that has the image already starts it sooner. */
const weighers: readonly Weigher[] = [
  { weight: 1, measure: (host, request, left) => share(left.memoryMib - request.memoryMib, host.memoryMib) },
  { weight: 0.5, measure: (host, request, left) => share(left.vcpus - request.vcpus, host.vcpus * host.vcpuRatio) },
  { weight: 0.25, measure: (host, request, left) => share(left.diskGib - request.diskGib, host.diskGib) },
  { weight: 0.25, measure: (host) => (host.hasImage ? 1 : 0) },
  // More than all the others together, as long as the numbers are small.
  { weight: 8, measure: nearness },
];

interface Scored {
  readonly host: Candidate;
  readonly score: number;
}

function scored(host: Candidate, request: Request): Scored {
  const left = room(host);
  let score = 0;
  for (const { weight, measure } of weighers) score += weight * measure(host, request, left);
  return { host, score };
}

const compare = (one: Scored, other: Scored) =>
  other.score - one.score || (one.host.name < other.host.name ? -1 : Number(one.host.name > other.host.name));

/** The hosts, most wanted first; by name where nothing else tells them apart. */
export function ranked(hosts: readonly Candidate[], request: Request): Candidate[] {
  return hosts
    .map((host) => scored(host, request))
    .toSorted(compare)
    .map(({ host }) => host);
}

/** So many are looked for one by one before all are sorted: of a thousand hosts the first will mostly do. */
const lookedFor = 4;

/** As `ranked`, for who takes the first that will do. */
export function* mostWanted(hosts: readonly Candidate[], request: Request): Generator<Candidate> {
  const rest = hosts.map((host) => scored(host, request));
  for (let count = 0; count < lookedFor && rest.length > 0; count += 1) {
    let best = 0;
    for (let index = 1; index < rest.length; index += 1) {
      const [one, other] = [rest[index], rest[best]];
      if (one !== undefined && other !== undefined && compare(one, other) < 0) best = index;
    }
    for (const { host } of rest.splice(best, 1)) yield host;
  }
  for (const { host } of rest.toSorted(compare)) yield host;
}
