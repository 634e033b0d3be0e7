import { displayName } from '@unkai/contracts/primitives';
import { z } from 'zod';

/** An address that may be taken back with an empty text. */
const accessIpv4 = z.union([z.ipv4(), z.literal('').transform(() => null)]).nullable();
const accessIpv6 = z.union([z.ipv6().transform(canonical), z.literal('').transform(() => null)]).nullable();

/** The one way to write an IPv6 address (RFC 5952), as Nova keeps it. */
function canonical(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** Where the owner says that a server is reached. */
export const accessFields = { accessIPv4: accessIpv4.optional(), accessIPv6: accessIpv6.optional() };
/** Taken for the clients that send it: the guest itself grows its disk at its first boot. */
export const diskConfig = { 'OS-DCF:diskConfig': z.enum(['AUTO', 'MANUAL']).optional() };

/** Nova takes blanks around a name and cuts them off. */
export const serverName = z
  .string()
  .transform((name) => name.trim())
  .pipe(displayName);
