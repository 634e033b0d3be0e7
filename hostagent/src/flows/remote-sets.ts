// Rules that come from a group have one line for each of its members. Written out, a port that lets ten ranges in from a
// hundred members would have two flows for each pair; a conjunction has one for each member and one for each range.
import type { DesiredRule } from '@unkai/contracts/host/desired';
import { ruleMatches } from './rules.ts';

/** The same senders (or receivers) for all of these services. */
export type RemoteSet = {
  direction: DesiredRule['direction'];
  family: DesiredRule['family'];
  prefixes: readonly string[];
  /** Rules without a remote prefix. */
  services: readonly DesiredRule[];
};

/** Parts the rules into those that stand for themselves and, at most so many, those that are fewer flows as conjunctions. */
export function remoteSets(rules: readonly DesiredRule[], most: number): { plain: DesiredRule[]; sets: RemoteSet[] } {
  const ofService = new Map<string, { service: DesiredRule; prefixes: Set<string> }>();
  for (const rule of rules.filter(hasRemote)) {
    const known = ofService.get(keyOf(rule)) ?? { service: { ...rule, remotePrefix: null }, prefixes: new Set() };
    known.prefixes.add(rule.remotePrefix ?? '');
    ofService.set(keyOf(rule), known);
  }
  const all = new Map<string, RemoteSet & { services: DesiredRule[] }>();
  for (const { service, prefixes } of ofService.values()) {
    const { direction, family } = service;
    const key = [direction, family, ...[...prefixes].toSorted()].join(' ');
    const known = all.get(key) ?? { direction, family, prefixes: [...prefixes], services: [] };
    known.services.push(service);
    all.set(key, known);
  }
  const sets = [...all.values()].filter(isFewer).slice(0, most);
  const joined = new Set(sets.flatMap(({ services }) => services.map(keyOf)));
  return { plain: rules.filter((rule) => !hasRemote(rule) || !joined.has(keyOf(rule))), sets };
}

const hasRemote = ({ remotePrefix }: DesiredRule) => remotePrefix !== null && !remotePrefix.endsWith('/0');

function isFewer({ prefixes, services }: RemoteSet): boolean {
  const matches = services.flatMap(ruleMatches).length;
  return prefixes.length + matches + 2 < 2 * prefixes.length * matches;
}

function keyOf({ direction, family, protocol, portMin, portMax, icmpType, icmpCode }: DesiredRule): string {
  return JSON.stringify([direction, family, protocol, portMin, portMax, icmpType, icmpCode]);
}
