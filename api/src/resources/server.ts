import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { serverEvacuate, serverMigrate } from '@unkai/contracts/resources/host';
import {
  server,
  serverAttach,
  serverCreate,
  serverLog,
  serverReboot,
  serverUpdate,
} from '@unkai/contracts/resources/server';
import { commit } from '@unkai/core/database/database';
import { readServerLog } from '@unkai/core/server-log';
import { findPlace } from '@unkai/core/store/project';
import { findServer, listServers, showServer, updateServer } from '@unkai/core/store/server';
import { beginServerAction, beginServerDelete } from '@unkai/core/store/server-action';
import { createServer } from '@unkai/core/store/server-create';
import { evacuateServer, findServerToEvacuate } from '@unkai/core/store/server-evacuate';
import { attachInterface, detachInterface, findAttachPart } from '@unkai/core/store/server-interface-change';
import { findServerToMigrate, migrateServer } from '@unkai/core/store/server-migrate';
import { findServerParts } from '@unkai/core/store/server-parts';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Servers');

export const serverRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/servers', 'Create a server', 'server:create'))
    .input(serverCreate.extend({ projectId: id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'server:create', input.projectId);
      const parts = await findServerParts(call, input);
      return commit(call.core.database, (unit) => createServer(unit, call, input, parts));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/servers', 'List servers', 'server:read'))
    .input(pageQuery.extend({ projectId: id }))
    .output(page(server))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'server:read', input.projectId);
      return listServers(call, input);
    }),
  get: procedure
    .meta(operation('GET /servers/{id}', 'Show a server', 'server:read'))
    .input(z.strictObject({ id }))
    .output(server)
    .query(async ({ ctx: { call }, input }) => {
      const row = await findServer(call, 'server:read', input.id);
      return showServer(call, row.id);
    }),
  update: procedure
    .meta(operation('PATCH /servers/{id}', 'Rename or describe a server', 'server:update'))
    .input(serverUpdate.extend({ id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input: { id: serverId, ...change } }) => {
      const row = await findServer(call, 'server:update', serverId);
      await commit(call.core.database, (unit) => updateServer(unit, call, row, change));
      return showServer(call, row.id);
    }),
  delete: procedure
    .meta(
      operation('DELETE /servers/{id}', 'Delete a server and everything it holds', 'server:delete', {
        answer: 'started',
      }),
    )
    .input(z.strictObject({ id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServer(call, 'server:delete', input.id);
      await commit(call.core.database, (unit) => beginServerDelete(unit, call, row));
      return showServer(call, row.id);
    }),
  start: procedure
    .meta(operation('POST /servers/{id}/start', 'Start a server', 'server:start', { answer: 'started' }))
    .input(z.strictObject({ id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServer(call, 'server:start', input.id);
      await commit(call.core.database, (unit) => beginServerAction(unit, call, row, { verb: 'start' }));
      return showServer(call, row.id);
    }),
  stop: procedure
    .meta(operation('POST /servers/{id}/stop', 'Stop a server', 'server:stop', { answer: 'started' }))
    .input(z.strictObject({ id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServer(call, 'server:stop', input.id);
      await commit(call.core.database, (unit) => beginServerAction(unit, call, row, { verb: 'stop' }));
      return showServer(call, row.id);
    }),
  reboot: procedure
    .meta(operation('POST /servers/{id}/reboot', 'Reboot a server', 'server:reboot', { answer: 'started' }))
    .input(serverReboot.extend({ id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServer(call, 'server:reboot', input.id);
      await commit(call.core.database, (unit) =>
        beginServerAction(unit, call, row, { verb: 'reboot', input: { kind: input.kind } }),
      );
      return showServer(call, row.id);
    }),
  migrate: procedure
    .meta(
      operation('POST /servers/{id}/migrate', 'Move a server with its disk to another host', 'server:migrate', {
        answer: 'started',
      }),
    )
    .input(serverMigrate.extend({ id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServerToMigrate(call, input.id);
      await commit(call.core.database, (unit) => migrateServer(unit, call, row, input.hostName));
      return showServer(call, row.id);
    }),
  evacuate: procedure
    .meta(
      operation('POST /servers/{id}/evacuate', 'Make a server of a dead host anew on another', 'server:evacuate', {
        answer: 'started',
      }),
    )
    .input(serverEvacuate.extend({ id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServerToEvacuate(call, input.id);
      await commit(call.core.database, (unit) => evacuateServer(unit, call, row, input.hostName));
      return showServer(call, row.id);
    }),
  attachInterface: procedure
    .meta(
      operation('POST /servers/{id}/interfaces', 'Give a server one more interface', 'server:update', {
        answer: 'changed',
      }),
    )
    .input(serverAttach.extend({ id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input: { id: serverId, ...ask } }) => {
      const row = await findServer(call, 'server:update', serverId);
      const part = await findAttachPart(call, row, ask);
      await commit(call.core.database, (unit) => attachInterface(unit, call, row, part));
      return showServer(call, row.id);
    }),
  detachInterface: procedure
    .meta(operation('DELETE /servers/{id}/interfaces/{portId}', 'Take an interface from a server', 'server:update'))
    .input(z.strictObject({ id, portId: id }))
    .output(server)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findServer(call, 'server:update', input.id);
      await commit(call.core.database, (unit) => detachInterface(unit, call, row, input.portId));
      return showServer(call, row.id);
    }),
  log: procedure
    .meta(operation('GET /servers/{id}/log', 'Show the end of the serial console', 'server:log'))
    .input(z.strictObject({ id }))
    .output(serverLog)
    .query(({ ctx: { call }, input }) => readServerLog(call, input.id)),
});
