import type { Port } from '@unkai/contracts/resources/port';

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
