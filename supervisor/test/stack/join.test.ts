// H3: a second machine becomes a host by one command, and takes servers from its first heartbeat on.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { granted } from '@unkai/client/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cloud } from './cloud.ts';
import { Installation } from './installation.ts';

const often = { UNKAI_HEARTBEAT_SECONDS: '1' };
let here: Installation;
let far: Installation;
beforeAll(async () => {
  here = await Installation.start({ sim: true, variables: often });
  far = await Installation.prepare({ sim: true, variables: often });
});
afterAll(async () => {
  await far?.remove();
  await here?.remove();
});

test('H3: the command that join-token prints makes a machine a host, which takes servers', async () => {
  const printed = await here.unkai('join-token', '--hours', '1');
  const [, url = '', token = ''] = /^\.\/unkai join (\S+) (ukj_\S+)$/m.exec(printed.stdout) ?? [];
  expect(url).toBe(here.url);
  const joined = await far.unkai('join', url, token, '--sim', '--name', 'far');
  expect(joined.stdout, joined.stderr).toContain(`far is a host of ${url}`);
  expect((await stat(join(far.home, 'join', 'far.token'))).mode & 0o077).toBe(0);
  const { items } = granted(await here.api.GET('/hosts'));
  expect(items.find(({ name }) => name === 'far')).toMatchObject({ isUp: true, isEnabled: true });
  const cloud = await Cloud.of(here);
  const id = await cloud.createServer('far-away', { hostName: 'far' });
  expect(await cloud.untilState(id, 'running')).toMatchObject({ hostName: 'far' });
});

test('what cannot join is told why before anything starts', async () => {
  const wrong = await far.unkai('join', here.url, 'unk_of-another-kind', '--sim');
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('ukj_');
  const own = await here.unkai('join', here.url, `ukj_${'x'.repeat(40)}`, '--sim');
  expect(own.stderr).toContain('installation of its own');
});
