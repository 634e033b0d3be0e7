import { addressBits, familyOf, formatIp, readIp } from '@unkai/contracts/address-form';

// Theory. Blocks go lowest first, as addresses do. A block of a length begins at a multiple of its size, so the next
// place to look after a taken one is the first such multiple behind it:
//
//     10.0.0.0/24 taken   10.0.1.0/26 taken   [10.0.2.0/24]      a /24: the rest of 10.0.1.0/24 is too small for it

interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

function spanOf(cidr: string): Span {
  const [address = '', length = ''] = cidr.split('/');
  const { family, value } = readIp(address);
  const size = 1n << BigInt(addressBits[family] - Number(length));
  return { first: value, last: value + size - 1n };
}

const inOrder = (spans: readonly Span[]) => spans.toSorted((one, other) => (one.first < other.first ? -1 : 1));

/**
 * The lowest range of `length` bits within the prefixes that has no address of a taken one; null when there is none. All
 * are canonical prefixes of one family.
 */
export function freeBlock(prefixes: readonly string[], taken: readonly string[], length: number): string | null {
  const family = familyOf(prefixes[0] ?? '');
  const size = 1n << BigInt(addressBits[family] - length);
  const used = inOrder(taken.map(spanOf));
  for (const prefix of inOrder(prefixes.map(spanOf))) {
    const first = firstFree(prefix, used, size);
    if (first !== null) return `${formatIp({ family, value: first })}/${length}`;
  }
  return null;
}

function firstFree({ first, last }: Span, used: readonly Span[], size: bigint): bigint | null {
  let at = ((first + size - 1n) / size) * size;
  for (const each of used) {
    if (each.last < at) continue;
    if (each.first > at + size - 1n) break;
    at = (each.last / size + 1n) * size;
  }
  return at + size - 1n <= last ? at : null;
}

/** How much of a quota a range takes: its addresses on IPv4, its networks of /64 on IPv6. */
export function amountOf(cidr: string): number {
  const { first, last } = spanOf(cidr);
  const addresses = last - first + 1n;
  return Number(familyOf(cidr) === 4 ? addresses : (addresses + (1n << 64n) - 1n) >> 64n);
}
