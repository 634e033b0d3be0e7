// HTTP without fetch: fetch brings an engine of its own that costs an agent tens of megabytes for calls as plain as these.
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export type HttpCall = {
  method: 'GET' | 'POST' | 'PUT';
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Ends the call, also while its answer is being read. */
  signal: AbortSignal;
};

const settings = { keepAlive: true, maxSockets: 32 };
const agents = { http: new HttpAgent(settings), https: new HttpsAgent(settings) };

/** Makes a call and gives the answer once its head is there; the caller reads it to its end. Throws what the socket throws. */
export function call(url: string, { body, ...options }: HttpCall): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers =
    body === undefined ? options.headers : { ...options.headers, 'content-length': Buffer.byteLength(body) };
  const request = url.startsWith('https:')
    ? httpsRequest(url, { ...options, headers, agent: agents.https }, resolve)
    : httpRequest(url, { ...options, headers, agent: agents.http }, resolve);
  request.on('error', (error) => reject(options.signal.aborted ? options.signal.reason : error));
  request.end(body);
  return promise;
}

/** Reads an answer to its end as text. Throws when it is longer than `limitBytes`. */
export async function readText(answer: IncomingMessage, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > limitBytes) throw new Error(`the answer has more than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
