import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import {
  authUrlOf,
  cloudsYaml,
  cloudsYamlOfProgram,
  openrc,
  openrcOfProgram,
  standardAuthUrlOf,
} from '../resources/openstack-files.ts';

const hostile = `o'neill "$(touch pwned)" \`id\` \\ : #\n- x\u0007`;
const login = {
  authUrl: authUrlOf('http://127.0.0.1:7080'),
  userName: hostile,
  userDomain: 'Default',
  project: `shop ${hostile}`,
  projectDomain: 'Default',
  asksForCode: false,
};
const program = { authUrl: login.authUrl, id: 'an-id', secret: 'a-secret' };

test('clients sign in on the origin that the portal was reached by, or on Keystone’s own port', () => {
  expect(authUrlOf('https://cloud.example')).toBe('https://cloud.example/identity/v3');
  expect(standardAuthUrlOf('https://cloud.example:7080')).toBe('https://cloud.example:5000/v3');
  expect(standardAuthUrlOf('http://[::1]:7080')).toBe('http://[::1]:5000/v3');
});

/** What bash has in its environment after it sourced the file, with `typed` at its prompts. */
async function sourced(text: string, typed: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'openrc-'));
  try {
    await writeFile(join(folder, 'openrc'), text);
    const env = {
      NODE_ENV: 'test' as const,
      PATH: process.env['PATH'] ?? '',
      OS_CLOUD: 'another',
      OS_CACERT: 'left over',
    };
    const script = `source ./openrc >/dev/null <<< "$1"; env -0 | grep -z ^OS_; ls -A`;
    const running = promisify(execFile)('bash', ['-c', script, 'bash', typed], { cwd: folder, env });
    const { stdout } = await running;
    const [files = '', ...lines] = stdout.split('\0').toReversed();
    expect(files.trim()).toBe('openrc');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('openrc asks for the password, and names are no more than names to bash', async () => {
  expect(openrc(login)).not.toContain('OS_PASSWORD=');
  expect(await sourced(openrc(login), 'the password')).toEqual({
    OS_AUTH_URL: 'http://127.0.0.1:7080/identity/v3',
    OS_IDENTITY_API_VERSION: '3',
    OS_REGION_NAME: 'RegionOne',
    OS_USERNAME: hostile,
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_NAME: `shop ${hostile}`,
    OS_PROJECT_DOMAIN_NAME: 'Default',
    OS_PASSWORD: 'the password',
  });
});

test('openrc of a program signs in by its secret alone', async () => {
  expect(await sourced(openrcOfProgram(program), '')).toEqual({
    OS_AUTH_TYPE: 'v3applicationcredential',
    OS_AUTH_URL: 'http://127.0.0.1:7080/identity/v3',
    OS_IDENTITY_API_VERSION: '3',
    OS_REGION_NAME: 'RegionOne',
    OS_APPLICATION_CREDENTIAL_ID: 'an-id',
    OS_APPLICATION_CREDENTIAL_SECRET: 'a-secret',
  });
});

test('clouds.yaml writes each name in one line of its own', () => {
  const lines = cloudsYaml(login).split('\n');
  expect(lines).toContain(`      username: ${JSON.stringify(hostile)}`);
  expect(lines.filter((line) => !/^(#|clouds:| +[a-z_]+:|$)/.test(line))).toEqual([]);
  expect(cloudsYamlOfProgram(program)).toContain('application_credential_secret: "a-secret"');
});
