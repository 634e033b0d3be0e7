import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './generated/v1.ts';

/** All of `/v1`, typed by docs/openapi.json: a path, a field or an answer that is not there does not compile. */
export type ApiClient = Client<paths>;

type Problem = components['schemas']['Problem'];

export interface ClientOptions {
  /** Where the API is, such as `https://cloud.example.org`. */
  readonly origin: string;
  /** An API token (`unk_…`); null asks as nobody. */
  readonly token: string | null;
  /** Sends the requests; the platform's own where it is left out. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export function openClient({ origin, token, fetch }: ClientOptions): ApiClient {
  return createClient<paths>({
    baseUrl: `${origin}/v1`,
    ...(token !== null && { headers: { authorization: `Bearer ${token}` } }),
    ...(fetch !== undefined && { fetch }),
  });
}

interface Told<Data> {
  readonly data?: Data;
  readonly error?: Problem;
  readonly response: Response;
}

/** What was asked for. Throws, with what the API says of it, when it refused. */
export function granted<Data>({ data, error, response }: Told<Data>): Data {
  if (data !== undefined && response.ok) return data;
  throw new Error(`${response.status} of ${new URL(response.url).pathname}: ${JSON.stringify(error)}`);
}
