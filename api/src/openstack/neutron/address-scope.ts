import { flag, ipFamily } from '@unkai/contracts/primitives';
import type { AddressScope } from '@unkai/contracts/resources/address-scope';
import { searchAddressScopes } from '@unkai/core/store/address-scope';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { onlyFields, placeOf } from './collection.ts';
import { listRoute } from './list.ts';
import { nameOf } from './network.ts';

const common = { name: z.string().optional(), shared: flag.optional() };
const newScope = z.strictObject({
  address_scope: z.strictObject({
    ...common,
    ip_version: ipFamily,
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
});
const scopeChange = z.strictObject({ address_scope: z.strictObject(common) });

function scopeView({ id, projectId, name, family, isShared }: AddressScope) {
  return { id, name, tenant_id: projectId, project_id: projectId, ip_version: family, shared: isShared };
}

const scopeId = (asked: Asked) => asked.id('scope', 'address-scope');

const list = listRoute({
  plural: 'address_scopes',
  permission: 'address-scope:read',
  fields: {
    id: 'id',
    project_id: 'projectId',
    tenant_id: 'projectId',
    name: 'name',
    ip_version: 'family',
    shared: 'isShared',
  },
  search: searchAddressScopes,
  view: scopeView,
});

async function show(asked: Asked): Promise<Answer> {
  const view = scopeView(await asked.operations.addressScope.get({ id: scopeId(asked) }));
  return { status: 200, body: { address_scope: onlyFields(view, asked.query) } };
}

async function create(asked: Asked): Promise<Answer> {
  const { address_scope: scope } = await asked.body(newScope);
  const made = await asked.operations.addressScope.create({
    projectId: placeOf(asked, scope),
    name: nameOf(scope.name),
    family: scope.ip_version,
    ...(scope.shared !== undefined && { isShared: scope.shared }),
  });
  return { status: 201, body: { address_scope: scopeView(made) } };
}

async function update(asked: Asked): Promise<Answer> {
  const id = scopeId(asked);
  const { address_scope: scope } = await asked.body(scopeChange);
  const changed = await asked.operations.addressScope.update({
    id,
    ...(scope.name !== undefined && { name: nameOf(scope.name) }),
    ...(scope.shared !== undefined && { isShared: scope.shared }),
  });
  return { status: 200, body: { address_scope: scopeView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.addressScope.delete({ id: scopeId(asked) });
  return { status: 204 };
}

/** Scopes in which ranges are there once. */
export const addressScopeRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/address-scopes', answer: list },
  { method: 'POST', path: '/v2.0/address-scopes', answer: create },
  { method: 'GET', path: '/v2.0/address-scopes/:scope', answer: show },
  { method: 'PUT', path: '/v2.0/address-scopes/:scope', answer: update },
  { method: 'DELETE', path: '/v2.0/address-scopes/:scope', answer: remove },
];
