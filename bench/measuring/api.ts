import { Agent, request } from 'node:http';

export type Answered = { status: number; text: string; milliseconds: number };

type Sent = { method?: string; body?: object };

const timeoutMs = 30_000;

/** The REST API as a program calls it: connections are kept, time runs until the last byte of the answer. */
export class Api {
  readonly #origin: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 100 });

  constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  /** Asks `/v1<path>`. Throws an Error for an answer outside 2xx, with what it said. */
  async ask(method: string, path: string, body?: object): Promise<Answered> {
    const answered = await this.#send(method, `/v1${path}`, body === undefined ? undefined : JSON.stringify(body));
    if (answered.status >= 200 && answered.status < 300) return answered;
    throw new Error(`${method} /v1${path} was answered by ${answered.status}: ${answered.text.slice(0, 500)}`);
  }

  /** Asks a service of OpenStack's, as its clients do. Throws an Error for an answer outside 2xx. */
  async askOpenstack(path: string, token: string, { method = 'GET', body }: Sent = {}): Promise<Answered> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answered = await this.#send(method, path, text, { 'x-auth-token': token });
    if (answered.status >= 200 && answered.status < 300) return answered;
    throw new Error(`${method} ${path} was answered by ${answered.status}: ${answered.text.slice(0, 500)}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(
    method: string,
    path: string,
    body: string | undefined,
    credential: Readonly<Record<string, string>> = { authorization: `Bearer ${this.#token}` },
  ): Promise<Answered> {
    const headers = {
      ...credential,
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const options = { method, headers, agent: this.#agent, timeout: timeoutMs };
      const sent = request(new URL(path, this.#origin), options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const milliseconds = performance.now() - begun;
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8'), milliseconds });
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered within ${timeoutMs} ms`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
