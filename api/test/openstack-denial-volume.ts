import { given, unique } from './denial-verdicts.ts';
import type { DoorRow } from './openstack-denial-table.ts';

// At /v1 those of their domain are asked for.
const ofNoDomain = given(403, 'domain reader', 'domain manager', 'domain admin');

const lists = ['volumes', 'snapshots', 'backups'].flatMap((name): DoorRow[] => [
  { route: `GET /:place/${name}`, as: 'limits.get' },
  { route: `GET /:place/${name}/detail`, as: 'limits.get' },
]);

const types: readonly DoorRow[] = [
  { route: 'GET /:place/types', as: 'volumeType.list' },
  { route: 'POST /:place/types', as: 'volumeType.create', body: () => ({ volume_type: { name: unique() } }) },
  // There is none: who may ask is told so.
  { route: 'GET /:place/types/default', as: 'volumeType.list', permitted: 404 },
  { route: 'GET /:place/types/:type', as: 'volumeType.get' },
  {
    route: 'PUT /:place/types/:type',
    as: 'volumeType.update',
    body: () => ({ volume_type: { description: 'x' } }),
  },
  { route: 'GET /:place/types/:type/extra_specs', as: 'volumeType.get' },
  {
    route: 'POST /:place/types/:type/extra_specs',
    as: 'volumeType.update',
    body: () => ({ extra_specs: { key: 'value' } }),
  },
  { route: 'GET /:place/types/:type/extra_specs/:key', as: 'volumeType.get' },
  { route: 'PUT /:place/types/:type/extra_specs/:key', as: 'volumeType.update', body: () => ({ key: 'other' }) },
  { route: 'DELETE /:place/types/:type/extra_specs/:key', as: 'volumeType.update' },
  { route: 'GET /:place/types/:type/encryption', as: 'volumeType.get' },
  { route: 'GET /:place/types/:type/os-volume-type-access', as: 'volumeType.access' },
  {
    route: 'POST /:place/types/:type/action',
    as: 'volumeType.allow',
    // From here on its project sees the type: another one is let in.
    body: ({ server }) => ({ addProjectAccess: { project: server } }),
  },
  { route: 'DELETE /:place/types/:type', as: 'volumeType.delete' },
];

/** Below `/volume/v3`. */
export const cinderRows: readonly DoorRow[] = [
  ...lists,
  ...types,
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
