import type { DesiredRule } from '@unkai/contracts/host/desired';
import { antiSpoof } from './anti-spoof.ts';
import { arpBase, arpNetwork, arpPort } from './arp.ts';
import { classifyNetwork, classifyPort } from './classify.ts';
import { layer2Network, layer2Port } from './layer2.ts';
import { type FlowNetwork, type FlowPort, flow, table } from './layout.ts';
import { metadataFlows } from './metadata.ts';
import { RuleError } from './rules.ts';
import { securityBase, securityRules } from './security.ts';

/** Flows that every host has, whatever its networks. Each table ends in a drop that counts what it refused. */
export function baseFlows(): string[] {
  return [
    ...Object.values(table)
      .filter((number) => number !== table.output)
      .map((number) => flow(number, 0, '', 'drop')),
    ...arpBase(),
    ...securityBase(),
    flow(table.output, 0, '', 'output:NXM_NX_REG7[]'),
  ];
}

/** Flows of one network on this host. */
export function networkFlows(network: FlowNetwork): string[] {
  return [...classifyNetwork(network), ...arpNetwork(network), ...layer2Network(network)];
}

/**
 * Flows of one port, and what is wrong with those of its rules that cannot be written (A46). Every rule allows
 * something, so leaving a bad one out errs on the closed side, and the port's other rules hold.
 */
export function portFlows(port: FlowPort, rules: readonly DesiredRule[]): { flows: string[]; problems: string[] } {
  const problems: string[] = [];
  const good = rules.filter((rule) => {
    try {
      securityRules(port, [rule]);
      return true;
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      problems.push(`its ${rule.direction} rule for ${rule.protocol} cannot be used: ${error.message}`);
      return false;
    }
  });
  const flows = [
    ...classifyPort(port),
    ...antiSpoof(port),
    ...metadataFlows(port),
    ...securityRules(port, good),
    ...arpPort(port),
    ...layer2Port(port),
  ];
  return { flows, problems };
}
