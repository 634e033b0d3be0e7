import type { DesiredRule } from '@unkai/contracts/host/desired';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatIpv4, formatPrefix, parseIpv4, parsePrefix, prefixHolds } from '../../src/flows/ipv4.ts';
import { formatIpv6, linkLocalAddress, parseAnyPrefix, parseIpv6, parseIpv6Prefix } from '../../src/flows/ipv6.ts';
import { callerAddress, callerAddress6, callerPort, cookie } from '../../src/flows/layout.ts';
import { portFlows } from '../../src/flows/pipeline.ts';
import { portMasks } from '../../src/flows/rules.ts';
import { checkFlows } from '../../src/tools/ovs-flows.ts';

const portNumber = fc.integer({ min: 0, max: 65_535 });

/** As the switch reads `value/mask`, or a plain value. */
const matches = (mask: string, port: number) => {
  const [value = '', bits = '0xffff'] = mask.split('/');
  return (port & Number(bits)) === Number(value);
};

test('a range of ports as masks holds exactly its ports, in at most 30 pieces', () => {
  const property = fc.property(portNumber, portNumber, portNumber, (one, other, probe) => {
    const [from, to] = one < other ? [one, other] : [other, one];
    const masks = portMasks(from, to);
    expect(masks.length).toBeLessThanOrEqual(30);
    for (const port of [from, to, from - 1, to + 1, probe].filter((value) => value >= 0 && value <= 65_535)) {
      expect(masks.filter((mask) => matches(mask, port)).length, `port ${port}`).toBe(
        port >= from && port <= to ? 1 : 0,
      );
    }
  });
  fc.assert(property);
});

test('callers of the metadata service and ports are one to one', () => {
  const property = fc.property(portNumber, fc.integer({ min: 0, max: 63 }), (port, index) => {
    expect(callerPort(callerAddress(port, index))).toBe(port);
    expect(callerPort(callerAddress6(port))).toBe(port);
  });
  fc.assert(property);
  expect([callerAddress(0, 0), callerAddress(65_535, 63)]).toEqual(['100.64.0.0', '100.127.255.255']);
  for (const stranger of ['100.63.255.255', '100.128.0.0', '10.0.0.1', '::1', 'fd00:a9fe:a9fe:1::1:0', 'x'])
    expect(callerPort(stranger)).toBeNull();
});

test('addresses and prefixes are read strictly, and written as they were read', () => {
  fc.assert(
    fc.property(fc.ipV4(), (text) => {
      expect(formatIpv4(parseIpv4(text) ?? -1)).toBe(text);
    }),
  );
  expect(parsePrefix('10.0.0.77/24')).toEqual(parsePrefix('10.0.0.0/24'));
  expect(formatPrefix(parsePrefix('255.255.255.255') ?? { network: 0, length: 0 })).toBe('255.255.255.255/32');
  for (const text of [
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0',
    '010.0.0.0/8',
    '::/0',
    '',
    ' 10.0.0.0/8',
  ]) {
    expect(parsePrefix(text), text).toBeNull();
  }
  const property = fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (text, length) => {
    const prefix = parsePrefix(`${text}/${length}`);
    expect(prefix !== null && prefixHolds(prefix, parseIpv4(text) ?? -1)).toBe(true);
  });
  fc.assert(property);
});

test('IPv6 addresses and prefixes are read strictly, and written in one way', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const value = parseIpv6(text) ?? -1n;
      expect(value).toBeGreaterThanOrEqual(0n);
      expect(parseIpv6(formatIpv6(value))).toBe(value);
      expect(formatIpv6(value)).toBe(new URL(`http://[${text}]/`).hostname.slice(1, -1));
    }),
  );
  const property = fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (text, length) => {
    const prefix = parseAnyPrefix(`${text}/${length}`);
    expect(prefix?.family).toBe(6);
    expect(parseAnyPrefix(prefix?.text ?? '')).toEqual(prefix);
  });
  fc.assert(property);
  expect(linkLocalAddress('fa:16:3e:00:00:0b')).toBe('fe80::f816:3eff:fe00:b');
  for (const text of ['::/129', '::/-1', '::/064', '2001:db8::/64/64', 'fe80::1%eth0', ':::', '1.2.3.4', '', ' ::']) {
    expect(parseIpv6Prefix(text), text).toBeNull();
  }
});

test('no two owners of flows share a cookie', () => {
  const key = fc.integer({ min: 1, max: 2 ** 24 - 1 });
  fc.assert(
    fc.property(key, portNumber, (network, port) => {
      expect(cookie.network(network)).not.toBe(cookie.port(port));
    }),
  );
});

test('A46: whatever stands in a rule, a port’s flows are single flows of its own', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('0.0.0.0/0\nadd table=0,actions=NORMAL', '1.2.3.4,actions=output:1'),
  );
  const rule = fc.record({
    direction: fc.constantFrom('ingress', 'egress'),
    family: fc.constantFrom(4, 6),
    protocol: fc.oneof(fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const, 'any' as const), fc.nat(255)),
    icmpType: fc.option(fc.integer()),
    icmpCode: fc.option(fc.integer()),
    portMin: fc.option(fc.double()),
    portMax: fc.option(fc.integer()),
    remotePrefix: fc.option(text),
  }) satisfies fc.Arbitrary<DesiredRule>;
  const port = {
    ofport: 101,
    tunnelKey: 7,
    macAddress: 'fa:16:3e:00:00:0b',
    addresses: ['10.0.0.11', '2001:db8::b'],
    serviceOfport: 100,
    serviceAddresses: ['10.0.0.2'],
  };
  const pair = fc.record({
    macAddress: fc.option(text),
    prefix: fc.oneof(text, fc.constantFrom('10.0.0.0/8', '::/0')),
  });
  const several = { maxLength: 5 };
  const all = [fc.array(rule, several), fc.array(pair, several), fc.boolean()] as const;
  const property = fc.property(...all, (rules, pairs, isSecured) => {
    const { flows } = portFlows({ ...port, pairs, isSecured }, rules);
    checkFlows(flows);
    for (const flow of flows) {
      expect(flow.split('actions=')).toHaveLength(2);
      // Each is about this port, or about its own addresses in its own network.
      expect(flow).toMatch(/in_port=101,|in_port=2,|reg[57]=101,|metadata=7,/);
    }
  });
  fc.assert(property);
});

test('a flow with a line break, or anything else that is not one flow, is refused', () => {
  for (const text of ['table=0,actions=drop\nadd table=0,actions=NORMAL', 'delete', '', 'table=0,actions=drop;x']) {
    expect(() => checkFlows([text])).toThrow('is not one flow');
  }
});
