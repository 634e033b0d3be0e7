import { invalidInput } from '@unkai/contracts/errors';
import { fieldRule } from '@unkai/contracts/field-rule';
import { displayName, notes } from '@unkai/contracts/primitives';
import type { Aggregate } from '@unkai/contracts/resources/aggregate';
import { zoneName } from '@unkai/contracts/resources/availability-zone';
import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { hostNamed } from './host-find.ts';
import { since } from './version.ts';

/** The key of metadata by which Nova's clients know the zone. */
const zoneKey = 'availability_zone';

function view({ id, number, name, availabilityZone, metadata, hosts, ...times }: Aggregate, { version }: Asked) {
  const changed = times.updatedAt === times.createdAt ? null : micro(times.updatedAt);
  return {
    id: number,
    name,
    availability_zone: availabilityZone,
    metadata: { ...metadata, ...(availabilityZone !== null && { [zoneKey]: availabilityZone }) },
    hosts: hosts.map((host) => host.name),
    created_at: micro(times.createdAt),
    updated_at: changed,
    deleted: false,
    deleted_at: null,
    ...(version >= since.aggregateUuid && { uuid: id }),
  };
}

const micro = (time: string) => time.replace(/Z$/, '').padEnd(26, '0').slice(0, 26);

const all = ({ operations }: Asked) => everything((page) => operations.aggregate.list(page));

async function wanted(asked: Asked): Promise<Aggregate> {
  const ref = asked.param('aggregate');
  const found = (await all(asked)).find(({ number, id }) => String(number) === ref || id === ref);
  if (found === undefined) throw notFound('aggregate', ref);
  return found;
}

const answer = (aggregate: Aggregate, asked: Asked): Answer => ({
  status: 200,
  body: { aggregate: view(aggregate, asked) },
});

async function list(asked: Asked): Promise<Answer> {
  const aggregates = (await all(asked)).toSorted((one, other) => one.number - other.number);
  return { status: 200, body: { aggregates: aggregates.map((each) => view(each, asked)) } };
}

const newAggregate = z.strictObject({
  aggregate: z.strictObject({ name: displayName, availability_zone: zoneName.nullish() }),
});

async function create(asked: Asked): Promise<Answer> {
  const { name, availability_zone: zone } = (await asked.body(newAggregate)).aggregate;
  const made = await asked.operations.aggregate.create({ name, ...(zone && { availabilityZone: zone }) });
  return answer(made, asked);
}

const changed = z.strictObject({
  aggregate: z
    .strictObject({ name: displayName.optional(), availability_zone: zoneName.nullable().optional() })
    .refine(
      (fields) => Object.keys(fields).length > 0,
      fieldRule('must have a name or an availability_zone', 'Send a name or an availability_zone.'),
    ),
});

async function update(asked: Asked): Promise<Answer> {
  const { name, availability_zone: zone } = (await asked.body(changed)).aggregate;
  const { id } = await wanted(asked);
  const fields = { ...(name !== undefined && { name }), ...(zone !== undefined && { availabilityZone: zone }) };
  return answer(await asked.operations.aggregate.update({ id, ...fields }), asked);
}

async function remove(asked: Asked): Promise<Answer> {
  const { id } = await wanted(asked);
  await asked.operations.aggregate.delete({ id });
  return { status: 200 };
}

const host = z.strictObject({ host: z.string().min(1).max(255) });
const action = z.union([
  z.strictObject({ add_host: host }),
  z.strictObject({ remove_host: host }),
  z.strictObject({ set_metadata: z.strictObject({ metadata: z.record(z.string(), z.string().nullable()) }) }),
]);

async function act(asked: Asked): Promise<Answer> {
  const given = await asked.body(action);
  const aggregate = await wanted(asked);
  const { aggregate: operations } = asked.operations;
  if ('set_metadata' in given) return setMetadata(asked, aggregate, given.set_metadata.metadata);
  if ('add_host' in given) {
    const hostId = await hostIdOf(asked, given.add_host.host);
    return answer(await operations.addHost({ id: aggregate.id, hostId }), asked);
  }
  const hostId = await hostIdOf(asked, given.remove_host.host);
  return answer(await operations.removeHost({ id: aggregate.id, hostId }), asked);
}

async function hostIdOf(asked: Asked, name: string): Promise<string> {
  return (await hostNamed(asked, name, 'compute host')).id;
}

/** What is given is put to what is there; a null takes a key away. */
async function setMetadata(asked: Asked, aggregate: Aggregate, given: Record<string, string | null>): Promise<Answer> {
  const { [zoneKey]: zone, ...rest } = given;
  const merged = Object.entries({ ...aggregate.metadata, ...rest }).filter(([, value]) => value !== null);
  const metadata = notes.safeParse(Object.fromEntries(merged));
  if (!metadata.success) throw invalidInput(metadata.error, 'metadata');
  const availabilityZone = zoneName.nullish().safeParse(zone);
  if (!availabilityZone.success) throw invalidInput(availabilityZone.error, zoneKey);
  const moved = availabilityZone.data === undefined ? {} : { availabilityZone: availabilityZone.data };
  const { id } = aggregate;
  return answer(await asked.operations.aggregate.update({ id, metadata: metadata.data, ...moved }), asked);
}

export const aggregateRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/os-aggregates', answer: list },
  { method: 'POST', path: '/v2.1/os-aggregates', answer: create },
  {
    method: 'GET',
    path: '/v2.1/os-aggregates/:aggregate',
    answer: async (asked) => answer(await wanted(asked), asked),
  },
  { method: 'PUT', path: '/v2.1/os-aggregates/:aggregate', answer: update },
  { method: 'DELETE', path: '/v2.1/os-aggregates/:aggregate', answer: remove },
  { method: 'POST', path: '/v2.1/os-aggregates/:aggregate/action', answer: act },
];
