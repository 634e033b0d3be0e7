import { id, page, taggedPageQuery } from '@unkai/contracts/primitives';
import {
  routerCreate,
  routerInterfaceAdd,
  routerUpdate,
  router as routerView,
} from '@unkai/contracts/resources/router';
import type { Call } from '@unkai/core/call';
import { commit } from '@unkai/core/database/database';
import { findPort } from '@unkai/core/store/port';
import { findPlace } from '@unkai/core/store/project';
import { findRouter, listRouters, viewRouter } from '@unkai/core/store/router';
import { createRouter, deleteRouter, findGateway, updateRouter } from '@unkai/core/store/router-change';
import { addRouterInterface, type InterfaceSource, removeRouterInterface } from '@unkai/core/store/router-interface';
import { findSubnet } from '@unkai/core/store/subnet';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Routers');

/** What an interface is to be made of; the caller must be able to see it (A45). */
async function interfaceSource(
  call: Call,
  { subnetId = '', portId }: { subnetId?: string | undefined; portId?: string | undefined },
): Promise<InterfaceSource> {
  if (portId !== undefined) return { port: await findPort(call, 'port:read', portId) };
  return { subnet: await findSubnet(call, 'subnet:read', subnetId) };
}

export const routerRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/routers', 'Make a router', 'router:create'))
    .input(routerCreate.extend({ projectId: id }))
    .output(routerView)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'router:create', input.projectId);
      const gateway = input.gateway && (await findGateway(call, input.projectId, input.gateway));
      return commit(call.core.database, (unit) => createRouter(unit, call, { ...input, gateway }));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/routers', 'List routers', 'router:read'))
    .input(taggedPageQuery.extend({ projectId: id }))
    .output(page(routerView))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'router:read', input.projectId);
      return listRouters(call, input);
    }),
  get: procedure
    .meta(operation('GET /routers/{id}', 'Show a router', 'router:read'))
    .input(z.strictObject({ id }))
    .output(routerView)
    .query(async ({ ctx: { call }, input }) => viewRouter(call, await findRouter(call, 'router:read', input.id))),
  update: procedure
    .meta(operation('PATCH /routers/{id}', 'Change a router, its gateway or its routes', 'router:update'))
    .input(routerUpdate.extend({ id }))
    .output(routerView)
    .mutation(async ({ ctx: { call }, input: { id: routerId, gateway: wanted, ...change } }) => {
      const row = await findRouter(call, 'router:update', routerId);
      const gateway = wanted ? await findGateway(call, row.projectId, wanted) : wanted;
      return commit(call.core.database, (unit) => updateRouter(unit, call, row, { ...change, gateway }));
    }),
  delete: procedure
    .meta(operation('DELETE /routers/{id}', 'Delete a router that has no interfaces', 'router:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRouter(call, 'router:delete', input.id);
      await commit(call.core.database, (unit) => deleteRouter(unit, call, row));
    }),
  addInterface: procedure
    .meta(operation('POST /routers/{id}/interfaces', 'Join a router to a subnet', 'router:update'))
    .input(routerInterfaceAdd.safeExtend({ id }))
    .output(routerView)
    .mutation(async ({ ctx: { call }, input: { id: routerId, ...wanted } }) => {
      const row = await findRouter(call, 'router:update', routerId);
      const source = await interfaceSource(call, wanted);
      return commit(call.core.database, (unit) => addRouterInterface(unit, call, row, source));
    }),
  removeInterface: procedure
    .meta(operation('DELETE /routers/{id}/interfaces/{portId}', 'Take a router off a subnet', 'router:update'))
    .input(z.strictObject({ id, portId: id }))
    .output(routerView)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findRouter(call, 'router:update', input.id);
      return commit(call.core.database, (unit) => removeRouterInterface(unit, call, row, input.portId));
    }),
});
