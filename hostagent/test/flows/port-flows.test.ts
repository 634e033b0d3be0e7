import { describe, expect, test } from 'vitest';
import { antiSpoof } from '../../src/flows/anti-spoof.ts';
import { classifyNetwork, classifyPort } from '../../src/flows/classify.ts';
import { layer2Network, layer2Port } from '../../src/flows/layer2.ts';
import type { FlowNetwork, FlowPort } from '../../src/flows/layout.ts';
import { metadataFlows } from '../../src/flows/metadata.ts';
import { neighboursNetwork, neighboursPort } from '../../src/flows/neighbours.ts';
import { baseFlows, portFlows } from '../../src/flows/pipeline.ts';
import { securityRules } from '../../src/flows/security.ts';
import { allowAllEgress, allowIngress } from '../specs.ts';

const port: FlowPort = {
  ofport: 101,
  tunnelKey: 7,
  macAddress: 'fa:16:3e:00:00:0b',
  addresses: ['10.0.0.11', '2001:db8::b'],
  pairs: [],
  isSecured: true,
  serviceOfport: 100,
  serviceAddresses: ['10.0.0.2', '2001:db8::2'],
};
const mac = 'dl_src=fa:16:3e:00:00:0b';
const linkLocal = 'fe80::f816:3eff:fe00:b';

const network: FlowNetwork = {
  tunnelKey: 7,
  serviceOfport: 100,
  serviceAddresses: ['10.0.0.2', '2001:db8::2'],
  segment: { kind: 'tunnel', ofport: 1 },
  localOfports: [101, 102],
  openOfports: [102],
  gateways: [{ prefix: '2001:db8::/64', macAddress: 'fa:16:3e:00:00:01' }],
  neighbours: [
    {
      macAddress: 'fa:16:3e:00:00:63',
      addresses: ['10.0.0.99', '2001:db8::63'],
      underlayAddress: '192.0.2.2',
      kind: 'guest',
    },
    { macAddress: 'fa:16:3e:00:00:01', addresses: ['2001:db8::1'], underlayAddress: '192.0.2.2', kind: 'router' },
  ],
};

const commit = (register: number) => `ct(commit,zone=NXM_NX_REG${register}[0..15],exec(set_field:0->ct_mark))`;

