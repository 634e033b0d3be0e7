import type { DesiredRule } from '@unkai/contracts/host/desired';
import { type FlowPort, flow, origin, table } from './layout.ts';
import { ruleMatches } from './rules.ts';

/** One direction of the two: its tables, the register with the guest's number, and where an allowed packet goes on. */
const sides = {
  egress: { check: table.egress, rules: table.egressRules, register: 'reg5', zone: 'NXM_NX_REG5[0..15]', next: 40 },
  ingress: { check: table.ingress, rules: table.ingressRules, register: 'reg7', zone: 'NXM_NX_REG7[0..15]', next: 60 },
} as const;

/** Both directions: packets of known connections pass, of unknown ones only by a rule. */
export function securityBase(): string[] {
  const both = (['egress', 'ingress'] as const).flatMap((direction) => {
    const { check, rules, zone, next } = sides[direction];
    return [
      flow(check, 90, 'ip', `ct(table=${rules},zone=${zone})`),
      flow(rules, 100, 'ct_state=+est-inv+trk,ip', `goto_table:${next}`),
      flow(rules, 100, 'ct_state=+rel-inv+trk,ip', `goto_table:${next}`),
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
    return ruleMatches(rule).map((match) =>
      flow(
        side.rules,
        50,
        `ct_state=+new-inv+trk,${side.register}=${port.ofport},${match}`,
        `ct(commit,zone=${side.zone}),goto_table:${side.next}`,
      ),
    );
  });
  return [...new Set(lines)];
}
