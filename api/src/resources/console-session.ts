import { id } from '@unkai/contracts/primitives';
import { consoleSession, consoleSessionCreate } from '@unkai/contracts/resources/console-session';
import { openConsoleSession } from '@unkai/core/console';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Servers');

export const consoleSessionRouter = router({
  create: procedure
    .meta(
      operation(
        'POST /servers/{serverId}/console-sessions',
        'Open a way to the console, for one use; without `server:console` it is to look at only',
        'server:log',
        { showsSecret: true },
      ),
    )
    .input(consoleSessionCreate.extend({ serverId: id }))
    .output(consoleSession)
    .mutation(({ ctx: { call }, input }) => openConsoleSession(call, input.serverId, input.kind)),
});