describe('a port', () => {
  test('its packets are marked with network and port, and only without a VLAN tag', () => {
    expect(classifyPort(port)).toEqual([
      'table=0,priority=100,in_port=101,vlan_tci=0x0000/0x1000,actions=set_field:7->metadata,set_field:101->reg5,goto_table:10',
    ]);
  });

  test('A43: it sends from its own addresses, speaks of itself, and asks one server', () => {
    const from = 'in_port=101';
    const discovery = (address: string) => [
      `table=10,priority=108,${from},${mac},icmp6,icmpv6_type=135,ipv6_src=${address},nd_sll=fa:16:3e:00:00:0b,actions=goto_table:30`,
      `table=10,priority=108,${from},${mac},icmp6,icmpv6_type=136,ipv6_src=${address},nd_target=${address},nd_tll=fa:16:3e:00:00:0b,actions=goto_table:30`,
      `table=10,priority=108,${from},${mac},icmp6,icmpv6_type=135,ipv6_src=${address},nd_sll=00:00:00:00:00:00,actions=goto_table:30`,
      `table=10,priority=108,${from},${mac},icmp6,icmpv6_type=136,ipv6_src=${address},nd_target=${address},nd_tll=00:00:00:00:00:00,actions=goto_table:30`,
      `table=10,priority=106,${from},${mac},icmp6,icmpv6_type=135,ipv6_src=${address},actions=drop`,
      `table=10,priority=106,${from},${mac},icmp6,icmpv6_type=136,ipv6_src=${address},actions=drop`,
      `table=10,priority=100,${from},${mac},ipv6,ipv6_src=${address},actions=goto_table:20`,
    ];
    expect(antiSpoof(port)).toEqual([
      `table=10,priority=110,${from},${mac},udp,nw_src=0.0.0.0,nw_dst=255.255.255.255,tp_src=68,tp_dst=67,actions=output:100`,
      `table=10,priority=110,${from},${mac},udp,nw_src=10.0.0.11,nw_dst=255.255.255.255,tp_src=68,tp_dst=67,actions=output:100`,
      `table=10,priority=110,${from},${mac},udp,nw_src=10.0.0.11,nw_dst=10.0.0.2,tp_src=68,tp_dst=67,actions=output:100`,
      `table=10,priority=110,${from},${mac},udp6,ipv6_src=${linkLocal},ipv6_dst=ff02::1:2,tp_src=546,tp_dst=547,actions=output:100`,
      `table=10,priority=110,${from},${mac},icmp6,icmpv6_type=133,ipv6_src=${linkLocal},ipv6_dst=ff02::2,actions=output:100`,
      `table=10,priority=110,${from},${mac},icmp6,icmpv6_type=133,ipv6_src=::,ipv6_dst=ff02::2,actions=output:100`,
      `table=10,priority=120,${from},udp,tp_src=67,actions=drop`,
      `table=10,priority=120,${from},udp6,tp_src=547,actions=drop`,
      `table=10,priority=120,${from},icmp6,icmpv6_type=134,actions=drop`,
      `table=10,priority=120,${from},icmp6,icmpv6_type=137,actions=drop`,
      `table=10,priority=105,${from},ip,nw_dst=169.254.0.0/16,actions=drop`,
      `table=10,priority=100,${from},arp,${mac},arp_sha=fa:16:3e:00:00:0b,arp_op=1,arp_spa=0.0.0.0,actions=goto_table:30`,
      `table=10,priority=100,${from},ip,${mac},nw_src=10.0.0.11,actions=goto_table:20`,
      `table=10,priority=100,${from},arp,${mac},arp_sha=fa:16:3e:00:00:0b,arp_spa=10.0.0.11,actions=goto_table:30`,
      ...discovery(linkLocal),
      ...discovery('2001:db8::b'),
    ]);
  });

  test('an allowed address pair is one more that it may be, by its own MAC address or another', () => {
    const pairs = [
      { macAddress: null, prefix: '10.0.0.100/32' },
      { macAddress: '00:00:5e:00:01:07', prefix: '2001:db8::/120' },
    ];
    const more = antiSpoof({ ...port, pairs }).filter((flow) => !antiSpoof(port).includes(flow));
    expect(more.slice(0, 2)).toEqual([
      `table=10,priority=100,in_port=101,ip,${mac},nw_src=10.0.0.100/32,actions=goto_table:20`,
      `table=10,priority=100,in_port=101,arp,${mac},arp_sha=fa:16:3e:00:00:0b,arp_spa=10.0.0.100/32,actions=goto_table:30`,
    ]);
    expect(more.at(-1)).toBe(
      'table=10,priority=100,in_port=101,dl_src=00:00:5e:00:01:07,ipv6,ipv6_src=2001:db8::/120,actions=goto_table:20',
    );
    const bad = [
      { macAddress: null, prefix: '10.0.0.0/33' },
      { macAddress: 'x,actions=NORMAL', prefix: '10.0.0.0/24' },
    ];
    expect(portFlows({ ...port, pairs: bad }, [])).toEqual({
      flows: portFlows(port, []).flows,
      problems: [
        'its allowed address pair "10.0.0.0/33" is not an address or prefix',
        'its allowed address pair has "x,actions=NORMAL", which is not a MAC address',
      ],
    });
  });

  test('without port security it sends and hears whatever it wants, in its network and in no other', () => {
    const { flows } = portFlows({ ...port, isSecured: false }, []);
    expect(flows).toContain('table=10,priority=50,in_port=101,actions=goto_table:35');
    expect(flows).toContain('table=51,priority=200,reg7=101,actions=goto_table:60'.replace('51', '50'));
    expect(flows).toContain(classifyPort(port)[0]);
    expect(flows.filter((flow) => flow.endsWith('actions=drop') && flow.startsWith('table=10'))).toEqual([]);
  });

  test('A48: its metadata requests leave under an address that is its own on the host, and answers find back', () => {
    expect(metadataFlows(port).slice(0, 2)).toEqual([
      'table=10,priority=130,in_port=101,tcp,dl_src=fa:16:3e:00:00:0b,nw_src=10.0.0.11,nw_dst=169.254.169.254,tp_dst=80,' +
        'actions=set_field:100.64.0.101->ip_src,set_field:0e:01:a9:fe:a9:fe->eth_src,set_field:0e:00:a9:fe:a9:fe->eth_dst,output:2',
      'table=0,priority=100,in_port=2,tcp,nw_src=169.254.169.254,nw_dst=100.64.0.101,tp_src=80,' +
        'actions=set_field:10.0.0.11->ip_dst,set_field:0e:00:a9:fe:a9:fe->eth_src,set_field:fa:16:3e:00:00:0b->eth_dst,output:101',
    ]);
    expect(metadataFlows(port).slice(2)).toEqual([
      `table=10,priority=130,in_port=101,tcp6,${mac},ipv6_src=${linkLocal},ipv6_dst=fe80::a9fe:a9fe,tp_dst=80,` +
        'actions=set_field:fd00:a9fe:a9fe:1::65->ipv6_src,set_field:fd00:a9fe:a9fe::a9fe->ipv6_dst,set_field:0e:01:a9:fe:a9:fe->eth_src,set_field:0e:00:a9:fe:a9:fe->eth_dst,output:2',
      'table=0,priority=100,in_port=2,tcp6,ipv6_src=fd00:a9fe:a9fe::a9fe,ipv6_dst=fd00:a9fe:a9fe:1::65,tp_src=80,' +
        `actions=set_field:fe80::a9fe:a9fe->ipv6_src,set_field:${linkLocal}->ipv6_dst,set_field:0e:00:a9:fe:a9:fe->eth_src,set_field:fa:16:3e:00:00:0b->eth_dst,output:101`,
    ]);
  });

  test('others learn its MAC from the switch; it hears nothing about itself', () => {
    const [own, told, own6, told6] = neighboursPort(port);
    expect(own).toBe('table=30,priority=120,arp,metadata=7,reg5=101,arp_op=1,arp_tpa=10.0.0.11,actions=drop');
    expect(told).toBe(
      'table=30,priority=110,arp,metadata=7,arp_op=1,arp_tpa=10.0.0.11,actions=move:eth_src->eth_dst,' +
        'set_field:fa:16:3e:00:00:0b->eth_src,set_field:2->arp_op,move:arp_sha->arp_tha,move:arp_spa->arp_tpa,' +
        'set_field:fa:16:3e:00:00:0b->arp_sha,set_field:10.0.0.11->arp_spa,in_port',
    );
    expect(own6).toBe(
      'table=30,priority=120,icmp6,icmpv6_type=135,metadata=7,reg5=101,nd_target=2001:db8::b,actions=drop',
    );
    expect(told6).toBe(
      'table=30,priority=110,icmp6,icmpv6_type=135,metadata=7,nd_target=2001:db8::b,actions=move:eth_src->eth_dst,' +
        'set_field:fa:16:3e:00:00:0b->eth_src,move:ipv6_src->ipv6_dst,move:nd_target->ipv6_src,' +
        'set_field:2->nd_options_type,set_field:0x60000000->nd_reserved,set_field:136->icmpv6_type,resubmit(,31)',
    );
    expect(layer2Port(port)).toEqual([
      'table=40,priority=110,metadata=7,dl_dst=fa:16:3e:00:00:0b,actions=set_field:101->reg7,goto_table:50',
    ]);
  });

  test('its rules: by direction, protocol, ports as masks, and the other side', () => {
    expect(
      securityRules(port, [
        allowAllEgress,
        allowIngress('icmp', null),
        allowIngress('tcp', 22, '192.0.2.0/24'),
        { ...allowIngress('udp', null), portMin: 6, portMax: 9 },
      ]),
    ).toEqual([
      'table=21,priority=60,ct_state=+est-rpl-inv+trk,ct_mark=0,reg5=101,ip,actions=goto_table:35',
      `table=21,priority=50,ct_state=-rpl-inv+trk,reg5=101,ip,actions=${commit(5)},goto_table:35`,
      'table=51,priority=60,ct_state=+est-rpl-inv+trk,ct_mark=0,reg7=101,icmp,actions=goto_table:60',
      `table=51,priority=50,ct_state=-rpl-inv+trk,reg7=101,icmp,actions=${commit(7)},goto_table:60`,
      'table=51,priority=60,ct_state=+est-rpl-inv+trk,ct_mark=0,reg7=101,tcp,nw_src=192.0.2.0/24,tp_dst=22,actions=goto_table:60',
      `table=51,priority=50,ct_state=-rpl-inv+trk,reg7=101,tcp,nw_src=192.0.2.0/24,tp_dst=22,actions=${commit(7)},goto_table:60`,
      'table=51,priority=60,ct_state=+est-rpl-inv+trk,ct_mark=0,reg7=101,udp,tp_dst=0x6/0xfffe,actions=goto_table:60',
      `table=51,priority=50,ct_state=-rpl-inv+trk,reg7=101,udp,tp_dst=0x6/0xfffe,actions=${commit(7)},goto_table:60`,
      'table=51,priority=60,ct_state=+est-rpl-inv+trk,ct_mark=0,reg7=101,udp,tp_dst=0x8/0xfffe,actions=goto_table:60',
      `table=51,priority=50,ct_state=-rpl-inv+trk,reg7=101,udp,tp_dst=0x8/0xfffe,actions=${commit(7)},goto_table:60`,
    ]);
  });

  test('A46: a rule that cannot be written is named and left out; the rest of the port is as without it', () => {
    const good = [allowAllEgress, allowIngress('tcp', 22)];
    const bad = [
      { ...allowIngress('tcp', 80), remotePrefix: '10.0.0.0/33' },
      { ...allowIngress('icmp', null), portMin: 1, portMax: 2 },
      { ...allowIngress('tcp', null), portMin: 90, portMax: 80 },
    ];
    const { flows, problems } = portFlows(port, [...bad, ...good]);
    expect(flows).toEqual(portFlows(port, good).flows);
    expect(problems).toEqual([
      'its ingress rule for tcp cannot be used: "10.0.0.0/33" is not an IPv4 prefix such as 10.0.0.0/24',
      'its ingress rule for icmp cannot be used: ports go only with tcp, udp and sctp, not with icmp',
      'its ingress rule for tcp cannot be used: 90-80 is not a range of ports',
    ]);
  });
});

