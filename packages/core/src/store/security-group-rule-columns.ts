import { familyOf } from '@unkai/contracts/address-form';
import type { Protocol, securityGroupRuleCreate } from '@unkai/contracts/resources/security-group';
import type { z } from 'zod';
import { canonicalPrefix } from '../address/ipam.ts';

export type NewRule = Omit<z.infer<typeof securityGroupRuleCreate>, 'securityGroupId'>;

/** A rule as it is kept: its family, prefix and protocol in the one way that each is written. */
export function ruleColumns({ direction, portMin, portMax, remotePrefix, remoteGroupId, description, ...of }: NewRule) {
  const family = of.family ?? (remotePrefix === undefined ? 4 : familyOf(remotePrefix));
  const prefix = remotePrefix === undefined ? null : canonicalPrefix(remotePrefix);
  return {
    direction,
    family,
    protocol: storedProtocol(of.protocol, family),
    icmpType: of.icmpType ?? null,
    icmpCode: of.icmpCode ?? null,
    portMin: portMin ?? null,
    portMax: portMax ?? null,
    remotePrefix: prefix,
    remoteGroupId: remoteGroupId ?? null,
    description,
  };
}

/** Numbers that have a name here, by family. */
const numbered: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  4: { 1: 'icmp', 6: 'tcp', 17: 'udp' },
  6: { 58: 'icmp', 6: 'tcp', 17: 'udp' },
};

/** A protocol in the one way that it is kept. */
function storedProtocol(protocol: Protocol, family: number): string {
  return typeof protocol === 'number' ? (numbered[family]?.[protocol] ?? String(protocol)) : protocol;
}
