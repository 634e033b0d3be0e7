import type { SecurityGroup } from '@unkai/contracts/resources/security-group';

type Rule = SecurityGroup['rules'][number];

/** The rule of these groups that lets TCP port 22 in, if there is one. */
export function sshRule(groups: readonly { rules: readonly Rule[] }[]): Rule | undefined {
  return groups
    .flatMap(({ rules }) => rules)
    .find(
      ({ direction, protocol, portMin, portMax }) =>
        direction === 'ingress' &&
        (protocol === 'any' || protocol === 'tcp') &&
        (portMin === null || (portMin <= 22 && (portMax ?? portMin) >= 22)),
    );
}
