import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { z } from 'zod';
import { type Cloud, makePerson, makeSession, makeToken, type Tenant } from './cloud.ts';
import { type DomainRoles, giveDomainRoles } from './denial-things.ts';
import { keystoneToken } from './openstack.ts';
import { type Persona, personas } from './personas.ts';

/** The project under attack, and another one. */
export interface Place {
  readonly cloud: Cloud;
  readonly tenant: Tenant;
  readonly other: Tenant;
}

/** A credential as one of the personas has it; null for nobody. */
export async function credentialOf(place: Place, persona: Persona): Promise<string | null> {
  const { cloud, tenant, other } = place;
  if (persona === 'nobody') return null;
  if (persona === 'garbage token') return `unk_${'x'.repeat(43)}`;
  const { roles, confinement } = shapeOf(persona);
  const person = await makePerson(cloud, {
    ...(roles?.project && { project: { id: tenant.id, role: roles.project } }),
    ...(roles?.system && { system: roles.system }),
  });
  const { prisma } = cloud.core.database;
  if (roles?.otherProject) {
    await prisma.roleAssignment.create({
      data: { userId: person.id, projectId: other.id, roleId: builtInRoleIds[roles.otherProject] },
    });
  }
  await giveDomainRoles(cloud, person.id, roles ?? {});
  // Tokens as the identity door gives them (`ukt_`): of a credential that makes no others, and of another project.
  if (persona === 'restricted credential') return restrictedToken(cloud, person.token, tenant.id);
  if (persona === 'scoped token elsewhere') return keystoneToken(cloud, person.name, other.id);
  if (confinement === 'other') return makeToken(cloud.core, person.id, { projectId: other.id });
  if (confinement) return makeToken(cloud.core, person.id, confinement);
  if (persona === 'expired session') return makeSession(cloud.core, person.id, -1);
  if (persona === 'revoked token') {
    const token = await makeToken(cloud.core, person.id, {});
    await prisma.apiToken.deleteMany({ where: { userId: person.id } });
    return token;
  }
  if (persona === 'disabled user') await prisma.user.update({ where: { id: person.id }, data: { isEnabled: false } });
  return person.token;
}

const lent = z.object({ id: z.string(), secret: z.string() });

/** A token of an application credential that makes and removes no credentials, lent by who has the session. */
async function restrictedToken(cloud: Cloud, session: string, projectId: string): Promise<string> {
  const body = { name: 'restricted', projectId };
  const made = await cloud.ask('POST', '/v1/application-credentials', { token: session, body });
  const identity = { methods: ['application_credential'], application_credential: lent.parse(made.body) };
  const told = await cloud.ask('POST', '/identity/v3/auth/tokens', { body: { auth: { identity } } });
  return z.string().parse(told.headers.get('x-subject-token'));
}

type Shape = {
  roles?: DomainRoles & {
    project?: 'reader' | 'member' | 'manager' | 'admin';
    otherProject?: 'admin';
    system?: 'reader' | 'admin';
  };
  confinement?: 'other' | { permissions: ['server:read'] };
};

function shapeOf(persona: Persona): Shape {
  const shape: Shape = {};
  const given = personas[persona];
  if ('roles' in given) shape.roles = given.roles;
  if ('confinement' in given) {
    shape.confinement = given.confinement === 'other' ? 'other' : { permissions: ['server:read'] };
  }
  return shape;
}
