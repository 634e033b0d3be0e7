import type { ClientRequest, IncomingMessage } from 'node:http';

/** What may be asked twice: neither changes anything (RFC 9110, 9.2.1). */
const safe = new Set(['GET', 'HEAD']);

/**
 * Which requests went out over a connection that was kept from an earlier one. A program closes such a connection when it
 * rests for long, and on a busy machine that crosses with the next request: the program is there, and only has to be asked
 * again. A page whose script was lost that way would never come to life.
 */
export class KeptConnections {
  readonly #requests = new WeakSet<IncomingMessage>();

  /** To be told whenever a request has a connection. */
  note(outgoing: ClientRequest, request: IncomingMessage): void {
    if (outgoing.reusedSocket) this.#requests.add(request);
    else this.#requests.delete(request);
  }

  /** Whether to ask again, over a new connection, after nothing came back. No request is asked for a third time. */
  isWorthAnother(error: NodeJS.ErrnoException, request: IncomingMessage): boolean {
    return error.code === 'ECONNRESET' && isRepeatable(request) && this.#requests.has(request);
  }
}

/** A body is gone once it was sent. */
const isRepeatable = ({ method = '', headers }: IncomingMessage) =>
  safe.has(method) && headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
