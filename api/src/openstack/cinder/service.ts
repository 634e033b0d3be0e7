import { novaFault } from '../errors.ts';
import type { Service } from '../service.ts';
import { quotaRoutes } from './quota.ts';
import { cinderVersions, versionRoutes } from './version.ts';
import { volumeRoutes } from './volume.ts';
import { volumeTypeRoutes } from './volume-type.ts';

/** Quotas and limits of volumes and their types, as OpenStack's Cinder speaks. */
export const cinder: Service = {
  prefix: '/volume',
  fault: novaFault,
  statuses: {},
  versions: cinderVersions,
  routes: [...versionRoutes, ...quotaRoutes, ...volumeRoutes, ...volumeTypeRoutes],
};
