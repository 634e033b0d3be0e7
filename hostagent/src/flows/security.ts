import type { DesiredRule } from '@unkai/contracts/host/desired';
import { type FlowPort, flow, origin, table } from './layout.ts';
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
  egress: { check: table.egress, rules: table.egressRules, register: 'reg5', zone: 'NXM_NX_REG5[0..15]', next: 40 },
  ingress: { check: table.ingress, rules: table.ingressRules, register: 'reg7', zone: 'NXM_NX_REG7[0..15]', next: 60 },
} as const;

/** Both directions: answers pass, what no rule allows is cut. */
export function securityBase(): string[] {
  const both = (['egress', 'ingress'] as const).flatMap((direction) => {
    const { check, rules, zone, next } = sides[direction];
    return [
      flow(check, 90, 'ip', `ct(table=${rules},zone=${zone})`),
      flow(rules, 100, `ct_state=+est+rpl-inv+trk,${cut.no},ip`, `goto_table:${next}`),
      flow(rules, 100, `ct_state=+rel-inv+trk,${cut.no},ip`, `goto_table:${next}`),
      flow(rules, 10, `ct_state=+est-rpl-inv+trk,${cut.no},ip`, `ct(commit,zone=${zone},exec(${cut.yes}))`),
    ];
  });
  // The network's own DHCP server is heard whatever the rules say; nobody else can send this (anti-spoof.ts).
  const fromServer = `udp,reg1=${origin.service},tp_src=67,tp_dst=68`;
  return [...both, flow(table.ingress, 110, fromServer, `goto_table:${table.output}`)];
}

/** A port's own rules. All of them allow; what none allows is dropped. Throws RuleError. */
export function securityRules(port: FlowPort, rules: readonly DesiredRule[]): string[] {
  const lines = rules.flatMap((rule) => {
    const side = sides[rule.direction];
    return ruleMatches(rule).flatMap((match) => {
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
    });
  });
  return [...new Set(lines)];
}
