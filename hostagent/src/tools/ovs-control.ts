// The control socket of ovs-vswitchd, which ovs-appctl speaks to as well (JSON-RPC 1.0): one call takes a fraction of a
// millisecond, and starting ovs-appctl for it some.
import { createConnection } from 'node:net';
import { z } from 'zod';
import { JsonSplitter } from './json-splitter.ts';

const answer = z.object({ result: z.string().nullable(), error: z.string().nullable() });
const timeoutMs = 10_000;

/** What ovs-vswitchd said against a command, or that it does not answer. */
class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** Gives the daemon a command, such as `dpctl/flush-conntrack`, and its words in return. Throws ControlError. */
export function control(socketPath: string, method: string, params: readonly string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (why: string) => reject(new ControlError(`ovs-vswitchd failed at ${method}: ${why.trim()}`));
  const splitter = new JsonSplitter();
  const socket = createConnection(socketPath, () => socket.write(JSON.stringify({ id: 0, method, params })));
  socket.setTimeout(timeoutMs, () => fail(`no answer within ${timeoutMs} ms`));
  socket.on('error', ({ message }) => fail(message));
  socket.on('close', () => fail('the connection was closed'));
  socket.on('data', (chunk) => {
    try {
      for (const text of splitter.push(chunk)) {
        const { result, error } = answer.parse(JSON.parse(text));
        if (error === null) resolve(result ?? '');
        else fail(error);
      }
    } catch (error) {
      // Whatever speaks there is no ovs-vswitchd that we know: nobody above this listener would hear of it.
      fail(`its answer is not understood: ${String(error)}`);
    }
  });
  return promise.finally(() => socket.destroy());
}
