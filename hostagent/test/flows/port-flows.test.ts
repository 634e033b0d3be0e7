import { describe, expect, test } from 'vitest';
import { antiSpoof } from '../../src/flows/anti-spoof.ts';
import { arpNetwork, arpPort } from '../../src/flows/arp.ts';
import { classifyNetwork, classifyPort } from '../../src/flows/classify.ts';
import { layer2Network, layer2Port } from '../../src/flows/layer2.ts';
import type { FlowNetwork, FlowPort } from '../../src/flows/layout.ts';
import { metadataFlows } from '../../src/flows/metadata.ts';
import { baseFlows, portFlows } from '../../src/flows/pipeline.ts';
import { securityRules } from '../../src/flows/security.ts';
import { allowAllEgress, allowIngress } from '../specs.ts';

const port: FlowPort = {
  ofport: 101,
  tunnelKey: 7,
  macAddress: 'fa:16:3e:00:00:0b',
  addresses: ['10.0.0.11'],
  serviceOfport: 100,
  serviceAddresses: ['10.0.0.2'],
};

const network: FlowNetwork = {
  tunnelKey: 7,
  serviceOfport: 100,
  serviceAddresses: ['10.0.0.2'],
  localOfports: [101, 102],
  neighbours: [{ macAddress: 'fa:16:3e:00:00:63', addresses: ['10.0.0.99'], underlayAddress: '192.0.2.2' }],
};

const commit = (register: number) => `ct(commit,zone=NXM_NX_REG${register}[0..15],exec(set_field:0->ct_mark))`;

describe('a port', () => {
  test('its packets are marked with network and port, and only without a VLAN tag', () => {
    expect(classifyPort(port)).toEqual([
      'table=0,priority=100,in_port=101,vlan_tci=0x0000/0x1000,actions=set_field:7->metadata,set_field:101->reg5,goto_table:10',
    ]);
  });

  test('A43: it sends from its own addresses, speaks ARP of itself, and asks one DHCP server', () => {
    expect(antiSpoof(port)).toEqual([
      'table=10,priority=120,in_port=101,udp,dl_src=fa:16:3e:00:00:0b,tp_src=67,actions=drop',
      'table=10,priority=110,in_port=101,udp,dl_src=fa:16:3e:00:00:0b,nw_src=0.0.0.0,nw_dst=255.255.255.255,tp_src=68,tp_dst=67,actions=output:100',
      'table=10,priority=110,in_port=101,udp,dl_src=fa:16:3e:00:00:0b,nw_src=10.0.0.11,nw_dst=255.255.255.255,tp_src=68,tp_dst=67,actions=output:100',
      'table=10,priority=110,in_port=101,udp,dl_src=fa:16:3e:00:00:0b,nw_src=10.0.0.11,nw_dst=10.0.0.2,tp_src=68,tp_dst=67,actions=output:100',
      'table=10,priority=105,in_port=101,ip,dl_src=fa:16:3e:00:00:0b,nw_src=10.0.0.11,nw_dst=169.254.0.0/16,actions=drop',
      'table=10,priority=100,in_port=101,ip,dl_src=fa:16:3e:00:00:0b,nw_src=10.0.0.11,actions=goto_table:20',
      'table=10,priority=100,in_port=101,arp,dl_src=fa:16:3e:00:00:0b,arp_sha=fa:16:3e:00:00:0b,arp_spa=10.0.0.11,actions=goto_table:30',
      'table=10,priority=100,in_port=101,arp,dl_src=fa:16:3e:00:00:0b,arp_sha=fa:16:3e:00:00:0b,arp_spa=0.0.0.0,actions=goto_table:30',
    ]);
  });

  test('A48: its metadata requests leave under an address that is its own on the host, and answers find back', () => {
    expect(metadataFlows(port)).toEqual([
      'table=10,priority=130,in_port=101,tcp,dl_src=fa:16:3e:00:00:0b,nw_src=10.0.0.11,nw_dst=169.254.169.254,tp_dst=80,' +
        'actions=set_field:100.64.0.101->ip_src,set_field:0e:01:a9:fe:a9:fe->eth_src,set_field:0e:00:a9:fe:a9:fe->eth_dst,output:2',
      'table=0,priority=100,in_port=2,tcp,nw_src=169.254.169.254,nw_dst=100.64.0.101,tp_src=80,' +
        'actions=set_field:10.0.0.11->ip_dst,set_field:0e:00:a9:fe:a9:fe->eth_src,set_field:fa:16:3e:00:00:0b->eth_dst,output:101',
    ]);
  });

  test('others learn its MAC from the switch; it hears nothing about itself', () => {
    const [own, told] = arpPort(port);
    expect(own).toBe('table=30,priority=120,arp,metadata=7,reg5=101,arp_op=1,arp_tpa=10.0.0.11,actions=drop');
    expect(told).toBe(
      'table=30,priority=110,arp,metadata=7,arp_op=1,arp_tpa=10.0.0.11,actions=move:eth_src->eth_dst,' +
        'set_field:fa:16:3e:00:00:0b->eth_src,set_field:2->arp_op,move:arp_sha->arp_tha,move:arp_spa->arp_tpa,' +
        'set_field:fa:16:3e:00:00:0b->arp_sha,set_field:10.0.0.11->arp_spa,in_port',
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
      'table=21,priority=60,ct_state=+est-rpl-inv+trk,ct_mark=0,reg5=101,ip,actions=goto_table:40',
      `table=21,priority=50,ct_state=-rpl-inv+trk,reg5=101,ip,actions=${commit(5)},goto_table:40`,
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
      'its ingress rule for icmp cannot be used: ports go only with tcp and udp, not with icmp',
      'its ingress rule for tcp cannot be used: 90-80 is not a range of ports',
    ]);
  });
});

