// A large installation on one control plane: 1,000 hosts that say they are there, 10,000 servers on them.
//   node bench/scale.ts
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { commit, type Database, openDatabase } from '@unkai/core/database/database';
import { overviewOf } from '@unkai/core/placement/overview';
import { reserveHost } from '@unkai/core/placement/reserve';
import { smallestRequest } from './measuring/baselines.ts';
import { type Figure, percentile, printFigures } from './measuring/figure.ts';
import { askAsHost, endAsking, type Fleet, insertFleet } from './measuring/fleet.ts';
import { type Installation, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { processorSeconds } from './measuring/processor.ts';
import { createServer, deleteServers, openTenant, type Tenant, untilRunning } from './measuring/tenant.ts';

const size = { hosts: 1_000, serversPerHost: 10, networks: 100 };
const heartbeatSeconds = 5;
/** With 5 s Node has not compiled everything, and the same heartbeats took up to twice as long. */
const warmUpSeconds = 20;
const measuredSeconds = 20;
const desiredAtOnce = 4;
const desiredAsks = 500;
const decisions = 2_000;
const decisionsAtOnce = 8;
/** A network of a project has room for 200 of them. */
const boots = { projects: 5, each: 200, atOnce: 50 };
const limitMs = 180_000;

/** Every host says that it is there, evenly over each interval, until `signal`. Gives how often that was. */
async function beat(origin: string, { hosts }: Fleet, signal: AbortSignal): Promise<number> {
  const begunAt = performance.now();
  const sent: Promise<number>[] = [];
  while (!signal.aborted) {
    const due = Math.floor(((performance.now() - begunAt) / 1000 / heartbeatSeconds) * hosts.length);
    while (sent.length < due) {
      const host = hosts[sent.length % hosts.length];
      if (host !== undefined) sent.push(askAsHost(origin, host, '/agent/heartbeat', { facts: host.facts }));
    }
    await sleep(5);
  }
  await Promise.all(sent);
  return sent.length;
}

/** What the heartbeats take of a core, in the programs that answer them. */
async function heartbeatFigure(home: string, origin: string, fleet: Fleet): Promise<Figure> {
  await beat(origin, fleet, AbortSignal.timeout(warmUpSeconds * 1000));
  const spent = async () => (await processorSeconds(home, 'api')) + (await processorSeconds(home, 'edge'));
  const before = await spent();
  const begunAt = performance.now();
  const count = await beat(origin, fleet, AbortSignal.timeout(measuredSeconds * 1000));
  const wanted = (fleet.hosts.length / heartbeatSeconds) * ((performance.now() - begunAt) / 1000);
  if (count < wanted * 0.8) throw new Error(`Of ${Math.round(wanted)} heartbeats only ${count} were taken in time.`);
  const milliseconds = ((await spent()) - before) * 1000;
  return {
    name: `processor time of ${fleet.hosts.length} hosts' heartbeats, per second`,
    unit: 'ms',
    measured: milliseconds / measuredSeconds,
    goal: 200,
  };
}

/** What a host should be, asked while all hosts say that they are there. */
async function desiredFigure(origin: string, { hosts, networkIds, serverIdsByHost }: Fleet): Promise<Figure> {
  const took: number[] = [];
  const one = async (index: number) => {
    const number = (index * 37) % hosts.length;
    const host = hosts[number];
    const serverId = serverIdsByHost[number]?.[index % size.serversPerHost];
    if (host === undefined || serverId === undefined) throw new Error('There is no such host.');
    const networkId = networkIds[(number * size.serversPerHost + (index % size.serversPerHost)) % networkIds.length];
    const paths = ['/agent/desired', `/agent/desired/server/${serverId}`, `/agent/desired/network/${networkId}`];
    took.push(await askAsHost(origin, host, paths[index % paths.length] ?? ''));
  };
  await atOnce(desiredAtOnce, desiredAsks, one);
  return { name: 'desired state answered, p99', unit: 'ms', measured: percentile(took, 99), goal: 50 };
}

async function atOnce(workers: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

/** Hosts chosen and their room taken, each in a transaction of its own, as the step of a create does. */
async function placementFigure({ sql }: Installation, database: Database, tenant: Tenant): Promise<Figure> {
  const ids = Array.from({ length: decisions }, () => randomUUID());
  await sql.query(
    `INSERT INTO server (id, project_id, name, state, flavor_id, flavor_name, vcpus, memory_mib, disk_gib, image_id,
       reservation_id, updated_at)
     SELECT each.id, $2, 'placed', 'building', flavor.id, flavor.name, 1, 64, 1, $4, 'r-00000000', now()
     FROM unnest($1::uuid[]) AS each (id), flavor WHERE flavor.id = $3`,
    [ids, tenant.projectId, tenant.flavorId, tenant.imageId],
  );
  const asked = {
    vcpus: 1,
    memoryMib: 64,
    diskGib: 1,
    hostId: null,
    availabilityZone: null,
    architecture: 'x86_64',
    imageId: tenant.imageId,
    projectId: tenant.projectId,
    extraSpecs: {},
    imageProperties: {},
  };
  const begunAt = performance.now();
  await atOnce(decisionsAtOnce, decisions, async (index) => {
    await commit(database, ({ tx }) => reserveHost(tx, ids[index] ?? '', asked, overviewOf(database)));
  });
  const rate = decisions / ((performance.now() - begunAt) / 1000);
  await sql.query('DELETE FROM server WHERE id = ANY($1::uuid[])', [ids]);
  return { name: 'placement decisions, taken and committed', unit: '/s', measured: rate, goal: 500, isAtLeast: true };
}

/** Servers made one crowd after the other, project by project, on the hosts that have agents, until the last runs. */
async function bootFigure(installation: Installation, tenants: readonly Tenant[]): Promise<Figure> {
  const begunAt = performance.now();
  const ids: string[] = [];
  for (const tenant of tenants) {
    for (let made = 0; made < boots.each; made += boots.atOnce) {
      const created = await Promise.all(
        Array.from({ length: boots.atOnce }, (_, index) => createServer(installation, tenant, `boot-${made + index}`)),
      );
      const crowd = created.map(({ id }) => id);
      await untilRunning(installation, crowd, limitMs);
      ids.push(...crowd);
    }
  }
  const rate = ids.length / ((performance.now() - begunAt) / 1000);
  await deleteServers(installation, ids, limitMs);
  return { name: `${ids.length} boots, all of them`, unit: '/s', measured: rate, goal: 10, isAtLeast: true };
}

await using installation = await openInstallation({ isSimulated: true });
const { home, sql } = installation;
if (home === null) throw new Error('This starts an installation of its own: leave UNKAI_URL unset.');
const origin = `http://127.0.0.1:${process.env['UNKAI_PORT'] ?? '9180'}`;
const { user, password, port } = sql;
const database = openDatabase(`postgresql://${user}:${password}@127.0.0.1:${port}/unkai`, decisionsAtOnce);
const bootTenants: Tenant[] = [];
while (bootTenants.length < boots.projects) bootTenants.push(await openTenant(installation));
const tenant = await openTenant(installation);
const fleet = await insertFleet(installation, tenant, size);
const figures = [await heartbeatFigure(home, origin, fleet)];
const background = new AbortController();
const beating = beat(origin, fleet, background.signal);
figures.push(await desiredFigure(origin, fleet));
background.abort();
await beating;
figures.push(await placementFigure(installation, database, tenant));
// Nobody is behind the hosts of the fleet: boots go to those that have agents.
await sql.query(`UPDATE host SET is_enabled = false WHERE name LIKE 'fleet-%'`);
figures.push(await bootFigure(installation, bootTenants));
const baseline = await smallestRequest(installation);
await database.close();
endAsking();
printFigures(machineLine(), [...figures, { name: baseline.name, unit: 'ms', measured: baseline.value, goal: null }]);
