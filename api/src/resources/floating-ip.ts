import { id, page, taggedPageQuery } from '@unkai/contracts/primitives';
import {
  floatingIp,
  floatingIpCreate,
  floatingIpUpdate,
  portForwarding,
  portForwardingCreate,
  portForwardingUpdate,
} from '@unkai/contracts/resources/floating-ip';
import { commit } from '@unkai/core/database/database';
import { findExternalNetwork } from '@unkai/core/store/external-network';
import { findFloatingIp, listFloatingIps, viewFloatingIp } from '@unkai/core/store/floating-ip';
import { createFloatingIp, deleteFloatingIp, updateFloatingIp } from '@unkai/core/store/floating-ip-change';
import { createPortForwarding, deletePortForwarding, updatePortForwarding } from '@unkai/core/store/port-forwarding';
import { findPlace } from '@unkai/core/store/project';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Floating IPs');

export const floatingIpRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/floating-ips', 'Take a floating IP', 'floating-ip:create'))
    .input(floatingIpCreate.extend({ projectId: id }))
    .output(floatingIp)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'floating-ip:create', input.projectId);
      const { projectId, networkId } = input;
      const network = await findExternalNetwork(call, networkId, { projectId, field: 'networkId' });
      return commit(call.core.database, (unit) => createFloatingIp(unit, call, { ...input, network }));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/floating-ips', 'List floating IPs', 'floating-ip:read'))
    .input(taggedPageQuery.extend({ projectId: id, portId: id.optional() }))
    .output(page(floatingIp))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'floating-ip:read', input.projectId);
      return listFloatingIps(call, input);
    }),
  get: procedure
    .meta(operation('GET /floating-ips/{id}', 'Show a floating IP with its port forwardings', 'floating-ip:read'))
    .input(z.strictObject({ id }))
    .output(floatingIp)
    .query(async ({ ctx: { call }, input }) =>
      viewFloatingIp(await findFloatingIp(call, 'floating-ip:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /floating-ips/{id}', 'Let a floating IP reach a port, or nobody', 'floating-ip:update'))
    .input(floatingIpUpdate.extend({ id }))
    .output(floatingIp)
    .mutation(async ({ ctx: { call }, input: { id: floatingIpId, ...change } }) => {
      const row = await findFloatingIp(call, 'floating-ip:update', floatingIpId);
      return commit(call.core.database, (unit) => updateFloatingIp(unit, call, row, change));
    }),
  delete: procedure
    .meta(operation('DELETE /floating-ips/{id}', 'Give a floating IP back', 'floating-ip:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findFloatingIp(call, 'floating-ip:delete', input.id);
      await commit(call.core.database, (unit) => deleteFloatingIp(unit, call, row));
    }),
  createForwarding: procedure
    .meta(
      operation(
        'POST /floating-ips/{floatingIpId}/port-forwardings',
        'Let ports of a floating IP lead to a guest’s',
        'floating-ip:update',
      ),
    )
    .input(portForwardingCreate)
    .output(portForwarding)
    .mutation(async ({ ctx: { call }, input: { floatingIpId, ...wanted } }) => {
      const row = await findFloatingIp(call, 'floating-ip:update', floatingIpId);
      return commit(call.core.database, (unit) => createPortForwarding(unit, call, row, wanted));
    }),
  updateForwarding: procedure
    .meta(
      operation(
        'PATCH /floating-ips/{floatingIpId}/port-forwardings/{id}',
        'Change a port forwarding',
        'floating-ip:update',
      ),
    )
    .input(portForwardingUpdate)
    .output(portForwarding)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findFloatingIp(call, 'floating-ip:update', input.floatingIpId);
      return commit(call.core.database, (unit) => updatePortForwarding(unit, call, row, input));
    }),
  deleteForwarding: procedure
    .meta(
      operation(
        'DELETE /floating-ips/{floatingIpId}/port-forwardings/{id}',
        'Delete a port forwarding',
        'floating-ip:update',
      ),
    )
    .input(z.strictObject({ floatingIpId: id, id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findFloatingIp(call, 'floating-ip:update', input.floatingIpId);
      await commit(call.core.database, (unit) => deletePortForwarding(unit, call, row, input.id));
    }),
});
