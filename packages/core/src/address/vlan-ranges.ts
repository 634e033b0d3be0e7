import { fieldRule } from '@unkai/contracts/field-rule';
import { physicalNetworkName } from '@unkai/contracts/resources/network';
import { z } from 'zod';

/** By the name of a physical network, the 802.1Q identifiers that networks without one of their own are given. */
export type VlanRanges = ReadonlyMap<string, ReadonlyArray<{ readonly first: number; readonly last: number }>>;

const identifier = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
  .pipe(z.number().int().min(1).max(4094));
const entry = z
  .tuple(
    [physicalNetworkName, identifier, identifier],
    fieldRule(
      'must be the name of a physical network, and the first and last VLAN',
      'Write name:first:last, such as rack:100:199.',
    ),
  )
  .refine(([, first, last]) => first <= last, fieldRule('begins after its end', 'Write the lower VLAN first.'));

/**
 * Reads `rack:100:199,rack:300:399`: the VLANs of each physical network that may be given out, both ends included. What is
 * in no range is used only where an operator names it. Throws a ZodError for anything else.
 */
export function vlanRanges(text: string): VlanRanges {
  const entries = text.split(',').filter((part) => part.trim() !== '');
  const ranges = new Map<string, Array<{ first: number; last: number }>>();
  for (const [name, first, last] of entries.map((part) => entry.parse(part.trim().split(':')))) {
    ranges.set(name, [...(ranges.get(name) ?? []), { first, last }]);
  }
  return ranges;
}

export const noVlanRanges: VlanRanges = new Map();
