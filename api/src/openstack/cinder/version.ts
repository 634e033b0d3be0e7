import type { VersionRange } from '../microversion.ts';
import type { Answer, Asked, Route } from '../service.ts';

/** None up to the highest changes anything of quotas and limits, which is what is here. */
export const cinderVersions: VersionRange = { service: 'volume', legacyHeaders: [], lowest: '3.0', highest: '3.70' };

function documents(status: 200 | 300) {
  return ({ endpoint }: Asked): Answer => ({
    status,
    body: {
      versions: [
        {
          id: 'v3.0',
          status: 'CURRENT',
          version: cinderVersions.highest,
          min_version: cinderVersions.lowest,
          updated: '2022-08-31T00:00:00Z',
          links: [
            { rel: 'describedby', type: 'text/html', href: `${new URL(endpoint).origin}/docs` },
            { rel: 'self', href: `${endpoint}/v3/` },
          ],
          'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' }],
        },
      ],
    },
  });
}

export const versionRoutes: readonly Route[] = [
  { method: 'GET', path: '', answer: documents(300), isPublic: true },
  { method: 'GET', path: '/', answer: documents(300), isPublic: true },
  { method: 'GET', path: '/v3', answer: documents(200), isPublic: true },
  { method: 'GET', path: '/v3/', answer: documents(200), isPublic: true },
];
