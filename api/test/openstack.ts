import { type Cloud, type Told, userPassword } from './cloud.ts';

/** Asks a service of OpenStack's as its clients do. */
interface OpenstackAsk {
  readonly token?: string | null;
  readonly version?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Ask = (method: string, path: string, ask?: OpenstackAsk) => Promise<Told>;

/** A way to ask one service, with a token unless another is given. */
export function openstackOf(cloud: Cloud, prefix: string, ownToken: string): Ask {
  return (method, path, { token = ownToken, version, body, headers = {} } = {}) =>
    cloud.ask(method, `${prefix}${path}`, {
      body,
      headers: {
        ...(token !== null && { 'x-auth-token': token }),
        ...(version !== undefined && { 'openstack-api-version': `compute ${version}` }),
        ...headers,
      },
    });
}

/** Counts what is sent to Postgres by the pool, from either library. */
export function countQueries({ core }: { readonly core: Pick<Cloud['core'], 'database'> }) {
  let count = 0;
  const note = () => {
    count += 1;
  };
  core.database.pool.on('acquire', note);
  return { count: () => count, stop: () => core.database.pool.off('acquire', note) };
}

/** A token of a user of the default domain for a project, as OpenStack's clients ask for it. */
export async function keystoneToken(cloud: Cloud, name: string, projectId: string): Promise<string> {
  const user = { name, password: userPassword, domain: { id: 'default' } };
  const scope = { project: { id: projectId } };
  const body = { auth: { identity: { methods: ['password'], password: { user } }, scope } };
  const told = await cloud.ask('POST', '/identity/v3/auth/tokens', { body });
  const token = told.headers.get('x-subject-token');
  if (token === null) throw new Error(`no token: ${told.text}`);
  return token;
}
