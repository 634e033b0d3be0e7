import { type Limit, unlimited } from '@unkai/contracts/quota';
import type { Port } from '@unkai/contracts/resources/port';
import { count } from '#ui/amounts.ts';

type Named = { id: string; name: string };

/** What a port is called: its name, else its first address, else its MAC address. */
export function portName({ name, addresses, macAddress }: Pick<Port, 'name' | 'addresses' | 'macAddress'>): string {
  return name || (addresses[0]?.address ?? macAddress);
}

/** Names of the things with these ids, in their order; an id that names nothing here stays as it is. */
export function namesOf(ids: readonly string[], things: readonly Named[]): string[] {
  return ids.map((id) => things.find((thing) => thing.id === id)?.name ?? id);
}

type Held = Pick<Port, 'serverId' | 'deviceOwner'>;

/** Who has a port, in words; undefined when nobody does. */
export function holderWords({ serverId, deviceOwner }: Held, servers: readonly Named[]): string | undefined {
  if (deviceOwner === 'network:floatingip') return 'a floating IP';
  if (deviceOwner.startsWith('network:router')) return 'a router';
  return serverId === null ? undefined : namesOf([serverId], servers)[0];
}

/** Why a port cannot be deleted now; undefined when it can. */
export function whyPortStays({ serverId, deviceOwner }: Held, servers: readonly Named[]): string | undefined {
  if (deviceOwner === 'network:floatingip') return 'It keeps the address of a floating IP: give that back instead.';
  if (deviceOwner.startsWith('network:router')) return 'A router has it: take that off the subnet instead.';
  if (serverId === null) return undefined;
  const name = servers.find(({ id }) => id === serverId)?.name;
  return `${name === undefined ? 'A server' : `The server ${name}`} has it: delete the server first.`;
}

type Counted = { items: readonly Held[]; nextCursor: string | null };

/** How many ports the project has, of how many, and how many of them nobody uses. One page of them need not be all. */
export function portSummary(
  { items, nextCursor }: Counted,
  limits: readonly Pick<Limit, 'name' | 'used' | 'limit'>[] | undefined,
): string {
  const limit = limits?.find(({ name }) => name === 'ports');
  const used = nextCursor === null ? items.length : limit?.used;
  const all = used === undefined ? `more than ${count(items.length, 'port')}` : count(used, 'port');
  const ofAll =
    limit && limit.limit !== unlimited && used !== undefined
      ? `${used.toLocaleString('en')} of ${count(limit.limit, 'port')}`
      : all;
  const free = items.filter((port) => holderWords(port, []) === undefined).length;
  return nextCursor === null
    ? `${ofAll} · ${free} unused`
    : `${ofAll} · the newest ${items.length.toLocaleString('en')} are shown, ${free} of them unused`;
}
