import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDnsmasq } from '../../src/tools/dnsmasq.ts';
import { dnsmasqFolders } from '../../src/tools/dnsmasq-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a port whose name could not be written is not taken for done: the next look writes it', async () => {
  const portId = '01890a5d-ac96-774b-8cce-3000000000aa';
  const host = { portId, macAddress: 'fa:16:3e:00:00:0b', hostName: 'web', addresses: ['10.0.0.11'], options: [] };
  const { names, ...others } = dnsmasqFolders;
  for (const name of Object.values(others)) await mkdir(join(folder, name));
  // In its way stands a file.
  await writeFile(join(folder, names), '');
  const { ensureHost } = openDnsmasq();
  await expect(ensureHost(folder, 'nowhere', host)).rejects.toThrow();
  await rm(join(folder, names));
  await mkdir(join(folder, names));
  await ensureHost(folder, 'nowhere', host);
  expect(await readFile(join(folder, names, portId), 'utf8')).toContain('10.0.0.11 web.novalocal web');
});
