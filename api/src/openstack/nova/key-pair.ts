import { UnkaiError } from '@unkai/contracts/errors';
import { fieldRule, sizeRule } from '@unkai/contracts/field-rule';
import { trimmedRule } from '@unkai/contracts/primitives';
import { type KeyPair, publicKey } from '@unkai/contracts/resources/key-pair';
import { callerId, notFound } from '@unkai/core/access';
import { z } from 'zod';
import { everything, nextLinks, pageAsk, pageOf } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { tooOld } from './flavor.ts';
import { since } from './version.ts';

const name = z
  .string()
  .min(1, sizeRule)
  .max(255, sizeRule)
  .regex(
    /^[A-Za-z0-9 _-]+$/,
    fieldRule(
      'may contain letters, digits, space, - and _',
      'Use nothing but letters without accents, digits, spaces, "-" and "_".',
    ),
  )
  .refine((text) => text.trim() === text, trimmedRule);

const newKeyPair = z.strictObject({
  keypair: z.strictObject({
    name,
    public_key: z.string().optional(),
    type: z
      .literal('ssh', fieldRule('is ssh: there are no other keys here', 'Leave it out, or send "ssh".'))
      .optional(),
    user_id: z.string().optional(),
  }),
});

function brief({ name, publicKey, fingerprintSha256 }: KeyPair, { version }: Asked) {
  const type = version >= since.keyPairType ? { type: 'ssh' } : {};
  return { name, public_key: publicKey, fingerprint: fingerprintSha256, ...type };
}

/** Nova's ids of key pairs are numbers; ours begins with enough random bits to make one. */
function numberOf({ id }: KeyPair): number {
  return Number.parseInt(id.slice(0, 8), 16);
}

/** Everyone has their own key pairs; nobody, operators included, acts on those of another. */
function requireOwn({ call, version }: Asked, userId: string | null | undefined): void {
  if (userId === null || userId === undefined) return;
  if (version < since.keyPairUser) throw tooOld('user_id');
  if (userId !== callerId(call)) throw new UnkaiError('forbidden', 'Key pairs are their own user’s alone.');
}

async function create(asked: Asked): Promise<Answer> {
  const { keypair: wanted } = await asked.body(newKeyPair);
  if (wanted.type !== undefined && asked.version < since.keyPairType) throw tooOld('type');
  requireOwn(asked, wanted.user_id);
  const { operations, call, version } = asked;
  const status = version >= since.keyPairType ? 201 : 200;
  const user = { user_id: callerId(call) };
  if (wanted.public_key === undefined) {
    const made = await operations.keyPair.generate({ name: wanted.name });
    return { status, body: { keypair: { ...brief(made, asked), ...user, private_key: made.privateKey } } };
  }
  const key = publicKey.safeParse(wanted.public_key.trim());
  if (!key.success) throw new UnkaiError('invalid_input', 'Keypair data is invalid: failed to generate fingerprint.');
  const made = await operations.keyPair.create({ name: wanted.name, publicKey: key.data });
  return { status, body: { keypair: { ...brief(made, asked), ...user } } };
}

function own({ operations }: Asked): Promise<KeyPair[]> {
  return everything((page) => operations.keyPair.list(page));
}

async function find(asked: Asked): Promise<KeyPair> {
  requireOwn(asked, asked.query.get('user_id'));
  const wanted = asked.param('name');
  const found = (await own(asked)).find((each) => each.name === wanted);
  if (found === undefined) throw notFound('key-pair', wanted);
  return found;
}

async function list(asked: Asked): Promise<Answer> {
  requireOwn(asked, asked.query.get('user_id'));
  const all = (await own(asked)).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const isPaged = asked.version >= since.keyPairPages;
  const { items, next } = isPaged ? pageOf(all, pageAsk(asked.query), (each) => each.name) : { items: all, next: null };
  const keypairs = items.map((each) => ({ keypair: brief(each, asked) }));
  return { status: 200, body: { keypairs, ...nextLinks(asked, 'keypairs_links', next) } };
}

async function show(asked: Asked): Promise<Answer> {
  const found = await find(asked);
  const keypair = {
    ...brief(found, asked),
    id: numberOf(found),
    user_id: callerId(asked.call),
    created_at: found.createdAt,
    updated_at: null,
    deleted: false,
    deleted_at: null,
  };
  return { status: 200, body: { keypair } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.keyPair.delete({ id: (await find(asked)).id });
  return { status: asked.version >= since.keyPairType ? 204 : 202 };
}

export const keyPairRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/os-keypairs', answer: list },
  { method: 'POST', path: '/v2.1/os-keypairs', answer: create },
  { method: 'GET', path: '/v2.1/os-keypairs/:name', answer: show },
  { method: 'DELETE', path: '/v2.1/os-keypairs/:name', answer: remove },
];
