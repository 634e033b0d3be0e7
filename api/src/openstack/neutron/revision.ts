import { UnkaiError } from '@unkai/contracts/errors';
import { type RevisedTable, requireRevision } from '@unkai/core/store/revision';
import type { Asked, Route } from '../service.ts';

const tables: Readonly<Record<string, RevisedTable>> = {
  networks: 'network',
  subnets: 'subnet',
  ports: 'port',
  routers: 'router',
  floatingips: 'floating_ip',
  'security-groups': 'security_group',
  subnetpools: 'subnet_pool',
  'qos/policies': 'qos_policy',
};

const ofThing = /^\/v2\.0\/((?:qos\/)?[\w-]+)\/:(\w+)/;
const wanted = /^revision_number=(\d{1,9})$/;

/**
 * The same route, for changes of things that are counted in revisions: with `If-Match: revision_number=N` it changes what
 * is at that revision alone, seen in the transaction that makes the change.
 */
export function heedingRevision(route: Route): Route {
  const [, plural = '', param = ''] = ofThing.exec(route.path) ?? [];
  const table = tables[plural];
  if (table === undefined || (route.method !== 'PUT' && route.method !== 'DELETE')) return route;
  return {
    ...route,
    answer: (asked) => {
      const condition = asked.request.headers.get('if-match');
      return route.answer(condition === null ? asked : onlyAt(asked, { table, id: asked.id(param, table), condition }));
    },
  };
}

interface Condition {
  readonly table: RevisedTable;
  readonly id: string;
  readonly condition: string;
}

function onlyAt(asked: Asked, { table, id, condition }: Condition): Asked {
  const [, number] = wanted.exec(condition.trim()) ?? [];
  if (number === undefined) throw new UnkaiError('invalid_input', 'If-Match: must be revision_number=N.');
  const { call } = asked;
  const revised = { table, id, revision: Number(number) };
  const database = {
    ...call.core.database,
    beginWith: (tx: Parameters<typeof requireRevision>[0]) => requireRevision(tx, revised),
  };
  const conditional = { ...call, core: { ...call.core, database } };
  return { ...asked, call: conditional, operations: asked.operationsOf(conditional) };
}
