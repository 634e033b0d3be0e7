// The files that lead OpenStack's clients here: openrc for a shell, clouds.yaml for everything else. Names come from
// people, so each is written as one quoted word of the language that the file is in.
import { shellWord } from './curl-command.ts';

/** Who signs in by password, and for which project. */
export type PasswordLogin = {
  authUrl: string;
  userName: string;
  userDomain: string;
  project: string;
  projectDomain: string;
  /** Whether signing in asks for a one-time code as well. */
  asksForCode: boolean;
};

/** A program with an application credential, which is for one project by itself. */
export type ProgramLogin = { authUrl: string; id: string; secret: string };

/** The first and, until an operator adds others, only region. */
const region = 'RegionOne';

/** Where OpenStack's clients sign in, on the origin by which the portal was reached. */
export function authUrlOf(origin: string): string {
  return `${origin}/identity/v3`;
}

/** The same door on Keystone's own port, where the installation was started with it. */
export function standardAuthUrlOf(origin: string): string {
  const url = new URL(origin);
  return `${url.protocol}//${url.hostname}:5000/v3`;
}

type Lines = readonly (readonly [name: string, value: string])[];

function exportsOf(lines: Lines): string[] {
  return lines.map(([name, value]) => `export ${name}=${shellWord(value)}`);
}

// Settings of another cloud that are left in the shell would be mixed with these.
const forget = 'for name in $(env | sed -n "s/^\\(OS_[A-Z_]*\\)=.*/\\1/p"); do unset "$name"; done';

/** For bash, to `source`: asks for the password when it is read, and keeps it in no file. */
export function openrc(login: PasswordLogin): string {
  const { authUrl, userName, userDomain, project, projectDomain, asksForCode } = login;
  return [
    '# source this file',
    forget,
    ...exportsOf([
      ['OS_AUTH_URL', authUrl],
      ['OS_IDENTITY_API_VERSION', '3'],
      ['OS_REGION_NAME', region],
      ['OS_USERNAME', userName],
      ['OS_USER_DOMAIN_NAME', userDomain],
      ['OS_PROJECT_NAME', project],
      ['OS_PROJECT_DOMAIN_NAME', projectDomain],
    ]),
    `printf 'Password of %s: ' ${shellWord(userName)}`,
    'read -rs OS_PASSWORD; echo; export OS_PASSWORD',
    ...(asksForCode ? tokenByCode : []),
    '',
  ].join('\n');
}

// A code counts once and the client signs in with every command, so a token is fetched with it. By Python, which is there
// where the client is: from the environment the client itself does not take several methods of signing in (v3multifactor).
const tokenByCode = [
  "printf 'One-time code: '",
  'read -r OS_PASSCODE; export OS_PASSCODE',
  "OS_TOKEN=$(python3 - <<'PYTHON'",
  'import json, os, sys, urllib.error, urllib.request',
  'given = os.environ',
  'user = {"name": given["OS_USERNAME"], "domain": {"name": given["OS_USER_DOMAIN_NAME"]}}',
  'project = {"name": given["OS_PROJECT_NAME"], "domain": {"name": given["OS_PROJECT_DOMAIN_NAME"]}}',
  'identity = {',
  '    "methods": ["password", "totp"],',
  '    "password": {"user": {**user, "password": given["OS_PASSWORD"]}},',
  '    "totp": {"user": {**user, "passcode": given["OS_PASSCODE"]}},',
  '}',
  'body = json.dumps({"auth": {"identity": identity, "scope": {"project": project}}}).encode()',
  'headers = {"Content-Type": "application/json"}',
  'try:',
  '    request = urllib.request.Request(given["OS_AUTH_URL"] + "/auth/tokens", body, headers)',
  '    print(urllib.request.urlopen(request).headers["X-Subject-Token"])',
  'except urllib.error.HTTPError as error:',
  '    sys.exit(json.load(error)["error"]["message"])',
  'PYTHON',
  ')',
  'unset OS_PASSWORD OS_PASSCODE OS_USERNAME OS_USER_DOMAIN_NAME',
  '[ -n "$OS_TOKEN" ] || return 1',
  '# The token is good for an hour; then source this file again.',
  'export OS_TOKEN OS_AUTH_TYPE=v3token',
] as const;

/** For bash: signs a program in, with the secret in the file. */
export function openrcOfProgram({ authUrl, id, secret }: ProgramLogin): string {
  return [
    '# source this file; it holds a secret',
    forget,
    ...exportsOf([
      ['OS_AUTH_TYPE', 'v3applicationcredential'],
      ['OS_AUTH_URL', authUrl],
      ['OS_IDENTITY_API_VERSION', '3'],
      ['OS_REGION_NAME', region],
      ['OS_APPLICATION_CREDENTIAL_ID', id],
      ['OS_APPLICATION_CREDENTIAL_SECRET', secret],
    ]),
    '',
  ].join('\n');
}

/** YAML's double-quoted form takes every string as JSON writes it (YAML 1.2, 7.3.1). */
const yaml = JSON.stringify;

function cloudsFile(authType: string, auth: Lines, note: readonly string[] = []): string {
  return [
    '# ~/.config/openstack/clouds.yaml, then: openstack --os-cloud unkai …',
    ...note.map((line) => `# ${line}`),
    'clouds:',
    '  unkai:',
    `    auth_type: ${authType}`,
    '    auth:',
    ...auth.map(([name, value]) => `      ${name}: ${yaml(value)}`),
    `    region_name: ${region}`,
    '    identity_api_version: 3',
    '',
  ].join('\n');
}

/** For every client; the password is not in it, and the client asks. */
export function cloudsYaml({ authUrl, userName, userDomain, project, projectDomain }: PasswordLogin): string {
  const auth = [
    ['auth_url', authUrl],
    ['username', userName],
    ['user_domain_name', userDomain],
    ['project_name', project],
    ['project_domain_name', projectDomain],
  ] as const;
  return cloudsFile('password', auth, ['The client asks for the password.']);
}

/** For every client: signs a program in, with the secret in the file. */
export function cloudsYamlOfProgram({ authUrl, id, secret }: ProgramLogin): string {
  const auth = [
    ['auth_url', authUrl],
    ['application_credential_id', id],
    ['application_credential_secret', secret],
  ] as const;
  return cloudsFile('v3applicationcredential', auth, ['It holds a secret: let only yourself read it.']);
}
