import { UnkaiError } from '@unkai/contracts/errors';
import { notes, type PageQuery } from '@unkai/contracts/primitives';
import type { Aggregate, aggregateCreate, aggregateUpdate } from '@unkai/contracts/resources/aggregate';
import type { Aggregate as AggregateRow, Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField, refuseInUse, refuseTakenName } from './refusal.ts';

type FoundAggregate = AggregateRow & { hosts: Array<{ host: { id: string; name: string } }> };
const withHosts = {
  hosts: { select: { host: { select: { id: true, name: true } } }, orderBy: { host: { name: 'asc' } } },
} satisfies Prisma.AggregateInclude;
const mostServersNamed = 20;
/** The zone of hosts that nobody said another of. */
const firstZone = 'nova';

/** Looks an aggregate up for an action. */
export async function findAggregate(
  call: Call,
  wanted: `aggregate:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundAggregate> {
  const row = await call.core.database.prisma.aggregate.findUnique({ where: { id }, include: withHosts });
  return granted(call, wanted, row, { noun: 'aggregate', id, projectId: null, ...(row && { name: row.name }) });
}

export async function listAggregates(call: Call, query: PageQuery): Promise<Page<Aggregate>> {
  await grantedGlobally(call, 'aggregate:read');
  const { after, orderBy, take } = pageRows(query);
  const rows = await call.core.database.prisma.aggregate.findMany({ where: after, orderBy, take, include: withHosts });
  return pageOf(rows, query, viewAggregate);
}

const nameTaken = (name: string) => `There is already an aggregate named ${name}.`;

/** Throws `conflict` when the name is taken. */
export async function createAggregate(
  unit: Unit,
  call: Call,
  input: z.infer<typeof aggregateCreate>,
): Promise<Aggregate> {
  const { name, metadata, availabilityZone } = input;
  const data = { name, metadata, ...(availabilityZone !== undefined && { availabilityZone }) };
  const made = unit.tx.aggregate.create({ data, include: withHosts });
  const row = await refuseTakenName(made, nameTaken(input.name));
  await record(unit, call, { verb: 'create', row });
  return viewAggregate(row);
}

/** Another zone is the zone of its hosts from then on. Throws `conflict`, and `in_use` when one of them has servers. */
export async function updateAggregate(
  unit: Unit,
  call: Call,
  row: FoundAggregate,
  input: z.infer<typeof aggregateUpdate>,
): Promise<Aggregate> {
  const { name = row.name, availabilityZone = row.availabilityZone, metadata } = input;
  const data = { name, availabilityZone, ...(metadata !== undefined && { metadata }) };
  const change = unit.tx.aggregate.update({ where: { id: row.id }, data, include: withHosts });
  const changed = await refuseTakenName(change, nameTaken(name));
  if (availabilityZone !== row.availabilityZone) {
    for (const { host } of changed.hosts) await moveHost(unit.tx, host, availabilityZone);
  }
  await record(unit, call, { verb: 'update', row: changed, was: row });
  return viewAggregate(changed);
}

/** Throws `in_use`, naming its hosts: what they are in changes what runs there. */
export async function deleteAggregate(unit: Unit, call: Call, row: FoundAggregate): Promise<void> {
  const users = row.hosts.map(({ host }) => ({ field: host.id, message: `the host ${host.name} is in it` }));
  refuseInUse('The aggregate', users);
  await unit.tx.aggregate.delete({ where: { id: row.id } });
  await record(unit, call, { verb: 'delete', row });
}

/** Throws `invalid_input` for a host that is not there, `conflict` for one that is in it or is in another zone's. */
export async function addAggregateHost(
  unit: Unit,
  call: Call,
  row: FoundAggregate,
  hostId: string,
): Promise<Aggregate> {
  const { tx } = unit;
  // Placements that look at the host wait, and see it where it is then.
  await tx.$queryRaw`SELECT 1 FROM host WHERE id = ${hostId}::uuid FOR UPDATE`;
  const host = await tx.host.findUnique({ where: { id: hostId }, select: { id: true, name: true } });
  if (host === null) throw refuseField('hostId', 'names no host', 'List hosts and choose one.');
  const made = tx.aggregateHost.create({ data: { aggregateId: row.id, hostId } });
  await refuseDuplicate(made, {
    field: 'hostId',
    message: `The host ${host.name} is in this aggregate already.`,
    fix: 'Nothing is left to do.',
  });
  if (row.availabilityZone !== null) await moveHost(tx, host, row.availabilityZone);
  return changedHosts(unit, call, row, `host put in: ${host.name}`);
}

/** A host that an aggregate gave its zone is in the first one again. Throws `not_found` for a host that is not in it. */
export async function removeAggregateHost(
  unit: Unit,
  call: Call,
  row: FoundAggregate,
  hostId: string,
): Promise<Aggregate> {
  const host = row.hosts.find((each) => each.host.id === hostId)?.host;
  if (host === undefined) throw notFound('host', hostId);
  const where = { aggregateId_hostId: { aggregateId: row.id, hostId } };
  await unit.tx.aggregateHost.delete({ where });
  if (row.availabilityZone !== null) await moveHost(unit.tx, host, null);
  return changedHosts(unit, call, row, `host taken out: ${host.name}`);
}

async function changedHosts(unit: Unit, call: Call, row: FoundAggregate, detail: string): Promise<Aggregate> {
  const changed = await unit.tx.aggregate.update({ where: { id: row.id }, data: {}, include: withHosts });
  await record(unit, call, { verb: 'update', row: changed, detail });
  return viewAggregate(changed);
}

interface Host {
  readonly id: string;
  readonly name: string;
}

/**
 * Puts a host in a zone; null: in the one that an aggregate of its says, else the first. Servers asked for their zone, so
 * a host with servers stays in its own. Throws `in_use` for those, `conflict` where two aggregates say different zones.
 */
async function moveHost(tx: Transaction, host: Host, zone: string | null): Promise<void> {
  const said = await tx.aggregate.findMany({
    where: { availabilityZone: { not: null }, hosts: { some: { hostId: host.id } } },
    select: { name: true, availabilityZone: true },
  });
  const zones = new Set(said.map(({ availabilityZone }) => availabilityZone));
  if (zones.size > 1) {
    const names = said.map(({ name, availabilityZone }) => `${name} (${availabilityZone})`).join(', ');
    throw new UnkaiError('conflict', `The host ${host.name} would be in two zones: ${names}.`);
  }
  const next = zone ?? said[0]?.availabilityZone ?? firstZone;
  const { availabilityZone } = await tx.host.findUniqueOrThrow({ where: { id: host.id } });
  if (availabilityZone === next) return;
  await refuseServersOn(tx, host);
  await tx.host.update({ where: { id: host.id }, data: { availabilityZone: next }, select: { id: true } });
}

async function refuseServersOn(tx: Transaction, { id, name }: Host): Promise<void> {
  const where = { OR: [{ hostId: id }, { allocation: { hostId: id } }, { migration: { roomHostId: id } }] };
  const servers = await tx.server.findMany({ where, select: { id: true, name: true }, take: mostServersNamed });
  const users = servers.map((server) => ({ field: server.id, message: `the server ${server.name} is on it` }));
  refuseInUse(`The zone of the host ${name}`, users);
}

const kinds = { create: 'created', update: 'changed', delete: 'deleted' } as const;

interface AggregateChange {
  readonly verb: keyof typeof kinds;
  readonly row: AggregateRow;
  readonly was?: AggregateRow;
  readonly detail?: string;
}

function record(unit: Unit, call: Call, { verb, row, was, detail = '' }: AggregateChange): Promise<void> {
  const kind = kinds[verb];
  const about = { id: row.id, name: row.name, projectId: null, detail, ...rowsOf(kind, row, was) };
  return recordChange(unit, call, { action: `aggregate:${verb}`, kind, ...about });
}

export function viewAggregate({ hosts, metadata, createdAt, updatedAt, ...row }: FoundAggregate): Aggregate {
  const { id, number, name, availabilityZone } = row;
  return {
    id,
    number,
    name,
    availabilityZone,
    metadata: notes.parse(metadata),
    hosts: hosts.map(({ host }) => host),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
