import { z } from 'zod';
import { formatPrefix as formatIpv4Prefix, parsePrefix as parseIpv4Prefix } from './ipv4.ts';

const address = z.ipv6();
const bits = 128;

/** An IPv6 prefix as number and length; host bits are cleared. */
export type Ipv6Prefix = { network: bigint; length: number };

/** Parses an address of RFC 4291 without a zone, "::ffff:1.2.3.4" included; null for anything else. */
export function parseIpv6(text: string): bigint | null {
  if (!address.safeParse(text).success) return null;
  const [, head = '', quad] = /^(.*:)?(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  const octets = quad?.split('.').map(Number);
  const tail = octets?.map((octet) => octet.toString(16).padStart(2, '0')).join('');
  const whole = tail === undefined ? text : `${head}${tail.slice(0, 4)}:${tail.slice(4)}`;
  const [left = [], right = []] = whole.split('::').map((side) => side.split(':').filter((group) => group !== ''));
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** In the words of RFC 5952: lower case, the longest run of zeros left out. */
export function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16));
  const run = { start: 0, length: 0 };
  for (const start of groups.keys()) {
    const end = groups.findIndex((group, index) => index >= start && group !== '0');
    const length = (end === -1 ? groups.length : end) - start;
    if (length > run.length) Object.assign(run, { start, length });
  }
  if (run.length < 2) return groups.join(':');
  return `${groups.slice(0, run.start).join(':')}::${groups.slice(run.start + run.length).join(':')}`;
}

/** Parses `address/n`, or a bare address as /128. Null for anything else. */
export function parseIpv6Prefix(text: string): Ipv6Prefix | null {
  const [host = '', lengthText = String(bits), ...rest] = text.split('/');
  const value = parseIpv6(host);
  if (value === null || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(lengthText)) return null;
  const length = Number(lengthText);
  if (length > bits) return null;
  const free = BigInt(bits - length);
  return { network: (value >> free) << free, length };
}

function formatIpv6Prefix({ network, length }: Ipv6Prefix): string {
  return `${formatIpv6(network)}/${length}`;
}

export const isIpv6 = (text: string) => text.includes(':');

/** An address in the one way of writing it; what is none stays as it is. */
export function oneWayOfWriting(text: string): string {
  const value = parseIpv6(text);
  return value === null ? text : formatIpv6(value);
}

/** A prefix of either family, in one way of writing it. Null for what is none. */
export function parseAnyPrefix(text: string): { family: 4 | 6; text: string } | null {
  const six = parseIpv6Prefix(text);
  if (six !== null) return { family: 6, text: formatIpv6Prefix(six) };
  const four = parseIpv4Prefix(text);
  return four === null ? null : { family: 4, text: formatIpv4Prefix(four) };
}

/** The link-local address that a device with this MAC address gives itself (RFC 4291, appendix A). */
export function linkLocalAddress(macAddress: string): string {
  const octets = macAddress.split(':').map((octet) => BigInt(`0x${octet}`));
  const [first = 0n, second = 0n, third = 0n, ...rest] = octets;
  const identifier = [first ^ 2n, second, third, 0xffn, 0xfen, ...rest];
  return formatIpv6((0xfe80n << 112n) | identifier.reduce((value, octet) => (value << 8n) | octet, 0n));
}
