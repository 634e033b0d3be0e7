import { z } from 'zod';
import { canonicalIp } from './address-form.ts';
import { fieldRule, sizeRule } from './field-rule.ts';

/** A resource's id: a UUID in its canonical lower-case form. */
export const id = z
  .uuid(
    fieldRule(
      'must be a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057',
      'Send an id such as 01890a5d-ac96-774b-bcce-b302099a8057.',
    ),
  )
  .toLowerCase();

/** A moment, as ISO 8601 in UTC. */
export const isoTime = z.iso.datetime();

// Control characters are refused everywhere a tenant names something: names end in dnsmasq files, consoles and
// log lines, and a newline there is an instruction (A49, A40).
const printable = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;
const printableRule = fieldRule(
  'must not contain control characters or line breaks',
  'Take out control characters and line breaks.',
);

/** What is compared and looked up as it stands: a blank at an end would be seen by nobody. */
export const trimmedRule = fieldRule('must not begin or end with a space', 'Take away the spaces at both ends.');

/** A display name: 1 to 255 printable characters, no control characters, no blank ends. */
export const displayName = z
  .string()
  .min(1, sizeRule)
  .max(255, sizeRule)
  .regex(printable, printableRule)
  .refine((value) => value.trim() === value, trimmedRule);

/** A part of a name that somebody looks for, whatever its case. */
export const namePart = z.string().trim().min(1, sizeRule).max(255, sizeRule);

/** Free text that people read: up to 1,000 printable characters. */
export const description = z.string().max(1000).regex(printable, printableRule);

/** A name that is also a login or a slug: lower-case letters, digits, dot, dash and underscore. */
export const slug = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[a-z0-9][a-z0-9._-]*$/,
    fieldRule(
      'must consist of lower-case letters, digits, ".", "_" and "-", and begin with a letter or digit',
      'Use nothing but lower-case letters, digits, ".", "_" and "-", with a letter or digit first, such as web-1.',
    ),
  );

/** An IPv4 address in dotted decimal, no leading zeros. */
export const ipv4 = z.ipv4();

/** An IPv4 prefix in CIDR notation. */
export const cidrv4 = z.cidrv4();

/** An IPv6 address, which is kept as RFC 5952 writes it. No zone: addresses here are of no single host. */
export const ipv6 = z.ipv6().overwrite(canonicalIp);

/** The version of IP, as a number. */
export const ipFamily = z.union(
  [z.literal(4), z.literal(6)],
  fieldRule('must be 4 or 6', 'Send 4 or 6, without quotes.'),
);

/** A port of TCP or UDP. */
export const portNumber = z.number().int().min(1).max(65_535);

/** An address of either family. */
export const ipAddress = z.union(
  [ipv4, ipv6],
  fieldRule('must be an IPv4 or IPv6 address', 'Send an address such as 192.0.2.10 or 2001:db8::10.'),
);

/** An IPv6 prefix in CIDR notation. */
export const cidrv6 = z.cidrv6().overwrite((text) => {
  const [address = '', length = ''] = text.split('/');
  return `${canonicalIp(address)}/${Number(length)}`;
});

/** A prefix of either family. */
export const cidr = z.union(
  [cidrv4, cidrv6],
  fieldRule(
    'must be a prefix such as 10.0.0.0/24 or 2001:db8::/64',
    'Send a prefix such as 10.0.0.0/24 or 2001:db8::/64.',
  ),
);

/** A unicast MAC address, lower case, colon separated. */
export const macAddress = z
  .string()
  .regex(
    /^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/,
    fieldRule(
      'must be a unicast MAC address such as fa:16:3e:00:00:01',
      'Send six pairs of lower-case hexadecimal digits with colons between, the first pair even, such as fa:16:3e:00:00:01.',
    ),
  );

/** A SHA-256 digest, lower-case hexadecimal. */
export const sha256 = z
  .string()
  .regex(
    /^[0-9a-f]{64}$/,
    fieldRule(
      'must be 64 lower-case hexadecimal digits',
      'Send the digest as sha256sum prints it: 64 lower-case hexadecimal digits.',
    ),
  );

/** For a list that names each thing once. */
export function areDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

const separatorRule = fieldRule('must not contain "/" or ","', 'Take out every "/" and ",".');

/** Labels on a resource: up to 50 of 1 to 60 printable characters, each once. "/" and "," separate them elsewhere. */
export const tags = z
  .array(
    z
      .string()
      .min(1)
      .max(60)
      .regex(printable, printableRule)
      .regex(/^[^/,]*$/, separatorRule),
  )
  .max(50, sizeRule)
  .refine(areDistinct, fieldRule('must not name a tag twice', 'Name each tag once.'));

/** Text by key, as people note it on a flavor or an image: up to 128 entries. */
export const notes = z
  .record(
    z
      .string()
      .min(1)
      .max(255)
      .regex(
        /^[\w .:-]+$/,
        fieldRule(
          'may contain letters, digits, space and . : - _',
          'Use nothing but letters without accents, digits, spaces, ".", ":", "-" and "_".',
        ),
      ),
    z.string().max(255),
  )
  .refine(
    (entries) => Object.keys(entries).length <= 128,
    fieldRule('must have at most 128 entries', 'Send at most 128 entries.'),
  );

/** Cursor pagination of every list: newest first, `cursor` is the `nextCursor` of the page before. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

/**
 * One page of a list, as an answer. Its items are views whose types were checked where they were made from rows: here only
 * the fields that a view does not have are taken out, so that nothing unsaid leaves. To parse a thousand servers once more
 * takes longer than to read them.
 */
export function page<Shape extends z.ZodRawShape>(item: z.ZodObject<Shape>) {
  const schema = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
  const fields = new Set(Object.keys(item.shape));
  const view = z.custom<z.output<typeof item>>((value) => typeof value === 'object' && value !== null);
  const shown = z.object({
    items: z.array(view.overwrite((value) => withOnly(fields, value))),
    nextCursor: z.string().nullable(),
  });
  // The one that tRPC parses answers with.
  schema.parseAsync = async (value, options) => shown.parse(value, options);
  return schema;
}

function withOnly<Value extends object>(fields: ReadonlySet<string>, value: Value): Value {
  const others = Object.keys(value).filter((name) => !fields.has(name));
  if (others.length === 0) return value;
  const copy = { ...value };
  for (const name of others) Reflect.deleteProperty(copy, name);
  return copy;
}

/** Yes or no, also as a query says it. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** A word that a project is found by, as in OpenStack: no slash, no comma. */
export const tag = z
  .string()
  .min(1)
  .max(255)
  .regex(printable, printableRule)
  .regex(/^[^/,]+$/, separatorRule);

/** Several tags, also as a query says them: with commas between. */
export const tagList = z.union([
  z.array(tag).max(80),
  z
    .string()
    .max(4_000)
    .transform((text) => text.split(',').filter((each) => each !== '')),
]);

/** A page of things that have labels: those that have all of these. */
export const taggedPageQuery = pageQuery.extend({ tags: tagList.optional() });
export type TaggedPageQuery = Pick<z.output<typeof taggedPageQuery>, 'limit' | 'cursor' | 'tags'>;

/** Further properties that OpenStack's clients keep with something. `immutable: true` guards it from change. */
export const options = z
  .record(z.string().min(1).max(64), z.union([z.boolean(), z.number(), z.string().max(255), z.null()]))
  .refine(
    (value) => Object.keys(value).length <= 16,
    fieldRule('must have at most 16 properties', 'Send at most 16 properties.'),
  );
export type Options = z.infer<typeof options>;
