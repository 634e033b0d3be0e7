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
  const variables = { UNKAI_SIM_FAULTS: 'disk.ensureOverlay:400ms,qemu.start:600ms' };
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

/** How far the servers are, as soon as Postgres answers: what was killed came in the middle, not at the end. */
function statesInDatabase(): Promise<unknown[]> {
  return eventually('Postgres answers', async () =>
    (await installation.rows('SELECT state FROM server')).map(({ state }) => state),
  );
}

/** Kills at a moment of a create and, when it is back, of the next. */
const killings = {
  agents: async () => {
    for (const host of ['sim-1', 'sim-2', 'sim-3']) await installation.kill(`hostagent-${host}`);
  },
  workers: () => installation.kill('workers'),
  api: () => installation.kill('api'),
  Redis: () => installation.kill('redis'),
  'Redis, flushed': () => installation.flushRedis(),
  Postgres: () => installation.kill('postgres'),
} as const;

describe.each(Object.entries(killings))('%s', (_what, kill) => {
  test.each([50, 700, 1_200])(
    'H16: gone %i ms into a create: one server runs, and nothing is doubled',
    async (moment) => {
      const creating = cloud.createServer('one');
      await sleep(moment);
      await kill();
      expect(await statesInDatabase()).not.toContain('running');
      await cloud.untilState(await creating, 'running');
      await expectOnce(['one']);
    },
  );

  test('H16: gone in the middle of eight creates: eight servers run, and nothing is doubled', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `many-${index}`);
    const creating = names.map((name) => cloud.createServer(name));
    await sleep(900);
    await kill();
    for (const id of await Promise.all(creating)) await cloud.untilState(id, 'running');
    await expectOnce(names);
  });
});
