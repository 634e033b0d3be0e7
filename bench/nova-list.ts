// Lists of servers through the door for OpenStack's clients, in detail, as `openstack server list` asks for them.
//   node bench/nova-list.ts
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { smallestRequest } from './measuring/baselines.ts';
import { insertCrowd, removeCrowd } from './measuring/crowd.ts';
import { type Figure, median, printFigures } from './measuring/figure.ts';
import { type Installation, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { openTenant, type Tenant } from './measuring/tenant.ts';

const crowdSize = 1_000;
const lists = 60;
const warmUps = 10;

const madeToken = z.object({ token: z.string() });
const page = z.object({ servers: z.array(z.looseObject({ addresses: z.looseObject({}) })) });

/** How long a list of `size` servers takes, median of many. */
async function listMs({ api }: Installation, token: string, size: number): Promise<number> {
  const took: number[] = [];
  for (let index = -warmUps; index < lists; index += 1) {
    const path = `/compute/v2.1/servers/detail?limit=${size}`;
    const { text, milliseconds } = await api.askOpenstack(path, token);
    if (page.parse(JSON.parse(text)).servers.length !== size) throw new Error(`The list has not ${size} servers.`);
    if (index >= 0) took.push(milliseconds);
  }
  return median(took);
}

/** A token of the tenant's project, as an openrc file would get one. */
async function tokenOf({ api }: Installation, { projectId }: Tenant): Promise<string> {
  const name = `bench-${randomUUID().slice(0, 8)}`;
  return madeToken.parse(JSON.parse((await api.ask('POST', '/api-tokens', { name, projectId })).text)).token;
}

async function listFigures(installation: Installation, tenant: Tenant): Promise<Figure[]> {
  const token = await tokenOf(installation, tenant);
  const baseline = await smallestRequest(installation);
  return [
    {
      name: 'Nova: list of 100 servers, p50',
      unit: 'ms',
      measured: await listMs(installation, token, 100),
      goal: 8,
      baseline,
    },
    {
      name: 'Nova: list of 1,000 servers, p50',
      unit: 'ms',
      measured: await listMs(installation, token, crowdSize),
      goal: 60,
      baseline,
    },
  ];
}

await using installation = await openInstallation({ isSimulated: true });
const tenant = await openTenant(installation);
await insertCrowd(installation, tenant, crowdSize);
const figures = await listFigures(installation, tenant);
await removeCrowd(installation, tenant);
printFigures(machineLine(), figures);
