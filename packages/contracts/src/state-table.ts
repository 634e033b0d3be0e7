/**
 * States of a noun and the actions allowed in each, as data. The API guard, the button, its reason, the simulated
 * host and the docs all read the same table, so they cannot disagree.
 */
export interface ActionRule<State extends string> {
  /** States in which the action may begin. */
  readonly states: readonly State[];
  /** The sentence for a person who tries it in another state. */
  readonly otherwise: string;
}

export interface ActionCheck<State extends string> {
  (row: { state: State }): boolean;
  readonly states: readonly State[];
  /** Why the action is not possible now, or null when it is. */
  readonly reason: (row: { state: State }) => string | null;
}

/** Turns a table of rules into checks: `serverCan.start(server)`, `serverCan.start.states`, `serverCan.start.reason(server)`. */
export function defineActions<State extends string, Action extends string>(
  rules: Record<Action, ActionRule<State>>,
): Record<Action, ActionCheck<State>> {
  const check = ({ states, otherwise }: ActionRule<State>): ActionCheck<State> => {
    const allowed = (row: { state: State }) => states.includes(row.state);
    return Object.assign(allowed, { states, reason: (row: { state: State }) => (allowed(row) ? null : otherwise) });
  };
  const checks: Partial<Record<Action, ActionCheck<State>>> = {};
  for (const action in rules) checks[action] = check(rules[action]);
  if (!isComplete(checks, rules)) throw new TypeError('a rule was lost');
  return checks;
}

function isComplete<State extends string, Action extends string>(
  checks: Partial<Record<Action, ActionCheck<State>>>,
  rules: Record<Action, ActionRule<State>>,
): checks is Record<Action, ActionCheck<State>> {
  return Object.keys(rules).every((action) => action in checks);
}
