import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { linksOf } from './links.ts';

const allTags = z.object({ tags: z.array(z.string()) });

const read = (asked: Asked) => asked.operations.project.get({ id: asked.id('id', 'project') });
const write = (asked: Asked, tags: string[]) =>
  asked.operations.project.update({ id: asked.id('id', 'project'), tags });

async function list(asked: Asked): Promise<Answer> {
  return { status: 200, body: { tags: (await read(asked)).tags, links: linksOf(asked) } };
}

async function replace(asked: Asked): Promise<Answer> {
  const { tags } = await asked.body(allTags);
  return { status: 200, body: { tags: (await write(asked, tags)).tags, links: linksOf(asked) } };
}

async function clear(asked: Asked): Promise<Answer> {
  await write(asked, []);
  return { status: 204 };
}

async function check(asked: Asked): Promise<Answer> {
  const tag = asked.param('tag');
  if (!(await read(asked)).tags.includes(tag)) throw notFound('tag', tag);
  return { status: 204 };
}

async function add(asked: Asked): Promise<Answer> {
  const { tags } = await read(asked);
  await write(asked, [...new Set([...tags, asked.param('tag')])]);
  return { status: 201 };
}

async function remove(asked: Asked): Promise<Answer> {
  const { tags } = await read(asked);
  const tag = asked.param('tag');
  if (!tags.includes(tag)) throw notFound('tag', tag);
  await write(
    asked,
    tags.filter((each) => each !== tag),
  );
  return { status: 204 };
}

const all = '/v3/projects/:id/tags';
const one = `${all}/:tag`;

export const projectTagRoutes: readonly Route[] = [
  { method: 'GET', path: all, answer: list },
  { method: 'PUT', path: all, answer: replace },
  { method: 'DELETE', path: all, answer: clear },
  { method: 'GET', path: one, answer: check },
  { method: 'PUT', path: one, answer: add },
  { method: 'DELETE', path: one, answer: remove },
];
