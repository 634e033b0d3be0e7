import { apiDescription, filePaths, problemResponse, tooManyRequests } from './openapi-parts.ts';
import { inputSchema, type JsonSchema, namedSchemas, outputSchema } from './openapi-schema.ts';
import { type RestRoute, restRoutes, takesKey } from './rest-routes.ts';

export interface OpenApiParameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  readonly content?: Content;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security?: ReadonlyArray<Readonly<Record<string, readonly string[]>>>;
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

export type OpenApiPaths = Record<string, Record<string, OpenApiOperation>>;

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: ReadonlyArray<{ readonly url: string }>;
  readonly paths: OpenApiPaths;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, { readonly type: 'http'; readonly scheme: 'bearer' }>>;
  };
}

/**
 * OpenAPI 3.1 for all of /v1, made from the very schemas that parse and answer it. The same procedures give the same
 * bytes, so the copy in docs/ can be compared.
 */
export function openApiDocument(): OpenApiDocument {
  const paths: OpenApiPaths = {};
  for (const route of restRoutes) {
    const methods = paths[route.path] ?? {};
    methods[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = methods;
  }
  for (const [path, methods] of Object.entries(filePaths)) paths[path] = { ...paths[path], ...methods };
  return {
    openapi: '3.1.0',
    info: { title: 'Unkai API', version: '1.0.0', description: apiDescription },
    servers: [{ url: '/v1' }],
    paths,
    components: { schemas: namedSchemas(), securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

function operationOf(route: RestRoute): OpenApiOperation {
  const { name, meta } = route;
  const body = bodyOf(route);
  return {
    operationId: name,
    summary: meta.summary,
    description: permissionInWords(meta.permission),
    tags: [meta.tag],
    ...(meta.permission !== 'anyone' && { security: [{ token: [] }] }),
    parameters: parametersOf(route),
    ...(body && { requestBody: body }),
    responses: {
      ...successOf(route),
      ...(meta.permission !== 'anyone' && { 429: tooManyRequests }),
      default: problemResponse,
    },
  };
}

/** The permission that an operation needs, as a sentence of the reference. */
function permissionInWords(permission: string): string {
  if (permission === 'anyone') return 'Needs no credential.';
  if (permission === 'signed-in') return 'Needs any valid credential.';
  return `Needs the permission \`${permission}\`.`;
}

function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

const idempotencyKey: OpenApiParameter = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const dryRun: OpenApiParameter = {
  in: 'query',
  name: 'dry_run',
  required: false,
  schema: {
    const: 1,
    description: 'Check and count everything, and make nothing; the answer says what would be made.',
  },
};

function parametersOf(route: RestRoute): OpenApiParameter[] {
  const { method, path, input } = route;
  const { properties, required } = inputSchema(input);
  const named = pathNames(path);
  const inPath = named.map((name) => ({ in: 'path' as const, name, required: true, schema: properties[name] ?? {} }));
  const rest = Object.entries(properties).filter(([name]) => !named.includes(name));
  const inQuery =
    method === 'GET'
      ? rest.map(([name, schema]) => ({ in: 'query' as const, name, required: required.includes(name), schema }))
      : [];
  return [...inPath, ...inQuery, ...(takesKey(route) ? [dryRun, idempotencyKey] : [])];
}

function bodyOf({ method, path, input }: RestRoute): OpenApiOperation['requestBody'] {
  if (method === 'GET' || method === 'DELETE') return undefined;
  const { properties, required } = inputSchema(input);
  const named = pathNames(path);
  const fields = Object.entries(properties).filter(([name]) => !named.includes(name));
  if (fields.length === 0) return undefined;
  const needed = required.filter((name) => !named.includes(name));
  const schema = {
    type: 'object',
    properties: Object.fromEntries(fields),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  };
  return { required: needed.length > 0, content: { 'application/json': { schema } } };
}

const successes = {
  shown: ['200', 'What was asked for.'],
  changed: ['200', 'As it is now.'],
  created: ['201', 'Made.'],
  started: ['202', 'Begun; follow the operation that Location names.'],
  removed: ['204', 'Gone.'],
} as const;

function successOf(route: RestRoute): Record<string, OpenApiResponse> {
  const { meta, output, shownAt } = route;
  const [status, description] = successes[meta.answer];
  if (status === '204') return { [status]: { description } };
  const schema = outputSchema(output);
  const hasLocation = meta.answer === 'started' || shownAt !== null;
  const headers = { Location: { schema: { type: 'string' } } };
  return {
    ...(takesKey(route) && { 200: dryRunAnswer(schema) }),
    [status]: { description, ...(hasLocation && { headers }), content: { 'application/json': { schema } } },
  };
}

/** A create that was only tried answers with the same view, marked. */
function dryRunAnswer(schema: JsonSchema): OpenApiResponse {
  const mark = { type: 'object', properties: { dryRun: { const: true } }, required: ['dryRun'] };
  return {
    description: 'With `dry_run=1`: what would be made. Its ids and secrets are not kept.',
    content: { 'application/json': { schema: { allOf: [schema, mark] } } },
  };
}
