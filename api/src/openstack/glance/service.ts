import { glanceFault } from '../errors.ts';
import type { Answer, Asked, Route, Service } from '../service.ts';
import { imageRoutes } from './image.ts';
import { type ImageFiles, imageFileRoutes } from './image-file.ts';
import { imageMemberRoutes } from './image-member.ts';
import { schemaRoutes } from './schema.ts';

/** Minor versions of which all that concerns what we have is here. */
const versions = ['v2.9', 'v2.7', 'v2.6', 'v2.5', 'v2.4', 'v2.3', 'v2.2', 'v2.1', 'v2.0'] as const;

function documents(status: 200 | 300) {
  return ({ endpoint }: Asked): Answer => ({
    status,
    body: {
      versions: versions.map((id, index) => ({
        id,
        status: index === 0 ? 'CURRENT' : 'SUPPORTED',
        links: [{ rel: 'self', href: `${endpoint}/v2/` }],
      })),
    },
  });
}

const versionRoutes: readonly Route[] = [
  { method: 'GET', path: '', answer: documents(300), isPublic: true },
  { method: 'GET', path: '/', answer: documents(300), isPublic: true },
  { method: 'GET', path: '/versions', answer: documents(200), isPublic: true },
];

/** Images, as OpenStack's Glance speaks. */
export function glance(files: ImageFiles): Service {
  return {
    prefix: '/image',
    fault: glanceFault,
    statuses: { quota_exceeded: 413, image_refused: 400, disk_full: 413 },
    versions: null,
    routes: [...versionRoutes, ...schemaRoutes, ...imageFileRoutes(files), ...imageRoutes, ...imageMemberRoutes],
  };
}
