import type { z } from 'zod';
import { ruleFix } from './field-rule.ts';

type Issue = z.core.$ZodIssue;

const examples: Readonly<Record<string, string>> = {
  uuid: 'an id such as 01890a5d-ac96-774b-bcce-b302099a8057',
  email: 'an address such as ann@example.org',
  url: 'an address such as https://example.org/path',
  ipv4: 'an IPv4 address such as 192.0.2.10',
  ipv6: 'an IPv6 address such as 2001:db8::10',
  cidrv4: 'a prefix such as 10.0.0.0/24',
  cidrv6: 'a prefix such as 2001:db8::/64',
  datetime: 'a time such as 2027-01-31T12:00:00Z',
  date: 'a day such as 2027-01-31',
};

const types: Readonly<Record<string, string>> = {
  string: 'a text, in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, in brackets',
  object: 'an object, in braces',
  record: 'an object, in braces',
  null: 'null',
};

/** More than these are told by the message, which names them all. */
const mostValuesTold = 12;

/** One sentence that mends what a schema refused. It names limits and examples, and never what was sent. */
export function fixOf(issue: Issue): string {
  return ruleFix(issue) ?? fixOfKind(issue);
}

/** Of a rule of the library's, made from what its issue says of limits and choices. */
function fixOfKind(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Send ${types[issue.expected] ?? `what is of the type ${issue.expected}`}.`;
    case 'too_small':
      return sizeFix(issue, { bound: issue.minimum, atLeast: 'at least', beyond: 'more than' });
    case 'too_big':
      return sizeFix(issue, { bound: issue.maximum, atLeast: 'at most', beyond: 'less than' });
    case 'invalid_format':
      return formatFix(issue);
    case 'not_multiple_of':
      return `Send a multiple of ${issue.divisor}.`;
    case 'invalid_value':
      return valueFix(issue.values);
    case 'unrecognized_keys':
      return 'Remove it.';
    case 'invalid_union':
      return unionFix(issue);
    case 'invalid_key':
    case 'invalid_element': {
      const [inner] = issue.issues;
      return inner === undefined ? another : fixOf(inner);
    }
    case 'custom':
      return another;
  }
}

type Sized = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

function sizeFix(issue: Sized, words: { bound: number | bigint; atLeast: string; beyond: string }): string {
  const { bound } = words;
  const isWithin = issue.inclusive ?? true;
  const amount = issue.exact ? `exactly ${bound}` : `${isWithin ? words.atLeast : words.beyond} ${bound}`;
  const plural = bound === 1 || bound === 1n ? '' : 's';
  switch (issue.origin) {
    case 'string':
      return `Use ${amount} character${plural}.`;
    case 'array':
    case 'set':
    case 'map':
      return `Send ${amount} ${plural === '' ? 'entry' : 'entries'}.`;
    default:
      return `Send ${amount}.`;
  }
}

function formatFix({ format, pattern }: z.core.$ZodIssueInvalidStringFormat): string {
  const example = examples[format];
  if (example !== undefined) return `Send ${example}.`;
  return pattern === undefined ? `Send what is a ${format}.` : `Send what fits the pattern ${pattern}.`;
}

function valueFix(values: readonly z.core.util.Primitive[]): string {
  if (values.length > mostValuesTold) return 'Choose one of those that the message names.';
  const told = values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value)));
  return told.length === 1 ? `Send ${told[0]}.` : `Send one of ${told.join(', ')}.`;
}

function unionFix(issue: z.core.$ZodIssueInvalidUnion): string {
  if ('options' in issue && issue.options !== undefined) return valueFix(issue.options);
  // What each of the forms that it may have asks for first.
  const fixes = new Set(issue.errors.flatMap(([first]) => (first === undefined ? [] : [fixOf(first)])));
  return fixes.size === 0 ? another : [...fixes].join(' Or: ');
}

/** For what says nothing of itself, which no schema of ours does. */
const another = 'Choose another value, or leave the field out.';
