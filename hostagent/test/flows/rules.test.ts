import type { DesiredRule } from '@unkai/contracts/host/desired';
import { describe, expect, test } from 'vitest';
import { ruleMatches } from '../../src/flows/rules.ts';
import { allowIngress } from '../specs.ts';

describe('a rule', () => {
  const matches = (over: Partial<DesiredRule>) => ruleMatches({ ...allowIngress('any', null), ...over });

  test('is of one family, for protocols by name or number, and types and codes of ICMP', () => {
    expect(matches({ family: 6 })).toEqual(['ipv6']);
    expect(matches({ family: 6, protocol: 'tcp', portMin: 22, portMax: 22 })).toEqual(['tcp6,tp_dst=22']);
    expect(matches({ family: 6, protocol: 'udp', remotePrefix: '2001:DB8::1/64' })).toEqual([
      'udp6,ipv6_src=2001:db8::/64',
    ]);
    expect(matches({ family: 6, remotePrefix: '::/0' })).toEqual(['ipv6']);
    expect(matches({ protocol: 'icmp', icmpType: 8 })).toEqual(['icmp,icmp_type=8']);
    expect(matches({ family: 6, protocol: 'icmp', icmpType: 128, icmpCode: 0 })).toEqual([
      'icmp6,icmpv6_type=128,icmpv6_code=0',
    ]);
    expect(matches({ family: 6, protocol: 58 })).toEqual(['icmp6']);
    expect(matches({ protocol: 112 })).toEqual(['ip,nw_proto=112']);
    expect(matches({ family: 6, protocol: 50 })).toEqual(['ipv6,nw_proto=50']);
    expect(matches({ protocol: 132, portMin: 5000, portMax: 5000 })).toEqual(['sctp,tp_dst=5000']);
  });

  test('A46: what does not fit together is refused by name', () => {
    expect(() => matches({ family: 6, remotePrefix: '10.0.0.0/8' })).toThrow('"10.0.0.0/8" is not an IPv6 prefix');
    expect(() => matches({ remotePrefix: '2001:db8::/64' })).toThrow('"2001:db8::/64" is not an IPv4 prefix');
    expect(() => matches({ protocol: 'tcp', icmpType: 8 })).toThrow('goes only with icmp, not with tcp');
    expect(() => matches({ protocol: 'icmp', icmpCode: 0 })).toThrow('a code of ICMP needs its type');
    expect(() => matches({ protocol: 'icmp', icmpType: 256 })).toThrow('are 0 to 255');
    expect(() => matches({ protocol: 112, portMin: 1, portMax: 2 })).toThrow('ports go only with tcp, udp and sctp');
  });
});
