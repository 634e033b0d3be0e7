import type { SecurityGroup } from '@unkai/contracts/resources/security-group';

type Rule = Pick<SecurityGroup['rules'][number], 'direction' | 'protocol' | 'portMin' | 'portMax' | 'remotePrefix'>;

/** A rule as a sentence: `tcp 22 from 203.0.113.7/32`, `everything to anywhere`. */
export function ruleWords({ direction, protocol, portMin, portMax, remotePrefix }: Rule): string {
  const what = protocol === 'any' ? 'everything' : protocol;
  const ports =
    portMin === null ? '' : portMax === null || portMin === portMax ? ` ${portMin}` : ` ${portMin}-${portMax}`;
  return `${what}${ports} ${direction === 'ingress' ? 'from' : 'to'} ${remotePrefix ?? 'anywhere'}`;
}
