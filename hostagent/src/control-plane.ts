import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { problem } from '@unkai/contracts/errors';
import { type DesiredIndex, desired, desiredIndex } from '@unkai/contracts/host/desired';
import {
  type InterfaceSlots,
  interfaceSlotsHeader,
  serverDiskReceived,
} from '@unkai/contracts/host/desired-server-migration';
import type { HostNoun } from '@unkai/contracts/host/job';
import {
  type heartbeat,
  heartbeatReply,
  type JoinReply,
  joinReply,
  type joinRequest,
} from '@unkai/contracts/host/join';
import type { HostReports } from '@unkai/contracts/host/report';
import type { z } from 'zod';
import { call, type HttpCall, readText, upload } from './http-call.ts';

/** The control plane did not answer, or not as it should. `status` is null when there was no answer at all. */
export class ControlPlaneError extends Error {
  override readonly name = 'ControlPlaneError';
  readonly status: number | null;

  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
  }
}

type Heartbeat = z.input<typeof heartbeat>;
export type DesiredOf = { [Noun in HostNoun]: z.infer<(typeof desired)[Noun]> };
const answers: { [Noun in HostNoun]: z.ZodType<DesiredOf[Noun]> } = desired;

type Call = {
  method: HttpCall['method'];
  path: string;
  body?: unknown;
  requestId?: string;
  /** In the place of the time limit that calls have. */
  signal?: AbortSignal;
  lane?: HttpCall['lane'];
};

type SentDisk = { sizeBytes: number; slots: InterfaceSlots; body: Readable };

const callTimeoutMs = 15_000;
/** The largest answer that is not an image: the list of all that should be on a host. */
const answerLimitBytes = 16 * 1024 ** 2;

/** The only way from this host to the control plane: HTTP calls to /agent with the host's own credential. */
export class ControlPlane {
  readonly #apiUrl: string;
  #credential: string | undefined;

  constructor(apiUrl: string) {
    this.#apiUrl = apiUrl;
  }

  useCredential(credential: string): void {
    this.#credential = credential;
  }

  /** The host's credential as an HTTP header, for the console gateway's WebSocket too. */
  authorization(): Record<string, string> {
    return this.#credential === undefined ? {} : { authorization: `Bearer ${this.#credential}` };
  }

  async join(body: z.input<typeof joinRequest>): Promise<JoinReply> {
    return joinReply.parse(await this.#json({ method: 'POST', path: '/agent/join', body }));
  }

  async heartbeat(body: Heartbeat): Promise<z.infer<typeof heartbeatReply>> {
    return heartbeatReply.parse(
      await this.#json({ method: 'POST', path: '/agent/heartbeat', body, lane: 'heartbeats' }),
    );
  }

  async desiredIndex(requestId: string): Promise<DesiredIndex> {
    return desiredIndex.parse(await this.#json({ method: 'GET', path: '/agent/desired', requestId }));
  }

  async desired<Noun extends HostNoun>(noun: Noun, id: string, requestId: string): Promise<DesiredOf[Noun]> {
    const answer = await this.#json({ method: 'GET', path: `/agent/desired/${noun}/${id}`, requestId });
    return answers[noun].parse(answer);
  }

  /** The hints for this host, one a line, for as long as they come. The caller reads them to their end or destroys them. */
  async hints(signal: AbortSignal): Promise<IncomingMessage> {
    return this.#send({ method: 'GET', path: '/agent/hints', signal, lane: 'streams' });
  }

  async report(body: HostReports): Promise<void> {
    const requestId = body.requestId === undefined ? {} : { requestId: body.requestId };
    await this.#call({ method: 'POST', path: '/agent/reports', body, ...requestId });
  }

  async uploadServerLog(serverId: string, body: { text: string; truncated: boolean }, requestId: string) {
    await this.#call({ method: 'PUT', path: `/agent/servers/${serverId}/log`, body, requestId });
  }

  /** The bytes of an image. The caller reads them to their end or destroys them. */
  async imageBody(id: string, requestId: string, signal: AbortSignal): Promise<IncomingMessage> {
    return this.#send({ method: 'GET', path: `/agent/images/${id}/file`, requestId, signal, lane: 'streams' });
  }

  /** Sends the disk of a server that moves, and gives what arrived. Reads `body` to its end or destroys it. */
  async sendDisk(id: string, { sizeBytes, slots, body }: SentDisk, requestId: string, signal: AbortSignal) {
    const path = `/agent/server-migrations/${id}/disk`;
    const headers = {
      ...this.authorization(),
      'x-request-id': requestId,
      'content-type': 'application/octet-stream',
      'content-length': String(sizeBytes),
      [interfaceSlotsHeader]: JSON.stringify(slots),
    };
    const answer = await upload(`${this.#apiUrl}${path}`, { headers, signal }, body).catch((cause) => {
      throw new ControlPlaneError(`The control plane at ${this.#apiUrl} did not take it (${cause}).`, null, cause);
    });
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) throw await refusal(answer, status, `PUT ${path}`);
    return serverDiskReceived.parse(JSON.parse(await readText(answer, answerLimitBytes)));
  }

  /** The disk of a server that comes here. The caller reads it to its end or destroys it. */
  async diskBody(id: string, requestId: string, signal: AbortSignal): Promise<IncomingMessage> {
    return this.#send({
      method: 'GET',
      path: `/agent/server-migrations/${id}/disk`,
      requestId,
      signal,
      lane: 'streams',
    });
  }

  async #json(sent: Call): Promise<unknown> {
    const text = await this.#call(sent);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new ControlPlaneError(`${sent.method} ${sent.path} was not answered with JSON.`, 200, cause);
    }
  }

  async #call(sent: Call): Promise<string> {
    const answer = await this.#send(sent);
    try {
      return await readText(answer, answerLimitBytes);
    } catch (cause) {
      throw new ControlPlaneError(`The answer to ${sent.method} ${sent.path} broke off (${cause}).`, null, cause);
    }
  }

  async #send({ method, path, body, requestId, signal, lane = 'plain' }: Call): Promise<IncomingMessage> {
    const headers = {
      ...this.authorization(),
      ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const limit = signal ?? AbortSignal.timeout(callTimeoutMs);
    const asked = { method, headers, ...sent, signal: limit, lane };
    const answer = await call(`${this.#apiUrl}${path}`, asked).catch((cause) => {
      throw new ControlPlaneError(`The control plane at ${this.#apiUrl} does not answer (${cause}).`, null, cause);
    });
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) throw await refusal(answer, status, `${method} ${path}`);
    return answer;
  }
}

async function refusal(answer: IncomingMessage, status: number, what: string): Promise<ControlPlaneError> {
  const text = await readText(answer, answerLimitBytes).catch(() => '');
  const parsed = problem.safeParse(parseJson(text));
  const words = parsed.success ? `${parsed.data.title}: ${parsed.data.detail}` : text.slice(0, 200);
  return new ControlPlaneError(`${what} was answered with ${status} ${words}`.trimEnd(), status);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
