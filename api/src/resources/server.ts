import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { server, serverCreate, serverLog, serverReboot, serverUpdate } from '@unkai/contracts/resources/server';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Servers');

export const serverRouter = router({
  create: procedure
    .meta(operation('POST /projects/{projectId}/servers', 'Create a server', 'server:create'))
    .input(serverCreate.extend({ projectId: id }))
    .output(server)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /projects/{projectId}/servers', 'List servers', 'server:read'))
    .input(pageQuery.extend({ projectId: id }))
    .output(page(server))
    .query(pending),
  get: procedure
    .meta(operation('GET /servers/{id}', 'Show a server', 'server:read'))
    .input(z.strictObject({ id }))
    .output(server)
    .query(pending),
  update: procedure
    .meta(operation('PATCH /servers/{id}', 'Rename or describe a server', 'server:update'))
    .input(serverUpdate.extend({ id }))
    .output(server)
    .mutation(pending),
  delete: procedure
    .meta(
      operation('DELETE /servers/{id}', 'Delete a server and everything it holds', 'server:delete', {
        answer: 'started',
      }),
    )
    .input(z.strictObject({ id }))
    .output(server)
    .mutation(pending),
  start: procedure
    .meta(operation('POST /servers/{id}/start', 'Start a server', 'server:start', { answer: 'started' }))
    .input(z.strictObject({ id }))
    .output(server)
    .mutation(pending),
  stop: procedure
    .meta(operation('POST /servers/{id}/stop', 'Stop a server', 'server:stop', { answer: 'started' }))
    .input(z.strictObject({ id }))
    .output(server)
    .mutation(pending),
  reboot: procedure
    .meta(operation('POST /servers/{id}/reboot', 'Reboot a server', 'server:reboot', { answer: 'started' }))
    .input(serverReboot.extend({ id }))
    .output(server)
    .mutation(pending),
  log: procedure
    .meta(operation('GET /servers/{id}/log', 'Show the end of the serial console', 'server:log'))
    .input(z.strictObject({ id }))
    .output(serverLog)
    .query(pending),
});
