import type { DesiredRule } from '@unkai/contracts/host/desired';
import { icmp6Of } from './ethernet.ts';
import { type FlowPort, flow, origin, table } from './layout.ts';
import { type RemoteSet, remoteSets } from './remote-sets.ts';
import { ruleMatches } from './rules.ts';

// A connection passes by the rules of whoever began it: its first packet and every later one in the same direction is
// held against them, and answers pass because the connection is known. So a removed rule takes effect on the next packet
// (A47): that packet marks its connection as cut, and from then on answers are dropped too.
//
// Forgetting the connection instead would not do. The guest's next answer would then look like the first packet of a
// new connection outwards, which its egress rules allow, and what comes back would be an answer to that.
const cut = { no: 'ct_mark=0', yes: 'set_field:1->ct_mark', undo: 'set_field:0->ct_mark' } as const;

/** One direction of the two: its tables, the register with the guest's number, and where an allowed packet goes on. */
const sides = {
  egress: {
    check: table.egress,
    rules: table.egressRules,
    register: 'reg5',
    zone: 'NXM_NX_REG5[0..15]',
    next: table.floating,
  },
  ingress: {
    check: table.ingress,
    rules: table.ingressRules,
    register: 'reg7',
    zone: 'NXM_NX_REG7[0..15]',
    next: table.output,
  },
} as const;

const families = ['ip', 'ipv6'] as const;

/** Both directions: answers pass, what no rule allows is cut. */
export function securityBase(): string[] {
  const both = (['egress', 'ingress'] as const).flatMap((direction) => {
    const { check, rules, zone, next } = sides[direction];
    return families.flatMap((family) => [
      flow(check, 90, family, `ct(table=${rules},zone=${zone})`),
      flow(rules, 100, `ct_state=+est+rpl-inv+trk,${cut.no},${family}`, `goto_table:${next}`),
      flow(rules, 100, `ct_state=+rel-inv+trk,${cut.no},${family}`, `goto_table:${next}`),
      flow(rules, 10, `ct_state=+est-rpl-inv+trk,${cut.no},${family}`, `ct(commit,zone=${zone},exec(${cut.yes}))`),
    ]);
  });
  return [...both, ...alwaysHeard().map((what) => flow(table.ingress, 110, what, `goto_table:${table.output}`))];
}

/**
 * What is heard whatever the rules say: the network's own DHCP and its router's advertisements, which nobody else can
 * send (anti-spoof.ts), and questions and answers about neighbours, whose sender was checked.
 */
function alwaysHeard(): string[] {
  return [
    `udp,reg1=${origin.service},tp_src=67,tp_dst=68`,
    `udp6,reg1=${origin.service},tp_src=547,tp_dst=546`,
    `${icmp6Of('routerAdvertisement')},reg1=${origin.service}`,
    'arp',
    icmp6Of('neighbourSolicitation'),
    icmp6Of('neighbourAdvertisement'),
  ];
}

/** A port that is not checked hears everything of its network. */
export function withoutRules(port: FlowPort): string[] {
  return [flow(table.ingress, 200, `reg7=${port.ofport}`, `goto_table:${table.output}`)];
}

/** A port's own rules. All of them allow; what none allows is dropped. Throws RuleError. */
export function securityRules(port: FlowPort, rules: readonly DesiredRule[]): string[] {
  const { plain, sets } = remoteSets(rules, setsPerPort);
  const lines = plain.flatMap((rule) => ruleMatches(rule).flatMap((match) => allow(port, rule.direction, match)));
  return [...new Set([...lines, ...conjunctions(port, sets)])];
}

function allow(port: FlowPort, direction: DesiredRule['direction'], match: string): string[] {
  const side = sides[direction];
  const of = `${side.register}=${port.ofport},${match}`;
  return [
    flow(side.rules, 60, `ct_state=+est-rpl-inv+trk,${cut.no},${of}`, `goto_table:${side.next}`),
    // A new connection, or one that was cut and is allowed again.
    flow(
      side.rules,
      50,
      `ct_state=-rpl-inv+trk,${of}`,
      `ct(commit,zone=${side.zone},exec(${cut.undo})),goto_table:${side.next}`,
    ),
  ];
}

/** A port has at most so many sets, whose numbers are no other port's: those of all ports are in one table. */
const setsPerPort = 4096;

/**
 * Whoever is among a set's senders and asks for one of its services: each half is a list of flows of its own, and a packet
 * that both let pass is looked at again with the number of the set. One match is one flow, whichever sets it is of.
 */
function conjunctions(port: FlowPort, sets: readonly RemoteSet[]): string[] {
  const clauses = new Map<string, { direction: DesiredRule['direction']; match: string; actions: string[] }>();
  const add = (direction: DesiredRule['direction'], match: string, action: string) => {
    const clause = clauses.get(`${direction} ${match}`) ?? { direction, match, actions: [] };
    clauses.set(`${direction} ${match}`, clause);
    clause.actions.push(action);
  };
  const ends = sets.flatMap((set, index) => {
    const id = port.ofport * setsPerPort + index;
    const any = { direction: set.direction, family: set.family, ...anyService };
    for (const remotePrefix of set.prefixes) {
      for (const match of ruleMatches({ ...any, remotePrefix })) add(set.direction, match, `conjunction(${id},1/2)`);
    }
    for (const match of set.services.flatMap(ruleMatches)) add(set.direction, match, `conjunction(${id},2/2)`);
    return allow(port, set.direction, `conj_id=${id},${set.family === 4 ? 'ip' : 'ipv6'}`);
  });
  const halves = [...clauses.values()].map(({ direction, match, actions }) => {
    const { rules, register } = sides[direction];
    return flow(
      rules,
      55,
      `ct_state=-rpl-inv+trk,${register}=${port.ofport},${match}`,
      [...new Set(actions)].join(','),
    );
  });
  return [...halves, ...ends];
}

const anyService = { protocol: 'any', portMin: null, portMax: null, icmpType: null, icmpCode: null } as const;
