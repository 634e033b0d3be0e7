// What clients of OpenStack's network service ask for the most: a port, and lists of networks and ports.
//   node bench/neutron.ts
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { smallestRequest } from './measuring/baselines.ts';
import { type Figure, median, printFigures } from './measuring/figure.ts';
import { type Installation, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { openTenant, type Tenant } from './measuring/tenant.ts';

const networkCount = 100;
const rounds = 60;
const warmUps = 20;
const at = '/network/v2.0';

const madeToken = z.object({ token: z.string() });
const madeNetworks = z.object({ networks: z.array(z.object({ id: z.string() })) });

/** A token of the tenant's project, as an openrc file would get one. */
async function tokenOf({ api }: Installation, { projectId }: Tenant): Promise<string> {
  const name = `bench-${randomUUID().slice(0, 8)}`;
  return madeToken.parse(JSON.parse((await api.ask('POST', '/api-tokens', { name, projectId })).text)).token;
}

/** A hundred networks with a subnet each; gives their ids. */
async function makeNetworks({ api }: Installation, token: string): Promise<string[]> {
  const make = (path: string, body: object) => api.askOpenstack(`${at}/${path}`, token, { method: 'POST', body });
  const wanted = Array.from({ length: networkCount }, (_, index) => ({ name: `net-${index}` }));
  const { networks } = madeNetworks.parse(JSON.parse((await make('networks', { networks: wanted })).text));
  const subnets = networks.map(({ id }) => ({ network_id: id, ip_version: 4, cidr: '10.20.0.0/16' }));
  await make('subnets', { subnets });
  return networks.map(({ id }) => id);
}

/** How long one request takes, median of many. */
async function medianMs(ask: () => Promise<{ milliseconds: number }>): Promise<number> {
  const took: number[] = [];
  for (let index = -warmUps; index < rounds; index += 1) {
    const { milliseconds } = await ask();
    if (index >= 0) took.push(milliseconds);
  }
  return median(took);
}

async function listMs({ api }: Installation, token: string, path: string): Promise<number> {
  return medianMs(async () => {
    const answered = await api.askOpenstack(`${at}/${path}?limit=${networkCount}`, token);
    const things: unknown = z.looseObject({}).parse(JSON.parse(answered.text))[path];
    if (!Array.isArray(things) || things.length !== networkCount) throw new Error(`The list of ${path} is not whole.`);
    return answered;
  });
}

await using installation = await openInstallation({ isSimulated: true });
const tenant = await openTenant(installation);
await installation.sql.query(
  `INSERT INTO project_quota (project_id, name, "limit")
   SELECT $1, name, 1000000000 FROM unnest(ARRAY['networks', 'subnets']) AS name ON CONFLICT DO NOTHING`,
  [tenant.projectId],
);
const token = await tokenOf(installation, tenant);
const [networkId] = await makeNetworks(installation, token);
const port = () => {
  const body = { port: { network_id: networkId } };
  return installation.api.askOpenstack(`${at}/ports`, token, { method: 'POST', body });
};
const created = await medianMs(port);
for (let index = warmUps + rounds; index < networkCount; index += 1) await port();
await installation.sql.query('ANALYZE network, subnet, port, port_address, port_security_group');
const baseline = await smallestRequest(installation);
const figures: Figure[] = [
  { name: 'Neutron: port create, p50', unit: 'ms', measured: created, goal: 10, baseline },
  {
    name: 'Neutron: list of 100 networks, p50',
    unit: 'ms',
    measured: await listMs(installation, token, 'networks'),
    goal: 8,
    baseline,
  },
  {
    name: 'Neutron: list of 100 ports, p50',
    unit: 'ms',
    measured: await listMs(installation, token, 'ports'),
    goal: null,
    baseline,
  },
];
printFigures(machineLine(), figures);
