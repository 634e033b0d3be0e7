import type { CurrentUser } from '@unkai/contracts/resources/session';
import { expect, test } from 'vitest';
import { crumbsOf } from '../shell/crumbs.ts';
import { navigationOf } from '../shell/navigation.ts';

const operator: CurrentUser = {
  id: 'u1',
  name: 'ada',
  domainId: 'd1',
  domainName: 'Acme',
  email: null,
  description: '',
  hasPassword: true,
  passwordExpiresAt: null,
  systemRole: 'admin',
  address: null,
  projects: [{ id: 'p1', name: 'web', parentId: null, domainId: 'd1', domainName: 'Acme', role: 'admin' }],
  domains: [{ id: 'd1', name: 'Acme', role: 'admin' }],
};

const entries = navigationOf(operator, { project: 'p1', domain: undefined }).flatMap((group) => group.entries);

test.each(entries.map(({ label, href }) => [label, href]))('%s is told in words above its page', (_, href) => {
  const last = crumbsOf(href).at(-1);
  expect(last).toMatchObject({ label: expect.stringMatching(/^[A-Z]/) });
});

test('who stands at a domain that they do not see keeps the way back into their project', () => {
  const member: CurrentUser = { ...operator, systemRole: null, domains: [] };
  const hrefs = (user: CurrentUser, domain: string) =>
    navigationOf(user, { project: 'p1', domain }).flatMap(({ entries }) => entries.map(({ href }) => href));
  expect(hrefs(member, 'd1')).toContain('/projects/p1/servers');
  expect(hrefs(operator, 'd1')).not.toContain('/projects/p1/servers');
});
