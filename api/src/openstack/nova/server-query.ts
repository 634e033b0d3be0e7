import { UnkaiError } from '@unkai/contracts/errors';
import { allows } from '@unkai/core/access';
import type { ServerFilter } from '@unkai/core/store/server-filter';
import type { ServerOrder } from '@unkai/core/store/server-order';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import { pageAsk } from '../paging.ts';
import type { Asked } from '../service.ts';
import { usableFlavors } from './flavor.ts';
import { isKnownStatus, statesBy, statesOf } from './server-view.ts';
import { since } from './version.ts';

const truths = ['true', '1', 'yes', 'on', 't', 'y', ''];
const untruths = ['false', '0', 'no', 'off', 'f', 'n'];

/** The project whose servers are asked for; null for those of all. Throws `invalid_input` for neither yes nor no. */
export function placeOf({ query, call }: Asked): string | null {
  const all = query.get('all_tenants')?.toLowerCase() ?? 'false';
  if (!truths.includes(all) && !untruths.includes(all)) {
    throw new UnkaiError('invalid_input', `Invalid input for query parameters all_tenants. Value: ${all}.`);
  }
  return truths.includes(all) ? null : projectOf(call);
}

const uuid = z.uuid();
/** What no row ever has, for a value that cannot name one: such a filter finds nothing, it is no mistake. */
const nothing = '00000000-0000-0000-0000-000000000000';

const idOf = (text: string) => (uuid.safeParse(text).success ? text.toLowerCase() : nothing);

type Part = (value: string, asked: Asked) => ServerFilter | Promise<ServerFilter>;

/** Filters of everyone. */
const parts: Readonly<Record<string, Part>> = {
  name: (value) => ({ name: value }),
  display_name: (value) => ({ name: value }),
  status: byStatus,
  image: (value) => ({ imageId: idOf(value) }),
  image_ref: (value) => ({ imageId: idOf(value) }),
  flavor: byFlavor,
  ip: (value) => ({ address: value }),
  ip6: (value) => ({ address: value }),
  uuid: (value) => ({ ids: [idOf(value)] }),
  'changes-since': (value) => ({ changedSince: moment('changes-since', value) }),
  reservation_id: (value) => ({ reservationId: value }),
  tags: (value) => ({ allTags: value.split(',') }),
  'tags-any': (value) => ({ anyTags: value.split(',') }),
  'not-tags': (value) => ({ notAllTags: value.split(',') }),
  'not-tags-any': (value) => ({ notAnyTags: value.split(',') }),
};

/** Filters of operators; in the hands of others they are not heard, as in Nova. */
const operatorParts: Readonly<Record<string, Part>> = {
  host: (value) => ({ hostName: value }),
  node: (value) => ({ hostName: value }),
  user_id: (value) => ({ userId: idOf(value) }),
  project_id: (value) => ({ projectId: idOf(value) }),
  tenant_id: (value) => ({ projectId: idOf(value) }),
  availability_zone: (value) => ({ availabilityZone: value }),
  key_name: (value) => ({ keyName: value }),
  description: (value) => ({ description: value }),
  display_description: (value) => ({ description: value }),
  vm_state: (value) => ({ states: statesBy('vm', value) }),
  task_state: (value) => ({ states: statesBy('task', value) }),
  power_state: (value) => ({ states: statesBy('power', value) }),
  // What was deleted is gone: there is no list of it.
  deleted: (value) => (truths.includes(value.toLowerCase()) ? { states: [] } : {}),
};

/** What a list of servers must fit. Throws `invalid_input` for a value that cannot be meant. */
export async function filterOf(asked: Asked): Promise<ServerFilter> {
  const { query, call, version } = asked;
  const isOperator = allows(call.actor, 'host:read', null);
  let filter: ServerFilter = {};
  for (const name of new Set(query.keys())) {
    const value = query.get(name) ?? '';
    const part = parts[name] ?? (isOperator ? operatorParts[name] : undefined);
    if (name.includes('tags') && version < since.tags) continue;
    if (part) filter = { ...filter, ...(await part(value, asked)) };
  }
  const before = query.get('changes-before');
  if (before !== null && version >= since.changesBefore)
    filter = { ...filter, changedBefore: moment('changes-before', before) };
  return filter;
}

function byStatus(_: string, { query, version }: Asked): ServerFilter {
  const wanted = query.getAll('status');
  const unknown = wanted.find((each) => !isKnownStatus(each));
  if (unknown !== undefined && version >= since.statusChecked) {
    throw new UnkaiError('invalid_input', `Invalid status value: ${unknown}`);
  }
  return { states: wanted.flatMap(statesOf) };
}

async function byFlavor(value: string, { operations }: Asked): Promise<ServerFilter> {
  const known = (await usableFlavors(operations)).find(({ alias }) => alias === value);
  return { flavorId: known?.id ?? idOf(value) };
}

const isoMoment = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]);

function moment(name: string, value: string): Date {
  if (!isoMoment.safeParse(value).success) {
    throw new UnkaiError(
      'invalid_input',
      `Invalid input for query parameters ${name}. Value: ${value}. It must be a time such as 2026-11-21T10:00:00Z.`,
    );
  }
  const isLocal = /T[^Z+-]*$/.test(value);
  return new Date(isLocal ? `${value}Z` : value);
}

const sortColumns: Readonly<Record<string, ServerOrder['by']>> = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  launched_at: 'launchedAt',
  uuid: 'id',
  id: 'id',
  display_name: 'name',
  hostname: 'name',
  display_description: 'description',
  vm_state: 'state',
  task_state: 'state',
  power_state: 'state',
  availability_zone: 'availabilityZone',
  instance_type_id: 'flavorName',
  memory_mb: 'memoryMib',
  vcpus: 'vcpus',
  image_ref: 'imageId',
  user_id: 'userId',
  project_id: 'projectId',
};

/** By what a list of servers is sorted. Throws `invalid_input` for a column that lists cannot be sorted by. */
export function orderOf({ query }: Asked): ServerOrder[] {
  const directions = query.getAll('sort_dir').map((direction) => {
    if (direction === 'asc' || direction === 'desc') return direction;
    throw new UnkaiError('invalid_input', `Unknown sort direction: ${direction}, must be one of: asc, desc`);
  });
  const order = new Map<ServerOrder['by'], ServerOrder>();
  for (const [index, key] of query.getAll('sort_key').entries()) {
    const by = sortColumns[key];
    if (by === undefined) throw new UnkaiError('invalid_input', `Sort key supplied is invalid: ${key}`);
    if (!order.has(by)) order.set(by, { by, direction: directions[index] ?? directions[0] ?? 'desc' });
  }
  return [...order.values()];
}

/** `limit` and `marker`, of which a marker must be an id. */
export function serverPage({ query }: Asked) {
  const { limit, marker } = pageAsk(query);
  if (marker !== null && !uuid.safeParse(marker).success)
    throw new UnkaiError('invalid_input', `marker [${marker}] not found`);
  return { limit, marker };
}
