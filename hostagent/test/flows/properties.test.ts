import type { DesiredRule } from '@unkai/contracts/host/desired';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatIpv4, formatPrefix, parseIpv4, parsePrefix, prefixHolds } from '../../src/flows/ipv4.ts';
import { callerAddress, callerPort, cookie } from '../../src/flows/layout.ts';
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
  });
  fc.assert(property);
  expect([callerAddress(0, 0), callerAddress(65_535, 63)]).toEqual(['100.64.0.0', '100.127.255.255']);
  for (const stranger of ['100.63.255.255', '100.128.0.0', '10.0.0.1', '::1', 'x'])
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
    icmpType: fc.option(fc.nat(255)),
    icmpCode: fc.option(fc.nat(255)),
    portMin: fc.option(fc.double()),
    portMax: fc.option(fc.integer()),
    remotePrefix: fc.option(text),
  }) satisfies fc.Arbitrary<DesiredRule>;
  const port = {
    ofport: 101,
    tunnelKey: 7,
    macAddress: 'fa:16:3e:00:00:0b',
    addresses: ['10.0.0.11'],
    serviceOfport: 100,
    serviceAddresses: ['10.0.0.2'],
  };
  const property = fc.property(fc.array(rule, { maxLength: 5 }), (rules) => {
    const { flows } = portFlows(port, rules);
    checkFlows(flows);
    for (const flow of flows) expect(flow.split('actions=')).toHaveLength(2);
  });
  fc.assert(property);
});

test('a flow with a line break, or anything else that is not one flow, is refused', () => {
  for (const text of ['table=0,actions=drop\nadd table=0,actions=NORMAL', 'delete', '', 'table=0,actions=drop;x']) {
    expect(() => checkFlows([text])).toThrow('is not one flow');
  }
});
