import { z } from 'zod';

// How an outage reads: Prisma's numbers, SQLSTATE (connection exceptions, shutting down and starting, too many
// connections), and what the socket says.
const codes = /^(P1001|P1002|P1008|P1017|P2024|P2028|P2037|08\w{3}|57P0[1-5]|53300|ECONN\w+|ETIMEDOUT|EPIPE)$/;
// The driver has no codes for a connection that ended under a query.
const messages =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

// A unix socket is not there while Postgres is not; another file that is missing is another matter.
const noSocket = /^connect ENOENT /m;

const failure = z.object({
  code: z.unknown(),
  originalCode: z.unknown(),
  message: z.unknown(),
  cause: z.unknown(),
  meta: z.object({ driverAdapterError: z.unknown() }).optional().catch(undefined),
});

/** Whether work failed because Postgres is away, restarting or out of connections, and not for what was asked of it. */
export function isDatabaseAway(error: unknown): boolean {
  const read = failure.partial().safeParse(error);
  if (!read.success) return false;
  const { code, originalCode, message, cause, meta } = read.data;
  if ([code, originalCode].some((each) => typeof each === 'string' && codes.test(each))) return true;
  if (typeof message === 'string' && (messages.test(message) || noSocket.test(message))) return true;
  return isDatabaseAway(cause) || isDatabaseAway(meta?.driverAdapterError);
}
