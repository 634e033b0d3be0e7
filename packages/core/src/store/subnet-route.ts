import type { HostRoute } from '@unkai/contracts/resources/subnet';
import { canonicalPrefix } from '../address/ipam.ts';
import { refuseField } from './refusal.ts';

/** Throws `invalid_input` for a route that the gateway or the metadata service has, or that is there twice. */
export function checkRoutes(routes: readonly HostRoute[]): void {
  const seen = new Set<string>();
  for (const { destination } of routes) {
    const canonical = canonicalPrefix(destination);
    if (canonical !== destination)
      throw refuseField(
        'hostRoutes',
        `${destination} has bits set outside its prefix`,
        `Send ${canonical} as the destination.`,
      );
    if (canonical === '0.0.0.0/0' || canonical === '::/0')
      throw refuseField(
        'hostRoutes',
        'the way to everywhere is gatewayAddress',
        'Leave this route out, and send its next hop as gatewayAddress.',
      );
    if (canonical === metadataPrefix)
      throw refuseField('hostRoutes', `${destination} is the metadata service`, 'Leave this route out.');
    if (seen.has(canonical))
      throw refuseField('hostRoutes', `${destination} is there twice`, 'Name each destination once.');
    seen.add(canonical);
  }
}

const metadataPrefix = '169.254.169.254/32';
