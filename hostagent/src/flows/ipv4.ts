import { z } from 'zod';

const address = z.ipv4();

/** An IPv4 prefix as number and length; null for what is not one, host bits included ("10.0.0.1/8"). */
export type Ipv4Prefix = { network: number; length: number };

/** Parses dotted decimal into an unsigned number; null for anything else. */
export function parseIpv4(text: string): number | null {
  if (!address.safeParse(text).success) return null;
  return text.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
}

/** Parses `a.b.c.d/n`, or a bare address as /32. Host bits are cleared, as every router does. Null for anything else. */
export function parsePrefix(text: string): Ipv4Prefix | null {
  const [host = '', lengthText = '32', ...rest] = text.split('/');
  const value = parseIpv4(host);
  if (value === null || rest.length > 0 || !/^(0|[1-9]\d?)$/.test(lengthText)) return null;
  const length = Number(lengthText);
  if (length > 32) return null;
  const size = 2 ** (32 - length);
  return { network: Math.floor(value / size) * size, length };
}

export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

export function formatPrefix(prefix: Ipv4Prefix): string {
  return `${formatIpv4(prefix.network)}/${prefix.length}`;
}

export function prefixHolds(prefix: Ipv4Prefix, value: number): boolean {
  const size = 2 ** (32 - prefix.length);
  return Math.floor(value / size) * size === prefix.network;
}
