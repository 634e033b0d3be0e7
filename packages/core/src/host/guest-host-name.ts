import { Prisma } from '@unkai/prisma/client';

/** The longest label of a domain name (RFC 1035). */
const longest = 63;

/**
 * The host name that a guest gives itself, from the display name of its server: lower-case letters, digits and dashes,
 * as a label of a domain name must be (RFC 1123). A name with nothing left becomes `server-` and the id's first digits.
 */
export function guestHostName(displayName: string, serverId: string): string {
  const label = displayName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
  return label === '' ? `server-${serverId.slice(0, 8)}` : label;
}

/** `guestHostName` of a row of `server`, as the database tells it. */
export const guestHostNameOfRow = Prisma.sql`coalesce(
  nullif(btrim(left(
    regexp_replace(lower(normalize(server.name, NFKD) COLLATE "C"), '[^a-z0-9]+', '-', 'g'), ${longest}::int), '-'), ''),
  'server-' || left(server.id::text, 8))`;

interface NamedPort {
  readonly dnsName: string | null;
  readonly serverId: string | null;
  readonly serverName: string | null;
}

/** The name by which a port is found in its network: its own, or its server's. Null where nobody has it and it has none. */
export function portHostName({ dnsName, serverId, serverName }: NamedPort): string | null {
  if (dnsName !== null) return dnsName;
  return serverId === null || serverName === null ? null : guestHostName(serverName, serverId);
}
