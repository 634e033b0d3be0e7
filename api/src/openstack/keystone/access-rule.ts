import type { AccessRule } from '@unkai/contracts/resources/access-rule';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { requireOwn } from './lending.ts';
import { linksOf } from './links.ts';

export function accessRuleView({ id, service, method, path }: AccessRule) {
  return { id, service, method, path };
}

function view(rule: AccessRule, { endpoint, param }: Asked) {
  return {
    ...accessRuleView(rule),
    links: { self: `${endpoint}/v3/users/${param('user')}/access_rules/${rule.id}` },
  };
}

async function list(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  const found = await everything((page) => asked.operations.accessRule.list(page));
  return { status: 200, body: { access_rules: found.map((rule) => view(rule, asked)), links: linksOf(asked) } };
}

const idOf = (asked: Asked) => ({ id: asked.id('id', 'access-rule') });

async function show(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  return { status: 200, body: { access_rule: view(await asked.operations.accessRule.get(idOf(asked)), asked) } };
}

async function remove(asked: Asked): Promise<Answer> {
  requireOwn(asked);
  await asked.operations.accessRule.delete(idOf(asked));
  return { status: 204 };
}

const all = '/v3/users/:user/access_rules';

/** They are made with the application credentials that use them. */
export const accessRuleRoutes: readonly Route[] = [
  { method: 'GET', path: all, answer: list },
  { method: 'GET', path: `${all}/:id`, answer: show },
  { method: 'DELETE', path: `${all}/:id`, answer: remove },
];
