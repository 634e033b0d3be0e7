import type { Answer, Asked, Route } from '../service.ts';

/** Of Keystone's Ussuri to 2023 releases: nothing that its clients look at came after it. */
const id = 'v3.14';
const mediaTypes = [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }];

function document({ endpoint }: Asked) {
  return {
    id,
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${endpoint}/v3/` }],
    'media-types': mediaTypes,
  };
}

const all = (asked: Asked): Answer => ({
  status: 300,
  headers: { location: `${asked.endpoint}/v3/` },
  body: { versions: { values: [document(asked)] } },
});
const one = (asked: Asked): Answer => ({ status: 200, body: { version: document(asked) } });

export const versionRoutes: readonly Route[] = [
  { method: 'GET', path: '', answer: all, isPublic: true },
  { method: 'GET', path: '/', answer: all, isPublic: true },
  { method: 'GET', path: '/v3', answer: one, isPublic: true },
  { method: 'GET', path: '/v3/', answer: one, isPublic: true },
];
