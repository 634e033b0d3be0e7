/** The programs behind the one public origin. */
export type Upstream = 'api' | 'console' | 'web';

const openstackPaths = ['/identity', '/compute', '/network', '/image', '/volume'] as const;
const apiPaths = ['/trpc', '/v1', '/openid', '/agent', '/docs', '/healthz', '/readyz', ...openstackPaths] as const;
const consolePaths = ['/console'] as const;

/** A path whose meaning changes when the next program resolves it: `..` in any spelling, or a backslash. */
const ambiguous = /(^|\/)(\.|%2e){1,2}(\/|$)|\\/i;

/**
 * Which program a request's target belongs to; null for a target that must not be passed on, because another program
 * could read it as another path than was judged here.
 */
export function upstreamOf(target: string): Upstream | null {
  const path = target.split('?', 1)[0] ?? '';
  if (!path.startsWith('/') || path.startsWith('//') || ambiguous.test(path)) return null;
  if (apiPaths.some((each) => isBelow(path, each))) return 'api';
  return consolePaths.some((each) => isBelow(path, each)) ? 'console' : 'web';
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
