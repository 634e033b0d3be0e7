import { auditFilter } from '@unkai/contracts/resources/audit';
import { z } from 'zod';
import type { OpenApiOperation, OpenApiParameter, OpenApiPaths, OpenApiResponse } from './openapi.ts';

/** How all of /v1 behaves, for the head of the reference. */
export const apiDescription = [
  'Everything that the portal does, for programs. Send an API token as `Authorization: Bearer unk_…`.',
  'Errors are problem details (RFC 9457) with a code from a closed list and the next step.',
  'Lists come in pages: ask again with `cursor` set to `nextCursor`, or follow the `Link` header.',
  'Each API token may make 600 requests in 10 seconds, unless an operator said otherwise; `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` tell in every answer where yours stands.',
  'Creates take an `Idempotency-Key`: the same key and request get the same answer for a day, and nothing is made twice.',
  'With `?dry_run=1` a create checks and counts everything, answers what it would make, and makes nothing.',
].join('\n\n');

/** What every operation may answer instead. */
export const problemResponse: OpenApiResponse = {
  description: 'A problem; `code` says which of the closed list.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const wholeNumber = { schema: { type: 'integer', minimum: 0 } };

/** What every operation that knows its caller may answer when that one asks too often. */
export const tooManyRequests: OpenApiResponse = {
  ...problemResponse,
  description: 'Too many requests; wait for the seconds in Retry-After.',
  headers: {
    'Retry-After': wholeNumber,
    'RateLimit-Limit': wholeNumber,
    'RateLimit-Remaining': wholeNumber,
    'RateLimit-Reset': wholeNumber,
  },
};

const idIn = (name: string): OpenApiParameter => ({
  in: 'path',
  name,
  required: true,
  schema: { type: 'string', format: 'uuid' },
});
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const security = [{ token: [] }];

const download: OpenApiOperation = {
  operationId: 'image.download',
  summary: 'Read the bytes of an image',
  description: 'Needs the permission `image:read`. Takes Range.',
  tags: ['Images'],
  security,
  parameters: [idIn('id')],
  responses: { 200: { description: 'The bytes.', content: bytes }, 429: tooManyRequests, default: problemResponse },
};

const upload: OpenApiOperation = {
  operationId: 'image.upload',
  summary: 'Send the bytes of an image, once',
  description: 'Needs the permission `image:update`.',
  tags: ['Images'],
  security,
  parameters: [idIn('id')],
  requestBody: { required: true, content: bytes },
  responses: {
    202: { description: 'Received; they are being checked.' },
    429: tooManyRequests,
    default: problemResponse,
  },
};

const streamed = (operationId: string, summary: string, parameters: OpenApiParameter[]): OpenApiOperation => ({
  operationId,
  summary,
  description: 'Needs the permission `event:read`. Takes Last-Event-ID, and then tells first what was missed.',
  tags: ['Events'],
  security,
  parameters,
  responses: {
    200: {
      description: 'Events, until you close it.',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    429: tooManyRequests,
    default: problemResponse,
  },
});
const events = streamed('event.stream', 'Listen to what changes in a project, as server-sent events', [
  idIn('projectId'),
]);
const allEvents = streamed('event.streamAll', 'Listen to what changes anywhere, as server-sent events', []);

const auditFilters = Object.entries(auditFilter.shape).map(
  ([name, schema]): OpenApiParameter => ({ in: 'query', name, required: false, schema: z.toJSONSchema(schema) }),
);
const formats: OpenApiParameter = {
  in: 'query',
  name: 'format',
  required: false,
  schema: { type: 'string', enum: ['csv', 'jsonl'], default: 'csv' },
};

const auditExport = (name: string, permission: string, parameters: OpenApiParameter[]): OpenApiOperation => ({
  operationId: `audit.${name}`,
  summary: 'Save who did what, as CSV or as a line of JSON for each, newest first',
  description: `Needs the permission \`${permission}\`. All lines until now that the filters let through.`,
  tags: ['Audit'],
  security,
  parameters: [...parameters, formats, ...auditFilters],
  responses: {
    200: {
      description: 'The lines.',
      content: { 'text/csv': { schema: { type: 'string' } }, 'application/jsonl': { schema: { type: 'string' } } },
    },
    429: tooManyRequests,
    default: problemResponse,
  },
});

/** What is no procedure: the bytes of images, the stream of events, and lists as files. */
export const filePaths: OpenApiPaths = {
  '/images/{id}/file': { get: download, put: upload },
  '/projects/{projectId}/events': { get: events },
  '/events': { get: allEvents },
  '/projects/{projectId}/audit-lines/export': { get: auditExport('export', 'audit:read', [idIn('projectId')]) },
  '/domains/{domainId}/audit-lines/export': {
    get: auditExport('exportInDomain', 'domain-audit:read', [idIn('domainId')]),
  },
  '/audit-lines/export': { get: auditExport('exportEverywhere', 'system-audit:read', []) },
};
