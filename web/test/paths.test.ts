import { expect, test } from 'vitest';
import { paths } from '../paths.ts';
import { crumbsOf } from '../shell/crumbs.ts';

const at = { project: 'p1', server: 's1', group: 'g1' };

test('every path of the portal, as a link would have it', () => {
  const written = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, path(at)]));
  expect(written).toMatchInlineSnapshot(`
    {
      "activity": "/projects/p1/activity",
      "apiEvents": "/v1/projects/p1/events",
      "apiReference": "/v1",
      "home": "/",
      "hosts": "/operate/hosts",
      "images": "/projects/p1/images",
      "keyPairs": "/projects/p1/key-pairs",
      "networks": "/projects/p1/networks",
      "profile": "/profile",
      "profileApiTokens": "/profile/api-tokens",
      "profileApplicationCredentials": "/profile/application-credentials",
      "profileLent": "/profile/lent",
      "profileOpenstack": "/profile/openstack",
      "profileSessions": "/profile/sessions",
      "profileSignIn": "/profile/sign-in",
      "project": "/projects/p1",
      "securityGroup": "/projects/p1/security-groups/g1",
      "securityGroups": "/projects/p1/security-groups",
      "server": "/projects/p1/servers/s1",
      "serverActivity": "/projects/p1/servers/s1/activity",
      "serverConsole": "/projects/p1/servers/s1/console",
      "serverCreate": "/projects/p1/servers/new",
      "serverLog": "/projects/p1/servers/s1/log",
      "serverNetwork": "/projects/p1/servers/s1/network",
      "servers": "/projects/p1/servers",
      "signIn": "/sign-in",
      "trpc": "/trpc",
    }
  `);
});

test('the serial console and the page after sign-in travel in the query', () => {
  expect(paths.serverConsole({ ...at, kind: 'serial' })).toBe('/projects/p1/servers/s1/console?kind=serial');
  expect(paths.signIn({ next: '/projects/p1?a=b' })).toBe('/sign-in?next=%2Fprojects%2Fp1%3Fa%3Db');
});

test('A38: a value never leaves its segment', () => {
  expect(paths.project({ project: '../..//evil' })).toBe('/projects/..%2F..%2F%2Fevil');
});

test('the breadcrumb of a page leads back step by step', () => {
  expect(crumbsOf('/projects/p1/servers/s1/console')).toEqual([
    { label: 'Servers', href: '/projects/p1/servers' },
    { server: 's1', href: '/projects/p1/servers/s1' },
    { label: 'Console', href: '/projects/p1/servers/s1/console' },
  ]);
  expect(crumbsOf('/projects/p1/security-groups/g1')).toEqual([
    { label: 'Security groups', href: '/projects/p1/security-groups' },
    { securityGroup: 'g1', href: '/projects/p1/security-groups/g1' },
  ]);
  expect(crumbsOf('/profile/api-tokens').map(({ label }) => label)).toEqual(['Profile', 'API tokens']);
  expect(crumbsOf('/projects/p1')).toEqual([{ label: 'Overview', href: '/projects/p1' }]);
  expect(crumbsOf('/operate/hosts').map(({ label }) => label)).toEqual(['Operate', 'Hosts']);
});