describe('a network', () => {
  test('its services and its tunnel packets are let in, the latter only from hosts that have a port of it', () => {
    const service = 'in_port=100';
    const of = 'dl_src=0e:00:a9:fe:a9:fe,actions=set_field:7->metadata,set_field:2->reg1';
    expect(classifyNetwork(network)).toEqual([
      `table=0,priority=100,${service},arp,${of},goto_table:30`,
      `table=0,priority=110,${service},icmp6,icmpv6_type=135,${of},goto_table:30`,
      `table=0,priority=100,${service},ip,${of},goto_table:40`,
      `table=0,priority=100,${service},ipv6,${of},goto_table:40`,
      'table=0,priority=100,in_port=1,tun_id=7,tun_src=192.0.2.2,actions=set_field:7->metadata,set_field:1->reg1,goto_table:40',
    ]);
    expect(classifyNetwork({ ...network, neighbours: [] })).toHaveLength(4);
  });

  test('who has an address is answered for its services, and for guests and routers on other hosts', () => {
    const answered = neighboursNetwork(network).map((flow) =>
      /(?:arp_tpa|nd_target)=([\da-f.:]+),.*eth_src->eth_dst,set_field:([\da-f:]+)/
        .exec(flow)
        ?.slice(1)
        .concat(flow.includes('0xe0000000') ? ['router'] : []),
    );
    expect(answered).toEqual([
      ['10.0.0.2', '0e:00:a9:fe:a9:fe'],
      ['2001:db8::2', '0e:00:a9:fe:a9:fe'],
      ['10.0.0.99', 'fa:16:3e:00:00:63'],
      ['2001:db8::63', 'fa:16:3e:00:00:63'],
      ['fe80::f816:3eff:fe00:63', 'fa:16:3e:00:00:63'],
      ['2001:db8::1', 'fa:16:3e:00:00:01', 'router'],
      ['fe80::f816:3eff:fe00:1', 'fa:16:3e:00:00:01', 'router'],
    ]);
  });

  test('packets go to one host, to the services of this host, to the router, or to all; never from tunnel to tunnel', () => {
    const tunnel = 'set_field:7->tun_id,set_field:192.0.2.2->tun_dst,output:1';
    const open = 'set_field:102->reg7,resubmit(,50)';
    const local = `set_field:101->reg7,resubmit(,50),${open}`;
    const toAll = 'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00';
    const toService = 'metadata=7,reg1=0,dl_dst=0e:00:a9:fe:a9:fe';
    const asked = (what: string) => `table=40,priority=100,${toService},${what},actions=output:100`;
    expect(layer2Network(network)).toEqual([
      `table=40,priority=100,metadata=7,reg1=0,dl_dst=fa:16:3e:00:00:63,actions=${tunnel}`,
      `table=40,priority=100,metadata=7,reg1=0,dl_dst=fa:16:3e:00:00:01,actions=${tunnel}`,
      ...['udp,tp_dst=53', 'tcp,tp_dst=53', 'icmp'].map((what) => asked(`${what},nw_dst=10.0.0.2`)),
      ...['udp6,tp_dst=53', 'tcp6,tp_dst=53', 'icmp6,icmpv6_type=128'].map((what) =>
        asked(`${what},ipv6_dst=2001:db8::2`),
      ),
      `table=40,priority=95,${toService},ipv6,ipv6_src=2001:db8::/64,actions=set_field:fa:16:3e:00:00:01->eth_dst,resubmit(,40)`,
      `table=40,priority=90,${toService},actions=drop`,
      `table=40,priority=70,udp,metadata=7,reg1=2,${toAll},tp_src=67,tp_dst=68,actions=${local}`,
      `table=40,priority=70,icmp6,icmpv6_type=134,metadata=7,reg1=2,${toAll},actions=${local}`,
      `table=40,priority=60,metadata=7,reg1=1,${toAll},actions=${local}`,
      `table=40,priority=50,metadata=7,reg1=0,${toAll},actions=${local},${tunnel}`,
      `table=40,priority=20,metadata=7,reg1=1,actions=${open}`,
      `table=40,priority=10,metadata=7,reg1=0,actions=${open},${tunnel}`,
    ]);
  });
});