describe('a network', () => {
  test('its services and its tunnel packets are let in, the latter only from hosts that have a port of it', () => {
    expect(classifyNetwork(network)).toEqual([
      'table=0,priority=100,in_port=100,arp,dl_src=0e:00:a9:fe:a9:fe,actions=set_field:7->metadata,set_field:2->reg1,goto_table:30',
      'table=0,priority=100,in_port=100,ip,dl_src=0e:00:a9:fe:a9:fe,actions=set_field:7->metadata,set_field:2->reg1,goto_table:40',
      'table=0,priority=100,in_port=1,tun_id=7,tun_src=192.0.2.2,ip,actions=set_field:7->metadata,set_field:1->reg1,goto_table:40',
    ]);
    expect(classifyNetwork({ ...network, neighbours: [] })).toHaveLength(2);
  });

  test('ARP is answered for its services and for guests on other hosts', () => {
    const answered = arpNetwork(network).map((flow) =>
      /arp_tpa=([\d.]+),.*eth_src->eth_dst,set_field:([\da-f:]+)/.exec(flow),
    );
    expect(answered.map((match) => match?.slice(1))).toEqual([
      ['10.0.0.2', '0e:00:a9:fe:a9:fe'],
      ['10.0.0.99', 'fa:16:3e:00:00:63'],
    ]);
  });

  test('packets go to one host, to the services of this host, or to all of the network; never from tunnel to tunnel', () => {
    const tunnel = 'set_field:7->tun_id,set_field:192.0.2.2->tun_dst,output:1';
    const local = 'set_field:101->reg7,resubmit(,50),set_field:102->reg7,resubmit(,50)';
    const toAll = 'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00';
    expect(layer2Network(network)).toEqual([
      `table=40,priority=100,metadata=7,reg1=0,dl_dst=fa:16:3e:00:00:63,actions=${tunnel}`,
      'table=40,priority=100,udp,tp_dst=53,metadata=7,reg1=0,dl_dst=0e:00:a9:fe:a9:fe,nw_dst=10.0.0.2,actions=output:100',
      'table=40,priority=100,tcp,tp_dst=53,metadata=7,reg1=0,dl_dst=0e:00:a9:fe:a9:fe,nw_dst=10.0.0.2,actions=output:100',
      'table=40,priority=100,icmp,metadata=7,reg1=0,dl_dst=0e:00:a9:fe:a9:fe,nw_dst=10.0.0.2,actions=output:100',
      `table=40,priority=60,ip,metadata=7,reg1=1,${toAll},actions=${local}`,
      `table=40,priority=50,ip,metadata=7,reg1=0,${toAll},actions=${local},${tunnel}`,
      `table=40,priority=70,udp,metadata=7,reg1=2,${toAll},tp_src=67,tp_dst=68,actions=${local}`,
    ]);
  });
});

test('the host: every table ends in a drop, and the last one sends', () => {
  const flows = baseFlows();
  for (const table of [0, 10, 20, 21, 30, 40, 50, 51])
    expect(flows).toContain(`table=${table},priority=0,actions=drop`);
  expect(flows.at(-1)).toBe('table=60,priority=0,actions=output:NXM_NX_REG7[]');
});

test('A47: answers of known connections pass; a connection that no rule allows any more is cut by its next packet', () => {
  expect(baseFlows().filter((flow) => /^table=(50|51),priority=[1-9]/.test(flow))).toEqual([
    'table=50,priority=90,ip,actions=ct(table=51,zone=NXM_NX_REG7[0..15])',
    'table=51,priority=100,ct_state=+est+rpl-inv+trk,ct_mark=0,ip,actions=goto_table:60',
    'table=51,priority=100,ct_state=+rel-inv+trk,ct_mark=0,ip,actions=goto_table:60',
    'table=51,priority=10,ct_state=+est-rpl-inv+trk,ct_mark=0,ip,actions=ct(commit,zone=NXM_NX_REG7[0..15],exec(set_field:1->ct_mark))',
    'table=50,priority=110,udp,reg1=2,tp_src=67,tp_dst=68,actions=goto_table:60',
  ]);
});
