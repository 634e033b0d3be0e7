import { expect, test } from 'vitest';
import { paths } from '../paths.ts';
import { crumbsOf } from '../shell/crumbs.ts';

const at = {
  project: 'p1',
  server: 's1',
  group: 'g1',
  domain: 'd1',
  user: 'u1',
  webhook: 'w1',
  network: 'n1',
  port: 'o1',
  host: 'h1',
  router: 'r1',
  floating: 'f1',
  image: 'i1',
  policy: 'q1',
  pool: 'l1',
};

test('every path of the portal, as a link would have it', () => {
  const written = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, path(at)]));
  expect(written).toMatchInlineSnapshot(`
    {
      "activity": "/projects/p1/activity",
      "addressScopes": "/projects/p1/address-scopes",
      "aggregates": "/operate/aggregates",
      "apiEvents": "/v1/projects/p1/events",
      "apiImageFile": "/v1/images/i1/file",
      "apiReference": "/v1",
      "apiUsageFile": "/v1/projects/p1/usage.csv",
      "auditExport": "/v1/projects/p1/audit-lines/export?",
      "catalog": "/operate/catalog",
      "cloud": "/operate",
      "cloudCost": "/operate/usage",
      "cost": "/projects/p1/cost",
      "domainActivity": "/domains/d1/activity",
      "domainAssignments": "/domains/d1/assignments",
      "domainCost": "/domains/d1/usage",
      "domainGroup": "/domains/d1/groups/g1",
      "domainGroups": "/domains/d1/groups",
      "domainProject": "/domains/d1/projects/p1",
      "domainProjects": "/domains/d1/projects",
      "domainUser": "/domains/d1/users/u1",
      "domainUsers": "/domains/d1/users",
      "domains": "/operate/domains",
      "floatingIp": "/projects/p1/floating-ips/f1",
      "floatingIps": "/projects/p1/floating-ips",
      "forgotPassword": "/forgot-password",
      "home": "/",
      "host": "/operate/hosts/h1",
      "hosts": "/operate/hosts",
      "images": "/projects/p1/images",
      "invite": "/invite",
      "keyPairs": "/projects/p1/key-pairs",
      "mail": "/operate/mail",
      "members": "/projects/p1/members",
      "network": "/projects/p1/networks/n1",
      "networks": "/projects/p1/networks",
      "operations": "/operate/operations",
      "orphans": "/operate/orphans",
      "pathCheck": "/projects/p1/path-check?port=o1",
      "placement": "/operate/placement",
      "port": "/projects/p1/ports/o1",
      "ports": "/projects/p1/ports",
      "priceLists": "/operate/prices",
      "profile": "/profile",
      "profileActivity": "/profile/activity",
      "profileApiTokens": "/profile/api-tokens",
      "profileApplicationCredentials": "/profile/application-credentials",
      "profileLent": "/profile/lent",
      "profileNotifications": "/profile/notifications",
      "profileOpenstack": "/profile/openstack",
      "profileSessions": "/profile/sessions",
      "profileSignIn": "/profile/sign-in",
      "project": "/projects/p1",
      "qosPolicies": "/projects/p1/qos-policies",
      "qosPolicy": "/projects/p1/qos-policies/q1",
      "quotaDefaults": "/operate/quota-defaults",
      "quotaRequests": "/operate/quota-requests",
      "quotas": "/projects/p1/quotas",
      "resetPassword": "/reset-password",
      "roles": "/operate/roles",
      "router": "/projects/p1/routers/r1",
      "routers": "/projects/p1/routers",
      "securityGroup": "/projects/p1/security-groups/g1",
      "securityGroups": "/projects/p1/security-groups",
      "server": "/projects/p1/servers/s1",
      "serverActivity": "/projects/p1/servers/s1/activity",
      "serverConsole": "/projects/p1/servers/s1/console",
      "serverCreate": "/projects/p1/servers/new",
      "serverGroups": "/projects/p1/server-groups",
      "serverLog": "/projects/p1/servers/s1/log",
      "serverNetwork": "/projects/p1/servers/s1/network",
      "servers": "/projects/p1/servers",
      "signIn": "/sign-in",
      "signOut": "/openid/sign-out",
      "signUp": "/sign-up",
      "signUpPolicy": "/operate/sign-up",
      "signUpVerify": "/sign-up/verify",
      "subnetPool": "/projects/p1/subnet-pools/l1",
      "subnetPools": "/projects/p1/subnet-pools",
      "systemActivity": "/operate/activity",
      "topology": "/projects/p1/topology",
      "trpc": "/trpc",
      "volumeTypes": "/operate/volume-types",
      "webhook": "/projects/p1/webhooks/w1",
      "webhooks": "/projects/p1/webhooks",
      "zones": "/operate/zones",
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
    { noun: 'server', id: 's1', href: '/projects/p1/servers/s1' },
    { label: 'Console', href: '/projects/p1/servers/s1/console' },
  ]);
  expect(crumbsOf('/projects/p1/security-groups/g1')).toEqual([
    { label: 'Security groups', href: '/projects/p1/security-groups' },
    { noun: 'security-group', id: 'g1', href: '/projects/p1/security-groups/g1' },
  ]);
  expect(crumbsOf('/profile/api-tokens')).toMatchObject(['Profile', 'API tokens'].map((label) => ({ label })));
  expect(crumbsOf('/projects/p1')).toEqual([{ label: 'Overview', href: '/projects/p1' }]);
  expect(crumbsOf('/operate/hosts')).toMatchObject([{ label: 'Operate' }, { label: 'Hosts' }]);
  expect(crumbsOf('/operate/roles')).toMatchObject([{ label: 'Operate' }, { label: 'Roles' }]);
  expect(crumbsOf('/domains/d1/users/u1')).toEqual([
    { noun: 'domain', id: 'd1', href: '/domains/d1/projects' },
    { label: 'Users', href: '/domains/d1/users' },
    { noun: 'user', id: 'u1', href: '/domains/d1/users/u1' },
  ]);
});
