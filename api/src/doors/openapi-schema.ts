import { failure, problem } from '@unkai/contracts/errors';
import { apiToken, apiTokenCreated } from '@unkai/contracts/resources/api-token';
import { auditLine } from '@unkai/contracts/resources/audit';
import { consoleSession } from '@unkai/contracts/resources/console-session';
import { domain } from '@unkai/contracts/resources/domain';
import { endpoint } from '@unkai/contracts/resources/endpoint';
import { flavor } from '@unkai/contracts/resources/flavor';
import { group } from '@unkai/contracts/resources/group';
import { host } from '@unkai/contracts/resources/host';
import { image } from '@unkai/contracts/resources/image';
import { keyPair } from '@unkai/contracts/resources/key-pair';
import { network } from '@unkai/contracts/resources/network';
import { operation } from '@unkai/contracts/resources/operation';
import { port } from '@unkai/contracts/resources/port';
import { project } from '@unkai/contracts/resources/project';
import { region } from '@unkai/contracts/resources/region';
import { role } from '@unkai/contracts/resources/role';
import { effectiveRole, roleAssignment } from '@unkai/contracts/resources/role-assignment';
import { securityGroup, securityGroupRule } from '@unkai/contracts/resources/security-group';
import { server } from '@unkai/contracts/resources/server';
import { service } from '@unkai/contracts/resources/service';
import { currentUser, session } from '@unkai/contracts/resources/session';
import { subnet } from '@unkai/contracts/resources/subnet';
import { user } from '@unkai/contracts/resources/user';
import { volumeType } from '@unkai/contracts/resources/volume-type';
import { z } from 'zod';

/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What has a name of its own in the reference; everything else stands where it is used. */
const named = {
  ApiToken: apiToken,
  ApiTokenCreated: apiTokenCreated,
  AuditLine: auditLine,
  ConsoleSession: consoleSession,
  CurrentUser: currentUser,
  Domain: domain,
  EffectiveRole: effectiveRole,
  Endpoint: endpoint,
  Failure: failure,
  Flavor: flavor,
  Group: group,
  Host: host,
  Image: image,
  KeyPair: keyPair,
  Network: network,
  Operation: operation,
  Port: port,
  Problem: problem,
  Project: project,
  Region: region,
  Role: role,
  RoleAssignment: roleAssignment,
  SecurityGroup: securityGroup,
  SecurityGroupRule: securityGroupRule,
  Server: server,
  Service: service,
  Session: session,
  Subnet: subnet,
  User: user,
  VolumeType: volumeType,
} as const satisfies Record<string, z.ZodType>;

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });

const objectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

/** The fields of an input, and which of them are needed. */
export function inputSchema(input: z.ZodType): z.infer<typeof objectSchema> {
  return objectSchema.parse(tidy(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })));
}

/** The schema of an answer; named parts are references into the components. */
export function outputSchema(output: z.ZodType): JsonSchema {
  const id = registry.get(output)?.id;
  if (id !== undefined) return { $ref: `#/components/schemas/${id}` };
  const { $defs: _, ...schema } = converted.parse(convert(output));
  return schema;
}

const converted = z.looseObject({ $defs: z.record(z.string(), z.record(z.string(), z.unknown())).default({}) });

/** All named schemas. */
export function namedSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(named).map(([name, schema]) => {
      const { $defs, ...whole } = converted.parse(convert(schema));
      const { id: _, ...rest } = $defs[name] ?? whole;
      return [name, rest];
    }),
  );
}

function convert(output: z.ZodType): unknown {
  return tidy(z.toJSONSchema(output, { io: 'output', unrepresentable: 'any', metadata: registry }), true);
}

const wholeNumberBounds: readonly unknown[] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

/**
 * Takes out what says nothing: patterns that repeat a format, the bounds of every whole number, the dialect. An answer
 * may grow fields, so its objects are not closed.
 */
function tidy(value: unknown, isAnswer = false): unknown {
  if (Array.isArray(value)) return value.map((each) => tidy(each, isAnswer));
  if (typeof value === 'string') return value.replace(/^#\/\$defs\//, '#/components/schemas/');
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, each]) => {
    if (key === '$schema') return false;
    if (key === 'pattern') return !('format' in value);
    if (key === 'minimum' || key === 'maximum') return !wholeNumberBounds.includes(each);
    return !(isAnswer && key === 'additionalProperties' && each === false);
  });
  return Object.fromEntries(kept.map(([key, each]) => [key, tidy(each, isAnswer)]));
}
