// H16: whatever is killed in the middle of a create, it converges, once. Simulated hosts, slowed down so that there is a
// middle; everything else is real.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Cloud } from './cloud.ts';
import { eventually, Installation } from './installation.ts';

const hosts = 3;
let installation: Installation;
let cloud: Cloud;

beforeAll(async () => {
  const variables = { UNKAI_SIM_FAULTS: 'disk.ensureOverlay:700ms,qemu.start:900ms' };
  installation = await Installation.start({ sim: true, variables });
  cloud = await Cloud.of(installation);
});
afterAll(() => installation?.remove());

/** Nothing of any server is left: rows, addresses, capacity, guests. */
afterEach(async () => {
  await eventually('everything answers again', async () => ((await installation.status()).healthy ? true : undefined));
  await cloud.deleteAll();
  expect(
    await installation.rows('SELECT 1 FROM server UNION ALL SELECT 1 FROM port UNION ALL SELECT 1 FROM port_address'),
  ).toEqual([]);
  expect(await installation.rows('SELECT 1 FROM host_allocation')).toEqual([]);
  await eventually('no guest is left', async () => ((await installation.guests(hosts)) === 0 ? true : undefined));
});

/** Each server has run once and holds exactly its own: one address, one share of one host, one guest. */
async function expectOnce(names: readonly string[]): Promise<void> {
  const servers = await cloud.servers();
  expect(servers.map(({ name }) => name).toSorted()).toEqual([...names].toSorted());
  const addresses = servers.flatMap((server) => server.addresses.map(({ address }) => address));
  expect(new Set(addresses).size).toBe(names.length);
  const held = await installation.rows(
    `SELECT s.name, (SELECT count(*)::int FROM port p WHERE p.server_id = s.id) AS ports,
       (SELECT count(*)::int FROM port_address a JOIN port p ON p.id = a.port_id WHERE p.server_id = s.id) AS addresses,
       (SELECT count(*)::int FROM host_allocation h WHERE h.server_id = s.id AND h.host_id = s.host_id) AS shares,
       (SELECT count(*)::int FROM workflow_run r WHERE r.resource_id = s.id AND r.name = 'server.create') AS creates
     FROM server s ORDER BY s.name`,
  );
  const once = { ports: 1, addresses: 1, shares: 1, creates: 1 };
  expect(held).toEqual(names.toSorted().map((name) => ({ name, ...once })));
  await eventually(`exactly ${names.length} guests run`, async () =>
    (await installation.guests(hosts)) === names.length ? true : undefined,
  );
}

/** What goes away: programs that are killed, or everything that Redis knows. */
const victims: Readonly<Record<string, readonly string[]>> = {
  agents: ['hostagent-sim-1', 'hostagent-sim-2', 'hostagent-sim-3'],
  workers: ['workers'],
  api: ['api'],
  Redis: ['redis'],
  'Redis, flushed': [],
  Postgres: ['postgres'],
};

/** Makes ready to strike at once: who they are is looked up before, as that takes longer than a create. */
async function aim(programs: readonly string[]): Promise<() => Promise<void> | void> {
  if (programs.length === 0) return () => installation.flushRedis();
  const pids = await Promise.all(programs.map((name) => installation.pid(name)));
  return () => {
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  };
}

/**
 * Waits until a step of a create is under way; what follows comes in the middle, and not before. A machine that is too
 * busy to look in time may find it done: then the fault strikes just after, which must do no harm either.
 */
function untilStep(name: string): Promise<true> {
  return eventually(`${name} is under way`, async () => {
    const rows = await installation.rows(
      `SELECT 1 FROM workflow_step t JOIN workflow_run r ON r.id = t.run_id JOIN server s ON s.id = r.resource_id
       WHERE r.name = 'server.create' AND t.name = '${name}' AND t.state IN ('running', 'done') LIMIT 1`,
    );
    return rows.length > 0 ? true : undefined;
  });
}

const moments = {
  'as soon as it is asked for': () => sleep(20),
  'while its disk is made': () => untilStep('server.ensure'),
  'while it is switched on': () => untilStep('server.ensure').then(() => sleep(1_000)),
} as const;

describe.each(Object.entries(victims))('%s', (_what, programs) => {
  test.each(Object.entries(moments))('H16: gone %s: one server runs, and nothing is doubled', async (_when, moment) => {
    const strike = await aim(programs);
    const creating = cloud.createServer('one');
    await moment();
    await strike();
    await cloud.untilState(await creating, 'running');
    await expectOnce(['one']);
  });

  test('H16: gone in the middle of eight creates: eight servers run, and nothing is doubled', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `many-${index}`);
    const strike = await aim(programs);
    const creating = names.map((name) => cloud.createServer(name));
    await untilStep('server.ensure');
    await strike();
    for (const id of await Promise.all(creating)) await cloud.untilState(id, 'running');
    await expectOnce(names);
  });
});

test('the API answers nobody for longer than a host may be silent: none is taken for dead, and the next create runs', async () => {
  const api = await installation.pid('api');
  process.kill(api, 'SIGSTOP');
  try {
    await eventually('no host was heard for long', async () => {
      const heard = "SELECT 1 FROM host WHERE last_heartbeat_at > now() - interval '20 seconds'";
      return (await installation.rows(heard)).length === 0 ? true : undefined;
    });
    expect(await installation.rows('SELECT 1 FROM host WHERE is_up')).toHaveLength(hosts);
  } finally {
    process.kill(api, 'SIGCONT');
  }
  await cloud.untilState(await cloud.createServer('after'), 'running');
  expect(await installation.rows('SELECT 1 FROM host WHERE is_up')).toHaveLength(hosts);
});
