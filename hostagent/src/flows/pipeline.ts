import type { DesiredRule } from '@unkai/contracts/host/desired';
import { macAddress } from '@unkai/contracts/primitives';
import { antiSpoof } from './anti-spoof.ts';
import { classifyNetwork, classifyPort } from './classify.ts';
import { parseAnyPrefix } from './ipv6.ts';
import { layer2Network, layer2Port } from './layer2.ts';
import { type FlowNetwork, type FlowPort, flow, table } from './layout.ts';
import { metadataFlows } from './metadata.ts';
import { neighboursBase, neighboursNetwork, neighboursPort } from './neighbours.ts';
import { providerFlows } from './provider.ts';
import { RuleError } from './rules.ts';
import { securityBase, securityRules, withoutRules } from './security.ts';

/** Flows that every host has, whatever its networks. Each table ends in a drop that counts what it refused. */
export function baseFlows(): string[] {
  return [
    ...Object.values(table)
      .filter((number) => number !== table.output && number !== table.floating)
      .map((number) => flow(number, 0, '', 'drop')),
    flow(table.floating, 0, '', `goto_table:${table.layer2}`),
    ...neighboursBase(),
    ...securityBase(),
    flow(table.output, 0, '', 'output:NXM_NX_REG7[]'),
  ];
}

/** Flows of one network on this host. */
export function networkFlows(network: FlowNetwork): string[] {
  return [
    ...classifyNetwork(network),
    ...neighboursNetwork(network),
    ...layer2Network(network),
    ...providerFlows(network),
  ];
}

/**
 * Flows of one port, and what is wrong with those of its rules and address pairs that cannot be written (A46). Each
 * allows something, so leaving a bad one out errs on the closed side, and the port's others hold.
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
  const pairs = port.pairs.filter((pair) => {
    const problem = pairProblem(pair);
    if (problem !== null) problems.push(problem);
    return problem === null;
  });
  const flows = [
    ...classifyPort(port),
    ...antiSpoof({ ...port, pairs }),
    ...metadataFlows(port),
    ...(port.isSecured ? securityRules(port, good) : withoutRules(port)),
    ...neighboursPort(port),
    ...layer2Port(port),
  ];
  return { flows: [...new Set(flows)], problems };
}

function pairProblem(pair: FlowPort['pairs'][number]): string | null {
  const isPrefix = parseAnyPrefix(pair.prefix) !== null;
  if (!isPrefix) return `its allowed address pair "${pair.prefix}" is not an address or prefix`;
  const isMac = pair.macAddress === null || macAddress.safeParse(pair.macAddress).success;
  return isMac ? null : `its allowed address pair has "${pair.macAddress}", which is not a MAC address`;
}
