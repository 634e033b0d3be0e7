import type { DesiredRule } from '@unkai/contracts/host/desired';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIpv4, parsePrefix, prefixHolds } from '../../src/flows/ipv4.ts';
import { securityRules } from '../../src/flows/security.ts';
import { allowIngress } from '../specs.ts';

const port = {
  ofport: 101,
  tunnelKey: 7,
  macAddress: 'fa:16:3e:00:00:0b',
  addresses: ['10.0.0.11'],
  pairs: [],
  isSecured: true,
  serviceOfport: 100,
  serviceAddresses: ['10.0.0.2'],
};
type Packet = { protocol: 'tcp' | 'udp'; source: string; port: number };

/** What the switch would do with the first packet of a connection to the port, by the flows alone. */
function lets(flows: readonly string[], packet: Packet): boolean {
  const matching = flows.flatMap((flow) => {
    const [match = '', actions = ''] = flow.split(',actions=');
    return match.startsWith('table=51,') && fields(match).every((field) => holds(field, packet))
      ? [{ match, actions }]
      : [];
  });
  const plain = matching.filter(({ match, actions }) => !match.includes('conj_id=') && actions.startsWith('ct(commit'));
  if (plain.length > 0) return true;
  const halves = new Set(matching.flatMap(({ actions }) => actions.match(/conjunction\(\d+,\d\/2\)/g) ?? []));
  const numbers = [...halves].map((half) => half.match(/\d+/)?.[0]);
  const whole = numbers.filter((id) => halves.has(`conjunction(${id},1/2)`) && halves.has(`conjunction(${id},2/2)`));
  return whole.some((id) =>
    flows.some((flow) => flow.includes(`ct_state=-rpl-inv+trk,reg7=101,conj_id=${id},ip,actions=ct(`)),
  );
}

/** Fields that tell one new packet to the port from another. */
const fields = (match: string) =>
  match.split(',').filter((field) => !/^(table|priority|reg7|conj_id)=|^ct_state=-rpl/.test(field));

function holds(field: string, { protocol, source, port: asked }: Packet): boolean {
  const [name, value = ''] = field.split('=');
  if (name === 'ip' || name === protocol) return true;
  if (name === 'nw_src') return prefixHolds(parsePrefix(value) ?? { network: -1, length: 32 }, parseIpv4(source) ?? 0);
  const [wanted, mask = '0xffff'] = value.split('/');
  return name === 'tp_dst' && (asked & Number(mask)) === Number(wanted);
}

const member = fc.integer({ min: 1, max: 12 }).map((number) => `10.0.0.${number}`);
const remote = fc.oneof(
  member.map((address) => `${address}/32`),
  fc.constantFrom('10.0.0.0/29', '0.0.0.0/0'),
);
const range = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(9));
/** As of a group: all of its members at one range of ports. */
const ofGroup = fc
  .tuple(fc.array(remote, { minLength: 1, maxLength: 8 }), range, fc.constantFrom('tcp' as const, 'udp' as const))
  .map(([prefixes, [portMin, length], protocol]) =>
    prefixes.map((prefix): DesiredRule => ({ ...allowIngress(protocol, portMin, prefix), portMax: portMin + length })),
  );
const packets = fc.record({
  protocol: fc.constantFrom('tcp' as const, 'udp' as const),
  source: member,
  port: fc.integer({ min: 1, max: 50 }),
});

describe('rules that name a group', () => {
  test('let in what their lines, one for each member, would each let in, and nothing else', () => {
    const property = fc.property(
      fc.array(ofGroup, { maxLength: 5 }),
      fc.array(packets, { maxLength: 30 }),
      (groups, sent) => {
        const rules = groups.flat();
        const flows = securityRules(port, rules);
        for (const packet of sent) {
          const isAllowed = rules.some(
            ({ protocol, portMin, portMax, remotePrefix }) =>
              protocol === packet.protocol &&
              packet.port >= (portMin ?? 0) &&
              packet.port <= (portMax ?? 0) &&
              prefixHolds(
                parsePrefix(remotePrefix ?? '') ?? { network: -1, length: 32 },
                parseIpv4(packet.source) ?? 0,
              ),
          );
          expect(lets(flows, packet), JSON.stringify(packet)).toBe(isAllowed);
        }
      },
    );
    fc.assert(property);
  });

  test('cost a flow for each member and each range of ports, and not for each pair of them', () => {
    const members = Array.from({ length: 200 }, (_, index) => `10.0.1.${index + 1}/32`);
    const services = Array.from({ length: 50 }, (_, index) => 1000 + index);
    const rules = members.flatMap((from) => services.map((number) => allowIngress('tcp', number, from)));
    expect(rules).toHaveLength(10_000);
    expect(securityRules(port, rules)).toHaveLength(200 + 50 + 2);
  });

  test('numbers of two ports never meet, nor do those of two sets of one', () => {
    const rules = [22, 80].flatMap((number) =>
      [1, 2, 3, 4, 5].map((last) => allowIngress('tcp', number, `10.0.${number}.${last}/32`)),
    );
    const idsAt = (ofport: number) =>
      securityRules({ ...port, ofport }, rules).flatMap((flow) => /conj_id=(\d+)/.exec(flow)?.[1] ?? []);
    const ids = [101, 102, 65_000].flatMap((ofport) => [...new Set(idsAt(ofport))]);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
    expect(Math.max(...ids.map(Number))).toBeLessThan(2 ** 32);
  });
});
