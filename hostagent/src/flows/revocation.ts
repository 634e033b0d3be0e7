import type { DesiredRule } from '@unkai/contracts/host/desired';
import { parseIpv4, parsePrefix, prefixHolds } from './ipv4.ts';
import { portRange, RuleError } from './rules.ts';

/** A tracked connection in a port's zone: who began it and towards whom. Ports are null where the protocol has none. */
export type Connection = {
  protocol: string;
  source: string;
  destination: string;
  sourcePort: number | null;
  destinationPort: number | null;
};

/**
 * The connections that no rule allows any more. Packets of known connections pass without asking the rules again, so
 * what a removed rule had let in must be cut by hand; what another rule still allows is left in peace.
 */
export function revokedConnections(
  connections: readonly Connection[],
  addresses: readonly string[],
  rules: readonly DesiredRule[],
): Connection[] {
  return connections.filter((connection) => {
    const direction = addresses.includes(connection.source) ? 'egress' : 'ingress';
    const remote = direction === 'egress' ? connection.destination : connection.source;
    return !rules.some((rule) => rule.direction === direction && allows(rule, connection, remote));
  });
}

function allows(rule: DesiredRule, connection: Connection, remote: string): boolean {
  if (rule.protocol !== 'any' && rule.protocol !== connection.protocol) return false;
  const remoteValue = parseIpv4(remote);
  if (remoteValue === null) return false;
  const prefix = rule.remotePrefix === null ? undefined : parsePrefix(rule.remotePrefix);
  if (prefix === null || (prefix !== undefined && !prefixHolds(prefix, remoteValue))) return false;
  try {
    const ports = portRange(rule);
    if (ports === null) return true;
    const port = connection.destinationPort;
    return port !== null && port >= ports.min && port <= ports.max;
  } catch (error) {
    // A rule that cannot be written as a flow allows nothing.
    if (error instanceof RuleError) return false;
    throw error;
  }
}
