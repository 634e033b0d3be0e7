import { given } from './denial-verdicts.ts';
import type { DoorRow } from './openstack-denial-table.ts';

// At /v1 those of their domain are asked for.
const ofNoDomain = given(403, 'domain reader', 'domain manager', 'domain admin');

const lists = ['volumes', 'snapshots', 'backups'].flatMap((name): DoorRow[] => [
  { route: `GET /:place/${name}`, as: 'limits.get' },
  { route: `GET /:place/${name}/detail`, as: 'limits.get' },
]);

/** Below `/volume/v3`. */
export const cinderRows: readonly DoorRow[] = [
  ...lists,
  { route: 'GET /:place/types', as: 'limits.get' },
  { route: 'GET /:place/limits', as: 'limits.get' },
  { route: 'GET /:place/os-quota-class-sets/default', as: 'quotaDefault.get', instead: ofNoDomain },
  {
    route: 'PUT /:place/os-quota-class-sets/default',
    as: 'quotaDefault.update',
    body: () => ({ quota_class_set: { volumes: 1_000_000 } }),
  },
  { route: 'GET /:place/os-quota-sets/:project', as: 'limits.get' },
  {
    route: 'PUT /:place/os-quota-sets/:project',
    as: 'limits.update',
    body: () => ({ quota_set: { volumes: 1_000_000 } }),
  },
  { route: 'DELETE /:place/os-quota-sets/:project', as: 'limits.update' },
  { route: 'GET /:place/os-quota-sets/:project/defaults', as: 'limits.get' },
];
