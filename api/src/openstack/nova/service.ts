import { novaFault } from '../errors.ts';
import type { Service } from '../service.ts';
import { aggregateRoutes } from './aggregate.ts';
import { flavorRoutes } from './flavor.ts';
import { hostRoutes } from './host.ts';
import { hypervisorSearchRoutes } from './hypervisor-search.ts';
import { instanceActionRoutes } from './instance-action.ts';
import { keyPairRoutes } from './key-pair.ts';
import { limitRoutes } from './limits.ts';
import { securityGroupRoutes } from './security-group.ts';
import { serverRoutes } from './server.ts';
import { serverActionRoutes } from './server-action.ts';
import { serverGroupRoutes } from './server-group.ts';
import { serverInterfaceRoutes } from './server-interface.ts';
import { serverPartRoutes } from './server-parts.ts';
import { simpleTenantUsageRoutes } from './simple-tenant-usage.ts';
import { novaVersions, versionRoutes } from './version.ts';

/** Compute, as OpenStack's Nova speaks. */
export const nova: Service = {
  prefix: '/compute',
  fault: novaFault,
  statuses: { image_refused: 400, addresses_exhausted: 409, no_capacity: 409 },
  versions: novaVersions,
  alias: { path: '/v2', of: '/v2.1' },
  routes: [
    ...versionRoutes,
    ...flavorRoutes,
    ...keyPairRoutes,
    ...serverRoutes,
    ...serverActionRoutes,
    ...serverPartRoutes,
    ...serverInterfaceRoutes,
    ...instanceActionRoutes,
    ...securityGroupRoutes,
    ...limitRoutes,
    ...simpleTenantUsageRoutes,
    ...hostRoutes,
    ...aggregateRoutes,
    ...serverGroupRoutes,
    ...hypervisorSearchRoutes,
  ],
};
