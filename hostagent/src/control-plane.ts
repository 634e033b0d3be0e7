import { problem } from '@unkai/contracts/errors';
import { type DesiredIndex, desired, desiredIndex } from '@unkai/contracts/host/desired';
import type { HostFacts } from '@unkai/contracts/host/facts';
import type { HostNoun } from '@unkai/contracts/host/job';
import { heartbeatReply, type JoinReply, joinReply } from '@unkai/contracts/host/join';
import type { HostReports } from '@unkai/contracts/host/report';
import type { z } from 'zod';

/** The control plane did not answer, or not as it should. `status` is null when there was no answer at all. */
export class ControlPlaneError extends Error {
  override readonly name = 'ControlPlaneError';
  readonly status: number | null;

  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
  }
}

export type DesiredOf = { [Noun in HostNoun]: z.infer<(typeof desired)[Noun]> };
const answers: { [Noun in HostNoun]: z.ZodType<DesiredOf[Noun]> } = desired;

type Call = { method: 'GET' | 'POST' | 'PUT'; path: string; body?: unknown; requestId?: string; timeoutMs?: number };

const callTimeoutMs = 15_000;

/** The only way from this host to the control plane: HTTPS calls to /agent with the host's own credential. */
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

  async join(token: string, facts: HostFacts): Promise<JoinReply> {
    return joinReply.parse(await this.#json({ method: 'POST', path: '/agent/join', body: { token, facts } }));
  }

  async heartbeat(facts: HostFacts): Promise<z.infer<typeof heartbeatReply>> {
    return heartbeatReply.parse(await this.#json({ method: 'POST', path: '/agent/heartbeat', body: { facts } }));
  }

  async desiredIndex(requestId: string): Promise<DesiredIndex> {
    return desiredIndex.parse(await this.#json({ method: 'GET', path: '/agent/desired', requestId }));
  }

  async desired<Noun extends HostNoun>(noun: Noun, id: string, requestId: string): Promise<DesiredOf[Noun]> {
    const answer = await this.#json({ method: 'GET', path: `/agent/desired/${noun}/${id}`, requestId });
    return answers[noun].parse(answer);
  }

  async report(body: HostReports): Promise<void> {
    const requestId = body.requestId === undefined ? {} : { requestId: body.requestId };
    await this.#call({ method: 'POST', path: '/agent/reports', body, ...requestId });
  }

  async uploadServerLog(serverId: string, body: { text: string; truncated: boolean }, requestId: string) {
    await this.#call({ method: 'PUT', path: `/agent/servers/${serverId}/log`, body, requestId });
  }

  /** The bytes of an image. The caller reads the body to its end or cancels it. */
  async imageBody(id: string, requestId: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#fetch(`/agent/images/${id}/file`, {
      headers: { ...this.authorization(), 'x-request-id': requestId },
      signal,
    });
    if (!response.ok) throw await refusal(response, `GET /agent/images/${id}/file`);
    if (response.body === null) throw new ControlPlaneError('The control plane sent an image without a body.', 200);
    return response.body;
  }

  async #json(call: Call): Promise<unknown> {
    const response = await this.#call(call);
    try {
      return await response.json();
    } catch (cause) {
      throw new ControlPlaneError(`${call.method} ${call.path} was not answered with JSON.`, response.status, cause);
    }
  }

  async #call(call: Call): Promise<Response> {
    const response = await this.#fetch(call.path, {
      method: call.method,
      headers: {
        ...this.authorization(),
        accept: 'application/json',
        ...(call.requestId === undefined ? {} : { 'x-request-id': call.requestId }),
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(call.timeoutMs ?? callTimeoutMs),
    });
    if (!response.ok) throw await refusal(response, `${call.method} ${call.path}`);
    return response;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.#apiUrl}${path}`, { ...init, redirect: 'error' });
    } catch (cause) {
      throw new ControlPlaneError(
        `The control plane at ${this.#apiUrl} does not answer (${reasonOf(cause)}).`,
        null,
        cause,
      );
    }
  }
}

async function refusal(response: Response, what: string): Promise<ControlPlaneError> {
  const text = await response.text().catch(() => '');
  const parsed = problem.safeParse(parseJson(text));
  const words = parsed.success ? `${parsed.data.title}: ${parsed.data.detail}` : text.slice(0, 200);
  return new ControlPlaneError(`${what} was answered with ${response.status} ${words}`.trimEnd(), response.status);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch says only "fetch failed"; what happened is in its cause. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? thrown.cause.message || thrown.cause.name : thrown.message;
}
