import { sql } from 'kysely';
import { deviceOwners } from '../store/router.ts';

/**
 * The host at which a floating IP (of the row `floating_ip`) goes out and comes in, when that is not its router's: the one
 * of its guest, where it reaches the external network and its agent knows how. Null for one that passes at the router.
 */
export const branchHost = sql<string | null>`(
  SELECT near.id FROM port AS reached
  JOIN server AS guest ON guest.id = reached.server_id
  JOIN host AS near ON near.id = guest.host_id
  JOIN router AS through ON through.id = floating_ip.router_id
  JOIN network AS outside ON outside.id = floating_ip.network_id
  JOIN port AS outer_port ON outer_port.router_id = through.id AND outer_port.device_owner = ${sql.lit(deviceOwners.gateway)}
  JOIN port_address AS outer_address ON outer_address.port_id = outer_port.id
  JOIN subnet AS outer_subnet ON outer_subnet.id = outer_address.subnet_id
    AND floating_ip.address::inet << outer_subnet.cidr::inet
  WHERE reached.id = floating_ip.port_id AND floating_ip.fixed_address IS NOT NULL
    AND through.is_enabled AND through.host_id IS DISTINCT FROM near.id
    -- What such a route leads to is the router's to know.
    AND NOT through.routes @> '[{"destination": "0.0.0.0/0"}]'
    AND near.facts -> 'nouns' @> '"router-branch"'
    AND near.facts -> 'physicalNetworks' @> jsonb_build_array(jsonb_build_object('name', outside.physical_network))
  LIMIT 1)`;
