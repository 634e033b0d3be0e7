import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { addressScope, addressScopeCreate, addressScopeUpdate } from '@unkai/contracts/resources/address-scope';
import { commit } from '@unkai/core/database/database';
import {
  createAddressScope,
  deleteAddressScope,
  findAddressScope,
  listAddressScopes,
  updateAddressScope,
  viewAddressScope,
} from '@unkai/core/store/address-scope';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Address scopes');

export const addressScopeRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/address-scopes', 'Make an address scope', 'address-scope:create'))
    .input(addressScopeCreate.extend({ projectId: id }))
    .output(addressScope)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'address-scope:create', input.projectId);
      return commit(call.core.database, (unit) => createAddressScope(unit, call, input));
    }),
  list: procedure
    .meta(
      operation(
        'GET /projects/{projectId}/address-scopes',
        'List address scopes: own and shared ones',
        'address-scope:read',
      ),
    )
    .input(pageQuery.extend({ projectId: id }))
    .output(page(addressScope))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'address-scope:read', input.projectId);
      return listAddressScopes(call, input);
    }),
  get: procedure
    .meta(operation('GET /address-scopes/{id}', 'Show an address scope', 'address-scope:read'))
    .input(z.strictObject({ id }))
    .output(addressScope)
    .query(async ({ ctx: { call }, input }) =>
      viewAddressScope(call, await findAddressScope(call, 'address-scope:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /address-scopes/{id}', 'Change an address scope', 'address-scope:update'))
    .input(addressScopeUpdate.extend({ id }))
    .output(addressScope)
    .mutation(async ({ ctx: { call }, input: { id: scopeId, ...change } }) => {
      const row = await findAddressScope(call, 'address-scope:update', scopeId);
      return commit(call.core.database, (unit) => updateAddressScope(unit, call, row, change));
    }),
  delete: procedure
    .meta(
      operation('DELETE /address-scopes/{id}', 'Delete an address scope that no pool is in', 'address-scope:delete'),
    )
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findAddressScope(call, 'address-scope:delete', input.id);
      await commit(call.core.database, (unit) => deleteAddressScope(unit, call, row));
    }),
});
