import { UnkaiError } from '@unkai/contracts/errors';
import type { Credential } from '@unkai/contracts/resources/credential';
import { callerId } from '@unkai/core/access';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { someId, textOf } from './fields.ts';
import { linksOf } from './links.ts';

const blob = z.string().min(1).max(4_096);
const created = z.object({
  credential: z.object({
    type: z.string().max(64),
    blob,
    project_id: someId.nullable().optional(),
    user_id: someId.optional(),
  }),
});
const changed = z.object({ credential: z.object({ blob }) });
const ec2Blob = z.object({ access: z.string(), secret: z.string().min(1) });

/** The secret is told only to who has just sent it: it is kept encrypted and shown to nobody (A11). */
function view({ id, userId, projectId, type }: Credential, { endpoint }: Asked, sent?: string) {
  return {
    id,
    type,
    user_id: userId,
    project_id: projectId,
    ...(sent !== undefined && { blob: sent }),
    links: { self: `${endpoint}/v3/credentials/${id}` },
  };
}

/** What is kept of a blob. That of an EC2 credential holds the access key as well, which is public. */
function keptOf(type: string, blob: string): { blob: string; accessKey?: string } {
  if (type !== 'ec2') return { blob };
  const parsed = ec2Blob.safeParse(jsonOf(blob));
  if (parsed.success) return { blob: parsed.data.secret, accessKey: parsed.data.access };
  throw new UnkaiError('invalid_input', 'Invalid blob in credential: it must be JSON with "access" and "secret".');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function create(asked: Asked): Promise<Answer> {
  const { type, blob, project_id, user_id = callerId(asked.call) } = (await asked.body(created)).credential;
  if (user_id !== callerId(asked.call)) throw new UnkaiError('forbidden', 'Credentials are their own user’s alone.');
  const given = { type, projectId: project_id ?? undefined, ...keptOf(type, blob) };
  const made = await asked.operations.credential.create(given);
  return { status: 201, body: { credential: view(made, asked, blob) } };
}

async function list(asked: Asked): Promise<Answer> {
  const filter = { type: textOf(asked, 'type') };
  const found = await everything((page) => asked.operations.credential.list({ ...filter, ...page }));
  return { status: 200, body: { credentials: found.map((each) => view(each, asked)), links: linksOf(asked) } };
}

const idOf = (asked: Asked) => ({ id: asked.id('id', 'credential') });

async function show(asked: Asked): Promise<Answer> {
  return { status: 200, body: { credential: view(await asked.operations.credential.get(idOf(asked)), asked) } };
}

async function update(asked: Asked): Promise<Answer> {
  const { blob } = (await asked.body(changed)).credential;
  const before = await asked.operations.credential.get(idOf(asked));
  const { accessKey = before.accessKey, ...kept } = keptOf(before.type, blob);
  // Whose it is, for what and under which key never changes (A01).
  if (accessKey !== before.accessKey)
    throw new UnkaiError('forbidden', 'The access key of a credential does not change.');
  const after = await asked.operations.credential.update({ ...idOf(asked), ...kept });
  return { status: 200, body: { credential: view(after, asked, blob) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.credential.delete(idOf(asked));
  return { status: 204 };
}

export const credentialRoutes: readonly Route[] = [
  { method: 'GET', path: '/v3/credentials', answer: list },
  { method: 'POST', path: '/v3/credentials', answer: create },
  { method: 'GET', path: '/v3/credentials/:id', answer: show },
  { method: 'PATCH', path: '/v3/credentials/:id', answer: update },
  { method: 'DELETE', path: '/v3/credentials/:id', answer: remove },
];
