import { findPlace } from '@unkai/core/store/project';
import type { Answer, Asked, Route } from '../service.ts';

/**
 * There are no volumes yet, nor anything made of them, and lists say so: programs that look through a project, such as
 * `openstack project cleanup`, ask every service of the catalog and end at the first that does not answer.
 */
function empty(name: string) {
  return async ({ call, id }: Asked): Promise<Answer> => {
    await findPlace(call, 'limits:read', id('place', 'project'));
    return { status: 200, body: { [name]: [] } };
  };
}

export const volumeRoutes: readonly Route[] = ['volumes', 'snapshots', 'backups'].flatMap((name): Route[] => [
  { method: 'GET', path: `/v3/:place/${name}`, answer: empty(name) },
  { method: 'GET', path: `/v3/:place/${name}/detail`, answer: empty(name) },
]);
