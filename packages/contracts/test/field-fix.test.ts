import { expect, test } from 'vitest';
import { z } from 'zod';
import { invalidInput, toProblem, UnkaiError } from '../src/errors.ts';
import { fieldRule, refusing, sizeRule } from '../src/field-rule.ts';
import { cidr, displayName, id, ipAddress, tags } from '../src/primitives.ts';

/** What is told of a request whose one field holds this. */
function told(schema: z.ZodType, value: unknown) {
  const parsed = z.strictObject({ field: schema }).safeParse({ field: value });
  return parsed.success ? [] : toProblem(invalidInput(parsed.error), 'r').errors;
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
  ['a name with blanks at its ends', displayName, ' x', 'Take away the spaces at both ends.'],
  ['a name with a line break', displayName, 'a\nb', 'Take out control characters and line breaks.'],
  ['too little', z.number().min(1), 0, 'Send at least 1.'],
  ['too much', z.number().max(1000), 1001, 'Send at most 1000.'],
  ['what must be more', z.number().gt(0), 0, 'Send more than 0.'],
  ['too many', z.array(z.string()).max(2), ['a', 'b', 'c'], 'Send at most 2 entries.'],
  ['none', z.array(z.string()).min(1), [], 'Send at least 1 entry.'],
  ['what is no multiple', z.number().multipleOf(8), 9, 'Send a multiple of 8.'],
  ['an id that is none', id, 'x', 'Send an id such as 01890a5d-ac96-774b-bcce-b302099a8057.'],
  ['an address that is none', ipAddress, 'x', 'Send an address such as 192.0.2.10 or 2001:db8::10.'],
  ['a prefix that is none', cidr, 'x', 'Send a prefix such as 10.0.0.0/24 or 2001:db8::/64.'],
  ['a time that is none', z.iso.datetime(), 'now', 'Send a time such as 2027-01-31T12:00:00Z.'],
  ['a choice that is none', z.enum(['tcp', 'udp']), 'icmp', 'Send one of "tcp", "udp".'],
  ['a tag twice', tags, ['a', 'a'], 'Name each tag once.'],
  ['a kind that is none', kind, { kind: 'x' }, 'Send one of "bandwidth", "dscp".'],
  ['neither of two forms', z.union([z.boolean(), z.number()]), 'x', 'Send true or false. Or: Send a number.'],
  ['a key that does not fit', z.record(z.string().max(1), z.string()), { ab: 'c' }, 'Use at most 1 character.'],
  [
    'a rule of ours',
    z.string().refine(() => false, fieldRule('is taken', 'Choose a longer one.')),
    'x',
    'Choose a longer one.',
  ],
  [
    'a rule of ours about a pattern',
    z.string().regex(/^a/, fieldRule('is no a', 'Begin with a.')),
    'x',
    'Begin with a.',
  ],
  ['a rule of ours about a size', z.string().min(2, fieldRule('says little', 'Say more.')), 'x', 'Say more.'],
  [
    'a rule of ours about a key',
    z.record(z.string().regex(/^a/, fieldRule('is no a', 'Begin with a.')), z.string()),
    { x: '' },
    'Begin with a.',
  ],
])('%s', (_, schema, value, fix) => {
  expect(told(schema, value)?.[0]?.fix).toBe(fix);
});

test('a rule about several fields names the one at fault, and the whole where no field is', () => {
  const range = z.object({ first: z.number(), last: z.number() }).superRefine(({ first, last }, context) => {
    const refuse = refusing(context);
    if (first > last) refuse('last', 'must not be below first', 'Send the lower number first.');
    if (first === 0) refuse(null, 'must not be empty', 'Send a range.');
  });
  expect(told(range, { first: 0, last: -1 })).toEqual([
    { field: 'field.last', message: 'must not be below first', fix: 'Send the lower number first.' },
    { field: 'field', message: 'must not be empty', fix: 'Send a range.' },
  ]);
});

test.each<[z.ZodType, unknown, string, string]>([
  [z.string().min(1, sizeRule), '', 'must not be empty', 'Use at least 1 character.'],
  [z.string().min(8, sizeRule), 'x', 'must have at least 8 characters', 'Use at least 8 characters.'],
  [z.string().max(1, sizeRule), 'xx', 'must have at most 1 character', 'Use at most 1 character.'],
  [z.array(z.string()).min(1, sizeRule), [], 'must have at least 1 entry', 'Send at least 1 entry.'],
  [z.array(z.string()).max(2, sizeRule), ['', '', ''], 'must have at most 2 entries', 'Send at most 2 entries.'],
])('the words of a size come from its limit: %#', (schema, value, message, fix) => {
  expect(told(schema, value)).toEqual([{ field: 'field', message, fix }]);
});

test('what code refuses is told as it was refused', () => {
  const errors = [{ field: 'imageId', message: 'names no image that you can use', fix: 'Choose another image.' }];
  expect(toProblem(new UnkaiError('invalid_input', 'x', { errors }), 'r').errors).toEqual(errors);
});
