import { type IpAddress, parseIp } from './ip-address.ts';

// How addresses of both families are written, and those that guests make themselves. Text goes in as zod has checked it.

export type IpFamily = IpAddress['family'];

export const addressBits: Readonly<Record<IpFamily, number>> = { 4: 32, 6: 128 };

/** Of an address, a prefix or a range in text. */
export function familyOf(text: string): IpFamily {
  return text.includes(':') ? 6 : 4;
}

/** Reads an address that is one, in any form of RFC 4291. Throws a RangeError for what is none. */
export function readIp(text: string): IpAddress {
  const read = parseIp(text.includes(':') ? withoutDots(text) : text);
  if (read === undefined) throw new RangeError(`${text} is no address`);
  return read;
}

/** The last 32 bits may be in dotted decimal; here they are two groups. */
function withoutDots(text: string): string {
  const at = text.lastIndexOf(':') + 1;
  const [a, b, c, d] = text.slice(at).split('.').map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return text;
  return `${text.slice(0, at)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** Writes an address as everybody does: dotted decimal, or as RFC 5952 says, which is also how Postgres does. */
export function formatIp({ family, value }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const groups = [7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n].map((index) => Number((value >> (index * 16n)) & 65_535n));
  const { at, length } = longestZeros(groups);
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return text(groups);
  return `${text(groups.slice(0, at))}::${text(groups.slice(at + length))}`;
}

function longestZeros(groups: readonly number[]): { at: number; length: number } {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < groups.length; at += 1) {
    let length = 0;
    while (groups[at + length] === 0) length += 1;
    if (length > best.length) best = { at, length };
  }
  return best;
}

/** An address in its one form; what is none stays as it is, for who then refuses it. */
export function canonicalIp(text: string): string {
  const read = parseIp(text.includes(':') ? withoutDots(text) : text);
  return read === undefined ? text : formatIp(read);
}

/** The address that a guest makes itself in a network of 64 bits, from its MAC address (RFC 4291, appendix A). */
export function eui64(prefix: IpAddress, macAddress: string): IpAddress {
  const [first = 0, ...rest] = macAddress.split(':').map((part) => Number.parseInt(part, 16));
  // The bit that says "made here" is the other way round in an address.
  const ownBit = first & 2 ? first - 2 : first + 2;
  const bytes = [ownBit, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)];
  const own = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { family: 6, value: (prefix.value >> 64n) * 2n ** 64n + own };
}
