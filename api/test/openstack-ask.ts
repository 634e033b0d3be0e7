import type { Cloud, Told } from './cloud.ts';

interface Asking {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks any of OpenStack's doors. */
export function askOpenstack(
  cloud: Cloud,
  method: string,
  path: string,
  { token = null, body, headers }: Asking = {},
): Promise<Told> {
  return cloud.ask(method, path, { body, headers: { ...headers, ...(token !== null && { 'x-auth-token': token }) } });
}

type Wanted =
  | { readonly user: string; readonly password: string; readonly project?: string; readonly system?: true }
  | { readonly applicationCredential: { readonly id: string; readonly secret: string } };

/** A token, as OpenStack's clients ask for it. Throws when it is refused. */
export async function openstackToken(cloud: Cloud, wanted: Wanted): Promise<string> {
  const told = await cloud.ask('POST', '/identity/v3/auth/tokens', { body: { auth: authOf(wanted) } });
  const token = told.headers.get('x-subject-token');
  if (token === null) throw new Error(`no token: ${told.status} ${told.text}`);
  return token;
}

function authOf(wanted: Wanted): object {
  if ('applicationCredential' in wanted) {
    const { id, secret } = wanted.applicationCredential;
    return { identity: { methods: ['application_credential'], application_credential: { id, secret } } };
  }
  const { user, password, project, system } = wanted;
  const scope = system ? { system: { all: true } } : project === undefined ? 'unscoped' : { project: { id: project } };
  return { identity: { methods: ['password'], password: { user: { id: user, password } } }, scope };
}
