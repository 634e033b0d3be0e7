import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { makeHost } from './installation.ts';
import { type Ask, openstackOf } from './openstack.ts';

export const made = z.object({ server: z.looseObject({ id: z.string() }) });
export const listed = z.object({ servers: z.array(z.looseObject({ id: z.string(), name: z.string() })) });

/** A project at the compute door: a member and an operator who ask, and what a server is made from. */
export interface Compute {
  readonly cloud: Cloud;
  readonly tenant: Tenant;
  readonly parts: Awaited<ReturnType<typeof makeParts>>;
  readonly member: Ask;
  readonly operator: Ask;
  readonly memberId: string;
  /** Makes a server as the member and gives its id. */
  readonly makeServer: (more?: Record<string, unknown>, version?: string) => Promise<string>;
  readonly setState: (id: string, state: string) => Promise<void>;
}

export async function openCompute(): Promise<Compute> {
  const cloud = await openCloud();
  const tenant = await makeTenant(cloud);
  const parts = await makeParts(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const admin = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' }, system: 'admin' });
  const member = openstackOf(cloud, '/compute', await makeToken(cloud.core, person.id, {}));
  const operator = openstackOf(cloud, '/compute', await makeToken(cloud.core, admin.id, {}));
  await makeHost(cloud.core, cloud.services, 'rack-1');
  const makeServer = async (more: Record<string, unknown> = {}, version = '2.1') => {
    const server = { name: 'web', imageRef: parts.image.id, flavorRef: parts.flavor.id, ...more };
    const told = await member('POST', '/v2.1/servers', { version, body: { server } });
    if (told.status !== 202) throw new Error(`a server is made: ${told.status} ${told.text}`);
    return made.parse(told.body).server.id;
  };
  const setState = async (id: string, state: string) => {
    await cloud.core.database.prisma.server.update({ where: { id }, data: { state } });
  };
  return { cloud, tenant, parts, member, operator, memberId: person.id, makeServer, setState };
}
