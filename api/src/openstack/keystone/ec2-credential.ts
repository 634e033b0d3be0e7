import { randomBytes } from 'node:crypto';
import type { Credential } from '@unkai/contracts/resources/credential';
import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { someId } from './fields.ts';
import { requireOwn } from './lending.ts';
import { linksOf } from './links.ts';

const created = z.object({ tenant_id: someId });
const keyBytes = 16;

/** The secret is told once, to who had it made (A11). */
function view({ userId, projectId, accessKey }: Credential, { endpoint }: Asked, secret?: string) {
  return {
    user_id: userId,
    tenant_id: projectId,
    access: accessKey,
    trust_id: null,
    ...(secret !== undefined && { secret }),
    links: { self: `${endpoint}/v3/users/${userId}/credentials/OS-EC2/${accessKey}` },
  };
}

async function create(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  const { tenant_id: projectId } = await asked.body(created);
  const [accessKey, blob] = [randomBytes(keyBytes).toString('hex'), randomBytes(keyBytes).toString('hex')];
  const made = await asked.operations.credential.create({ type: 'ec2', projectId, accessKey, blob });
  return { status: 201, body: { credential: view(made, asked, blob) } };
}

function own({ operations }: Asked): Promise<Credential[]> {
  return everything((page) => operations.credential.list({ type: 'ec2', ...page }));
}

async function list(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  const credentials = (await own(asked)).map((each) => view(each, asked));
  return { status: 200, body: { credentials, links: linksOf(asked) } };
}

async function find(asked: Asked): Promise<Credential> {
  requireOwn(asked);
  const access = asked.param('access');
  const found = (await own(asked)).find(({ accessKey }) => accessKey === access);
  if (found === undefined) throw notFound('credential', access);
  return found;
}

async function show(asked: Asked): Promise<Answer> {
  return { status: 200, body: { credential: view(await find(asked), asked) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.credential.delete({ id: (await find(asked)).id });
  return { status: 204 };
}

const all = '/v3/users/:user/credentials/OS-EC2';

export const ec2CredentialRoutes: readonly Route[] = [
  { method: 'GET', path: all, answer: list },
  { method: 'POST', path: all, answer: create },
  { method: 'GET', path: `${all}/:access`, answer: show },
  { method: 'DELETE', path: `${all}/:access`, answer: remove },
];
