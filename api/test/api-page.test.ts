// docs/api.md, followed from top to bottom by a shell, as an outsider would: what it shows is what is printed.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeParts, makePerson, makeTenant, openCloud, userPassword } from './cloud.ts';
import { listen, makeHost } from './installation.ts';

const mark = '--- next block ---';

test('every command of docs/api.md does what the page shows', async () => {
  const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'api.md'), 'utf8');
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm)];
  expect(blocks.length).toBeGreaterThan(8);
  await using cloud = await openCloud({ requests: 600, seconds: 10 });
  await using door = await listen(cloud.app);
  const tenant = await makeTenant(cloud);
  await makeParts(cloud);
  await makeHost(cloud.core, cloud.services, 'rack-1');
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' } });
  const folder = await mkdtemp(join(tmpdir(), 'unkai-page-'));
  const env = { PATH: process.env['PATH'], UNKAI_URL: door.url, UNKAI_USER: person.name, UNKAI_PASSWORD: userPassword };
  const script = blocks.map(([, commands]) => `${commands}echo '${mark}'\n`).join('');
  const { stdout } = await promisify(execFile)('sh', ['-eu', '-c', script], { cwd: folder, env, timeout: 60_000 });
  await rm(folder, { recursive: true });
  const printed = stdout.replaceAll('\r', '').split(`${mark}\n`);
  for (const [index, [, commands, shown = '']] of blocks.entries()) {
    expect(printed[index], commands).toMatch(patternOf(shown));
  }
}, 90_000);

/** The text as it stands; `…` is anything within a line. */
function patternOf(shown: string): RegExp {
  const escaped = shown.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}
