import { expect, test } from 'vitest';
import { answer } from '../../src/flows/neighbours.ts';
import { networkFlows } from '../../src/flows/pipeline.ts';
import { qosFlows } from '../../src/flows/qos.ts';
import { routerPortFlows } from '../../src/flows/router-port.ts';

const network = {
  tunnelKey: 7,
  serviceOfport: 100,
  serviceAddresses: ['203.0.113.2'],
  localOfports: [101, 102],
  openOfports: [],
  gateways: [],
  neighbours: [
    {
      macAddress: 'fa:16:3e:00:00:63',
      addresses: ['203.0.113.99'],
      underlayAddress: '192.0.2.2',
      kind: 'guest' as const,
    },
  ],
  segment: { kind: 'physical' as const, ofport: 110 },
};
const toAll = 'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00';
const local = 'set_field:101->reg7,resubmit(,50),set_field:102->reg7,resubmit(,50)';

test('a network of the data centre sends what it does not know to its uplink, and nothing back to where it came from', () => {
  const flows = networkFlows(network);
  const sent = flows.filter((flow) => flow.includes('output:110'));
  expect(sent).toEqual([
    `table=40,priority=50,metadata=7,reg1=0,${toAll},actions=${local},output:110`,
    'table=40,priority=10,metadata=7,reg1=0,actions=output:110',
  ]);
  expect(flows).toContain(`table=40,priority=60,metadata=7,reg1=3,${toAll},actions=${local}`);
  expect(flows.join('\n')).not.toContain('tun_');
});

test('who asks from outside is not told of what other hosts have', () => {
  const flows = networkFlows(network);
  const priority = (match: string) =>
    Number(/priority=(\d+)/.exec(flows.find((each) => each.includes(match)) ?? '')?.[1]);
  const passedOn = priority('arp,metadata=7,reg1=3,arp_op=1');
  expect(passedOn).toBeGreaterThan(priority('arp_tpa=203.0.113.99'));
  expect(passedOn).toBeGreaterThan(priority('arp_tpa=203.0.113.2'));
  const own = { address: '203.0.113.5', macAddress: 'fa:16:3e:00:00:05', isRouter: true };
  const port = { ofport: 103, tunnelKey: 7, macAddress: own.macAddress, addresses: [own.address] };
  expect(routerPortFlows(port)).toContain(answer(110, 'metadata=7,', own));
  expect(passedOn).toBeLessThan(110);
});

test('GRE goes by its own tunnel, and a local network by none', () => {
  const gre = networkFlows({ ...network, segment: { kind: 'tunnel', ofport: 3 } }).join('\n');
  expect(gre).toContain('in_port=3,tun_id=7,tun_src=192.0.2.2');
  expect(gre).toContain('set_field:192.0.2.2->tun_dst,output:3');
  const alone = networkFlows({ ...network, segment: { kind: 'local' } }).join('\n');
  expect(alone).not.toContain('tun_');
  expect(alone).not.toContain('output:110');
});

test('a policy meters what the guest sends and marks it; one that says nothing of either changes no flow', () => {
  const limit = { kilobitsPerSecond: 1000, burstKilobits: 0 };
  const port = { ofport: 101, tunnelKey: 7 };
  const enter = 'set_field:7->metadata,set_field:101->reg5,goto_table:10';
  expect(qosFlows(port, { egress: limit, ingress: null, dscpMark: 46 })).toEqual([
    `table=0,priority=101,in_port=101,vlan_tci=0x0000/0x1000,ip,actions=meter:101,set_field:46->ip_dscp,${enter}`,
    `table=0,priority=101,in_port=101,vlan_tci=0x0000/0x1000,ipv6,actions=meter:101,set_field:46->ip_dscp,${enter}`,
  ]);
  expect(qosFlows(port, { egress: null, ingress: limit, dscpMark: null })).toEqual([]);
});
