import { expect, test } from 'vitest';
import { z } from 'zod';
import { invalidInput, toProblem, UnkaiError } from '../src/errors.ts';
import { cidr, displayName, id, ipAddress, tags } from '../src/primitives.ts';

/** What the one field of a request is told when it holds this. */
function fixFor(schema: z.ZodType, value: unknown): string | undefined {
  const parsed = z.strictObject({ field: schema }).safeParse({ field: value });
  return parsed.success ? undefined : toProblem(invalidInput(parsed.error), 'r').errors?.[0]?.fix;
}

const kind = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bandwidth'), most: z.number() }),
  z.object({ kind: z.literal('dscp'), mark: z.number() }),
]);

test.each<[string, z.ZodType, unknown, string]>([
  ['nothing where a text is needed', z.string(), undefined, 'Send a text, in quotes.'],
  ['a text for a number', z.number(), 'x', 'Send a number.'],
  ['a fraction', z.number().int(), 1.5, 'Send a whole number.'],
  ['a number for yes or no', z.boolean(), 1, 'Send true or false.'],
  ['an empty name', displayName, '', 'Use at least 1 character.'],
  ['a long name', displayName, 'x'.repeat(256), 'Use at most 255 characters.'],
  ['a name with blanks at its ends', displayName, ' x', 'Take a space away at both ends.'],
  ['a name with a line break', displayName, 'a\nb', 'Take out control characters or line breaks.'],
  ['too little', z.number().min(1), 0, 'Send at least 1.'],
  ['too much', z.number().max(1000), 1001, 'Send at most 1000.'],
  ['what must be more', z.number().gt(0), 0, 'Send more than 0.'],
  ['too many', z.array(z.string()).max(2), ['a', 'b', 'c'], 'Send at most 2 entries.'],
  ['none', z.array(z.string()).min(1), [], 'Send at least 1 entry.'],
  ['what is no multiple', z.number().multipleOf(8), 9, 'Send a multiple of 8.'],
  ['an id that is none', id, 'x', 'Send an id such as 01890a5d-ac96-774b-bcce-b302099a8057.'],
  ['an address that is none', ipAddress, 'x', 'Send an IPv4 or IPv6 address.'],
  ['a prefix that is none', cidr, 'x', 'Send a prefix such as 10.0.0.0/24 or 2001:db8::/64.'],
  ['a time that is none', z.iso.datetime(), 'now', 'Send a time such as 2027-01-31T12:00:00Z.'],
  ['a choice that is none', z.enum(['tcp', 'udp']), 'icmp', 'Send one of "tcp", "udp".'],
  ['a tag twice', tags, ['a', 'a'], 'Name a tag once.'],
  ['a kind that is none', kind, { kind: 'x' }, 'Send one of "bandwidth", "dscp".'],
  ['neither of two forms', z.union([z.boolean(), z.number()]), 'x', 'Send true or false. Or: Send a number.'],
  ['a key that does not fit', z.record(z.string().max(1), z.string()), { ab: 'c' }, 'Use at most 1 character.'],
  [
    'a rule of its own',
    z.string().refine(() => false, 'is taken'),
    'x',
    'Choose another value, or leave the field out.',
  ],
])('%s', (_, schema, value, fix) => {
  expect(fixFor(schema, value)).toBe(fix);
});

test('what code refuses has a fix too: its own, or that of the rule', () => {
  const errors = [
    { field: 'imageId', message: 'names no image that you can use' },
    { field: 'name', message: 'is taken', fix: 'Ask ann.' },
  ];
  const { errors: told } = toProblem(new UnkaiError('invalid_input', 'x', { errors }), 'r');
  expect(told?.map(({ fix }) => fix)).toEqual(['Choose one of those that you can list.', 'Ask ann.']);
});
