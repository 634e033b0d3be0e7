import { UnkaiError } from '@unkai/contracts/errors';
import { type Candidate, type Request, room } from './candidate.ts';
import { type Filter, refusedBy } from './filters.ts';

export interface FlavorSize {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly diskGib: number;
}

/**
 * Why no host can take a server, counted (H1). The tenant reads how many hosts lack what and the largest flavor that
 * would fit; host names are in the error's cause, for operators.
 */
export function noCapacity(hosts: readonly Candidate[], request: Request, flavors: readonly FlavorSize[]): UnkaiError {
  const refused = hosts.map((host) => ({ host, filter: refusedBy(host, request) }));
  const cause = refused.map(({ host, filter }) => filter?.detail(host, request) ?? `${host.name} was taken meanwhile`);
  const message = `${sentence(refused, request)}${suggestion(hosts, request, flavors)}.`;
  return new UnkaiError('no_capacity', message, { cause: cause.join('; ') });
}

function sentence(refused: ReadonlyArray<{ filter: Filter | null }>, request: Request): string {
  const total = refused.length;
  if (total === 0) return 'No host has joined yet';
  const counts = new Map<Filter, number>();
  for (const { filter } of refused) if (filter !== null) counts.set(filter, (counts.get(filter) ?? 0) + 1);
  const reasons = [...counts].toSorted(([, one], [, other]) => other - one);
  if (reasons.length === 0) return 'The last free host was taken by another server';
  return reasons
    .map(([filter, count], index) => {
      const who = index === 0 ? `${count} of ${total} ${total === 1 ? 'host' : 'hosts'}` : `${count}`;
      return `${who} ${count === 1 ? filter.one(request) : filter.many(request)}`;
    })
    .join(', ');
}

function suggestion(hosts: readonly Candidate[], request: Request, flavors: readonly FlavorSize[]): string {
  // One that moves keeps its size.
  if (request.leavesHostId !== undefined) return '';
  const roomy = hosts.filter((host) => refusedBy(host, request)?.isAboutSize);
  if (roomy.length === 0) return '';
  const fits = (flavor: FlavorSize) => roomy.some((host) => holds(host, flavor));
  const largest = flavors.filter(fits).toSorted(bySize).at(-1);
  return largest ? `; the largest flavor that fits is ${largest.name}` : '; no flavor fits at the moment';
}

function holds(host: Candidate, flavor: FlavorSize): boolean {
  const free = room(host);
  return free.memoryMib >= flavor.memoryMib && free.vcpus >= flavor.vcpus && free.diskGib >= flavor.diskGib;
}

function bySize(one: FlavorSize, other: FlavorSize): number {
  return one.memoryMib - other.memoryMib || one.vcpus - other.vcpus || one.diskGib - other.diskGib;
}
