// Addresses of both families as numbers, for what portal and control plane judge alike.

type Family = 4 | 6;

/** An IPv4 or IPv6 address; `value` is its bits as one number. */
export interface IpAddress {
  readonly family: Family;
  readonly value: bigint;
}

interface IpPrefix extends IpAddress {
  readonly length: number;
}

const bits = { 4: 32, 6: 128 } as const;
const ipv4Pattern = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const groupPattern = /^[0-9a-f]{1,4}$/i;

/** Reads an address as people write it; undefined for what is none. */
export function parseIp(text: string): IpAddress | undefined {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { family: text.includes(':') ? 6 : 4, value };
}

function parseIpv4(text: string): bigint | undefined {
  if (!ipv4Pattern.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.some((byte) => byte > 255) ? undefined : joined(bytes, 8n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => groupPattern.test(group))) return undefined;
  return joined(
    groups.map((group) => Number.parseInt(group, 16)),
    16n,
  );
}

function joined(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((sum, part) => (sum << width) | BigInt(part), 0n);
}

function parsePrefix(text: string): IpPrefix | undefined {
  const [address = '', length = ''] = text.split('/');
  const ip = parseIp(address);
  if (ip === undefined || !/^\d{1,3}$/.test(length) || Number(length) > bits[ip.family]) return undefined;
  return { ...ip, length: Number(length) };
}

/** Whether a prefix such as `10.0.0.0/24` holds an address. What is no prefix or no address holds and is held by nothing. */
export function prefixHolds(prefix: string, address: string): boolean {
  const [whole, one] = [parsePrefix(prefix), parseIp(address)];
  if (whole === undefined || one === undefined || whole.family !== one.family) return false;
  const rest = BigInt(bits[one.family] - whole.length);
  return whole.value >> rest === one.value >> rest;
}

/** The number of leading bits that a prefix names; 0 for what is no prefix. The longest of those that hold an address wins. */
export function prefixLength(prefix: string): number {
  return parsePrefix(prefix)?.length ?? 0;
}

/** How many addresses there are from the first to the last, both included; 0 where that is no range. */
export function rangeSize({ first, last }: { readonly first: string; readonly last: string }): number {
  const [begin, end] = [parseIp(first), parseIp(last)];
  if (begin === undefined || end === undefined || begin.family !== end.family || begin.value > end.value) return 0;
  return Number(end.value - begin.value + 1n);
}

/** Whether an address lies in a range, both ends included. */
export function rangeHolds(range: { readonly first: string; readonly last: string }, address: string): boolean {
  const one = parseIp(address);
  const [begin, end] = [parseIp(range.first), parseIp(range.last)];
  if (one === undefined || begin === undefined || end === undefined) return false;
  return one.family === begin.family && begin.value <= one.value && one.value <= end.value;
}
