import { notFound } from '@unkai/core/access';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer } from './collection.ts';
import { flagOf, textOf } from './fields.ts';
import { users } from './user.ts';

const membership = (asked: Asked) => ({ id: asked.id('id', 'group'), userId: asked.id('user', 'user') });

async function list(asked: Asked): Promise<Answer> {
  const { operations } = asked;
  const { id } = await operations.group.get({ id: asked.id('id', 'group') });
  const filter = { groupId: id, name: textOf(asked, 'name'), isEnabled: flagOf(asked, 'enabled') };
  return listAnswer(users, await everything((page) => operations.user.list({ ...filter, ...page })), asked);
}

async function check(asked: Asked): Promise<Answer> {
  const { id, userId } = membership(asked);
  const { operations } = asked;
  const { name, domainId } = await operations.user.get({ id: userId });
  const { items } = await operations.user.list({ groupId: id, name, domainId });
  if (items.length === 0) throw notFound('member', userId);
  return { status: 204 };
}

async function add(asked: Asked): Promise<Answer> {
  await asked.operations.group.addMember(membership(asked));
  return { status: 204 };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.group.removeMember(membership(asked));
  return { status: 204 };
}

const one = '/v3/groups/:id/users/:user';

export const groupMemberRoutes: readonly Route[] = [
  { method: 'GET', path: '/v3/groups/:id/users', answer: list },
  { method: 'GET', path: one, answer: check },
  { method: 'PUT', path: one, answer: add },
  { method: 'DELETE', path: one, answer: remove },
];
