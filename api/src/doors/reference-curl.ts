import { z } from 'zod';
import type { OpenApiOperation } from './openapi.ts';

export interface Entry {
  /** Below /v1, with parameters in braces. */
  readonly path: string;
  /** In capitals. */
  readonly method: string;
  readonly operation: OpenApiOperation;
}

/** One property of a body. */
interface BodyField {
  readonly name: string;
  readonly isNeeded: boolean;
  readonly schema: unknown;
}

const objectSchema = z.object({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).default([]),
});

export function bodyFields({ requestBody }: OpenApiOperation): BodyField[] {
  const parsed = objectSchema.safeParse(requestBody?.content['application/json']?.schema);
  if (!parsed.success) return [];
  const { properties, required } = parsed.data;
  return Object.entries(properties).map(([name, schema]) => ({ name, isNeeded: required.includes(name), schema }));
}

/**
 * A command for a POSIX shell that works as it stands, once the variables in it are set: `UNKAI_URL` and `UNKAI_TOKEN`,
 * and an id of the reader's own for each thing that it names, such as `$serverId`.
 */
export function curlOf(entry: Entry): string {
  const { path, method, operation } = entry;
  const body = exampleBody(entry);
  const isBytes = operation.requestBody?.content['application/octet-stream'] !== undefined;
  const isStream = operation.responses['200']?.content?.['text/event-stream'] !== undefined;
  const { [method]: verb = ` -X ${method}` } = { GET: '' };
  return [
    `curl${isStream ? ' -N' : ''}${verb} "$UNKAI_URL/v1${withVariables(path)}${neededQuery(operation)}"`,
    ...(operation.security === undefined ? [] : ['  -H "Authorization: Bearer $UNKAI_TOKEN"']),
    ...(isBytes ? ['  -H "Content-Type: application/octet-stream"', '  --data-binary @image.qcow2'] : []),
    ...(body === null ? [] : ['  -H "Content-Type: application/json"', `  -d @- <<END\n${body}\nEND`]),
  ].join(' \\\n');
}

/** `{id}` below `servers` is `$serverId`; every other parameter has the name of what it is an id of. */
function withVariables(path: string): string {
  return path.replaceAll(/(?:([a-z-]+s)\/)?\{(\w+)\}/g, (whole: string, nouns: string | undefined, name: string) => {
    const literal = whole.slice(0, whole.indexOf('{'));
    const noun = nouns?.replace(/ies$/, 'y').replace(/s$/, '');
    return `${literal}$${name === 'id' && noun !== undefined ? `${camelCase(noun)}Id` : name}`;
  });
}

/** What stands for a part of the query that must be there. */
const queryExamples: Readonly<Record<string, string>> = { text: 'web', from: '$portId', to: 'internet' };

function neededQuery({ parameters }: OpenApiOperation): string {
  const needed = parameters.filter((each) => each.in === 'query' && each.required);
  const words = needed.map(({ name }) => `${name}=${queryExamples[name] ?? `$${name}`}`).join('&');
  return words === '' ? '' : `?${words}`;
}

function camelCase(words: string): string {
  return words.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Fields that a useful request has beside those that it must have. */
const shownToo: Readonly<Record<string, readonly string[]>> = {
  'invite.create': ['projectId'],
  'roleAssignment.create': ['userId', 'projectId'],
  'serviceLimit.create': ['domainId'],
  'securityGroup.createRule': ['portMin', 'portMax'],
  'budget.create': ['projectId'],
  'router.addInterface': ['subnetId'],
  'qosPolicy.createRule': ['dscpMark'],
  'subnet.create': ['cidr'],
  'server.attachInterface': ['portId'],
};

/** The body, with shell variables in it; null for a request without one. */
function exampleBody({ method, operation }: Entry): string | null {
  const { operationId } = operation;
  const fields = bodyFields(operation);
  const wanted = fields.filter(({ name, isNeeded }) => isNeeded || shownToo[operationId]?.includes(name));
  // A change names at least something to change.
  const change = fields.find(({ name }) => name === 'description') ?? fields[0];
  const shown = wanted.length === 0 && method === 'PATCH' && change !== undefined ? [change] : wanted;
  if (shown.length === 0) return null;
  const pairs = shown.map((field) => [field.name, exampleOf(operationId, field)]);
  return JSON.stringify(Object.fromEntries(pairs), null, 2);
}

/** What a field is filled with: by operation and field, else by the field's name, else by its type. */
const examples: Readonly<Record<string, unknown>> = {
  'addressScope.create.family': 4,
  'credential.create.type': 'cert',
  'imageMember.update.state': 'accepted',
  'invite.join.name': 'newcomer',
  'qosPolicy.createRule.kind': 'dscp-marking',
  'quotaRequest.create.limits': { networks: 50 },
  'region.create.id': 'region-2',
  'service.create.type': 'metering',
  'webhook.update.name': 'renamed',
  amount: '250',
  answer: 'Next quarter',
  blob: 'what is to be kept',
  cidr: '10.20.0.0/24',
  code: '$code',
  currency: 'EUR',
  currentPassword: '$UNKAI_PASSWORD',
  description: 'Changed by curl',
  dscpMark: 46,
  email: 'me@example.org',
  events: ['server.changed'],
  issuer: 'https://sso.example.org',
  limits: { servers: 1_000_000 },
  name: 'example',
  newPassword: '$newPassword',
  password: '$UNKAI_PASSWORD',
  portMax: 22,
  portMin: 22,
  prefixes: ['10.64.0.0/16'],
  prices: [{ kind: 'image', price: '0.0001' }],
  protocol: 'tcp',
  publicKey: '$(cat ~/.ssh/id_ed25519.pub)',
  reason: 'A second site',
  role: 'member',
  roleIds: ['$roleId'],
  subject: 'alice',
  until: '2026-12-31T23:59:59Z',
  url: 'http://metering.example.org',
  username: '$UNKAI_USER',
};

const typed = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
});

function exampleOf(operationId: string, { name, schema }: BodyField): unknown {
  const known = examples[`${operationId}.${name}`] ?? examples[name];
  if (known !== undefined) return known;
  const parsed = typed.safeParse(schema);
  const { type, minimum = 1, enum: choices } = parsed.success ? parsed.data : {};
  if (choices !== undefined) return choices[0];
  if (type === 'integer') return minimum;
  if (type === 'boolean') return true;
  return `$${name}`;
}
