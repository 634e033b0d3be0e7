import { expect, test } from 'vitest';
import { isAmong } from '../src/identity/request-rule.ts';

const rule = (path: string, method = 'GET') => [{ service: 'compute', method, path }];
const asks = (path: string, method = 'GET', service = 'compute') => ({ service, method, path });

test.for([
  ['/v2.1/servers', '/v2.1/servers', true],
  ['/v2.1/servers', '/v2.1/servers/', true],
  ['/v2.1/servers', '/v2.1/servers/detail', false],
  ['/v2.1/servers', '/v2x1/servers', false],
  ['/v2.1/servers/*', '/v2.1/servers/a', true],
  ['/v2.1/servers/*', '/v2.1/servers/a/ips', false],
  ['/v2.1/servers/*', '/v2.1/servers/', false],
  ['/v2.1/servers/{id}/ips', '/v2.1/servers/a/ips', true],
  ['/v2.1/**', '/v2.1/servers/a/ips', true],
  ['/v2.1/**/ips', '/v2.1/servers/a/b', false],
] as const)('%s includes %s: %s', ([path, asked, expected]) => {
  expect(isAmong(rule(path), asks(asked))).toBe(expected);
});

test('of its service and method alone; HEAD asks for what GET does', () => {
  expect(isAmong(rule('/a'), asks('/a', 'POST'))).toBe(false);
  expect(isAmong(rule('/a'), asks('/a', 'GET', 'image'))).toBe(false);
  expect(isAmong(rule('/a'), asks('/a', 'HEAD'))).toBe(true);
  expect(isAmong(rule('/a', 'HEAD'), asks('/a', 'GET'))).toBe(false);
  expect(isAmong([], asks('/a'))).toBe(false);
});
