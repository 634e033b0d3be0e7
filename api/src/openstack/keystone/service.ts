import { keystoneFault } from '../errors.ts';
import type { Service } from '../service.ts';
import { authRoutes } from './auth.ts';
import { versionRoutes } from './version.ts';

/** Identity, as OpenStack's Keystone speaks. */
export const keystone: Service = {
  prefix: '/identity',
  fault: keystoneFault,
  statuses: {},
  versions: null,
  routes: [...versionRoutes, ...authRoutes],
};