test('the host: every table ends in a drop, and the last one sends', () => {
  const flows = baseFlows();
  for (const table of [0, 10, 20, 21, 30, 31, 40, 50, 51])
    expect(flows).toContain(`table=${table},priority=0,actions=drop`);
  expect(flows.at(-1)).toBe('table=60,priority=0,actions=output:NXM_NX_REG7[]');
});

test('A47: answers of known connections pass; a connection that no rule allows any more is cut by its next packet', () => {
  const ofFamily = (family: string) => [
    `table=50,priority=90,${family},actions=ct(table=51,zone=NXM_NX_REG7[0..15])`,
    `table=51,priority=100,ct_state=+est+rpl-inv+trk,ct_mark=0,${family},actions=goto_table:60`,
    `table=51,priority=100,ct_state=+rel-inv+trk,ct_mark=0,${family},actions=goto_table:60`,
    `table=51,priority=10,ct_state=+est-rpl-inv+trk,ct_mark=0,${family},actions=ct(commit,zone=NXM_NX_REG7[0..15],exec(set_field:1->ct_mark))`,
  ];
  expect(baseFlows().filter((flow) => /^table=(50|51),priority=[1-9]/.test(flow))).toEqual([
    ...ofFamily('ip'),
    ...ofFamily('ipv6'),
    'table=50,priority=110,udp,reg1=2,tp_src=67,tp_dst=68,actions=goto_table:60',
    'table=50,priority=110,udp6,reg1=2,tp_src=547,tp_dst=546,actions=goto_table:60',
    'table=50,priority=110,icmp6,icmpv6_type=134,reg1=2,actions=goto_table:60',
    'table=50,priority=110,arp,actions=goto_table:60',
    'table=50,priority=110,icmp6,icmpv6_type=135,actions=goto_table:60',
    'table=50,priority=110,icmp6,icmpv6_type=136,actions=goto_table:60',
  ]);
});
