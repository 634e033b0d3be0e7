// What a host has for volumes, from what LVM and tgtd say word for word (LVM 2.03, tgt 1.0).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostFacts } from '@unkai/contracts/host/facts';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { lookAtStorage } from '../../src/doctor/storage.ts';
import { Faults } from '../../src/sim/faults.ts';
import { createSimulatedTools } from '../../src/sim/tools.ts';
import { type Argv, run } from '../../src/tools/run.ts';
import type { Storage } from '../../src/tools/storage.ts';
import { createStorageTool, lookForStorage } from '../../src/tools/storage-real.ts';

const group = { volumeGroup: 'unkai-volumes', volumeFolder: undefined };
const { storage: storageOf } = hostFacts.shape;

const twoGroups = `
  {
      "report": [
          {
              "vg": [
                  {"vg_name":"system", "vg_size":"63350767616", "vg_free":"0"},
                  {"vg_name":"unkai-volumes", "vg_size":"107369988096", "vg_free":"53687091200"}
              ]
          }
      ]
  }`;
const noGroup = '{"report": [{"vg": []}]}';
const thickOnly = '{"report": [{"lv": [{"segtype":"linear", "lv_size":"1073741824", "data_percent":""}]}]}';
const thinPool = `{"report": [{"lv": [
  {"segtype":"thin-pool", "lv_size":"42949672960", "data_percent":"25.00"},
  {"segtype":"thin", "lv_size":"10737418240", "data_percent":"10.50"}
]}]}`;

type Said = Record<string, string>;

/** Programs that say this; those that are not named are not there. */
const machine = (said: Said) => async (argv: Argv) => {
  const text = said[argv[0]];
  // What the real machine says of a program that is not there.
  return text ?? (await run([`/not/there/${argv[0]}`])).stdout;
};

/** It fits what is sent to the control plane. */
async function look(places: Parameters<typeof lookForStorage>[0], said: Said): Promise<Storage> {
  const storage = await lookForStorage(places, machine(said));
  expect(storageOf.parse(storage)).toEqual(storage);
  return storage;
}

describe('a host with the volume group', () => {
  test('tells its size and what is free', async () => {
    expect(await look(group, { vgs: twoGroups, lvs: thickOnly, tgtd: '1.0.85\n' })).toEqual({
      pool: { kind: 'lvm', name: 'unkai-volumes', totalGib: 99, freeGib: 50, isThin: false },
      why: 'There is a volume group named unkai-volumes.',
      target: { isPresent: true, why: 'tgtd 1.0.85 is installed.' },
    });
  });

  test('counts what is free in its thin pool too', async () => {
    const { pool } = await look(group, { vgs: twoGroups, lvs: thinPool });
    expect(pool).toMatchObject({ freeGib: 80, isThin: true });
  });

  test('is asked for by argv, in bytes, and for the group that was named', async () => {
    const asked: Argv[] = [];
    const answer = machine({ vgs: twoGroups, lvs: thickOnly });
    const { pool } = await lookForStorage({ volumeGroup: 'system', volumeFolder: undefined }, (argv) => {
      asked.push(argv);
      return answer(argv);
    });
    expect(pool).toMatchObject({ name: 'system', totalGib: 59, freeGib: 0 });
    const json = ['--reportformat', 'json', '--units', 'b', '--nosuffix', '-o'];
    expect(asked).toContainEqual(['vgs', ...json, 'vg_name,vg_size,vg_free']);
    expect(asked).toContainEqual(['lvs', ...json, 'segtype,lv_size,data_percent', 'system']);
  });
});

describe('a host that is no storage host says what is missing', () => {
  test.each([
    ['no volume group', { vgs: noGroup }, /^There is no volume group named unkai-volumes; make one with vgcreate/],
    ['another volume group', { vgs: twoGroups.replace('unkai-', 'other-') }, /^There is no volume group named unkai/],
    ['no LVM', {}, /^There is no LVM \(vgs\); install lvm2/],
    ['an LVM that says something else', { vgs: '  WARNING: x' }, /^LVM does not tell its volume groups: what it says/],
    ['an LVM that tells no sizes', { vgs: '{"report":[{"vg":[{"vg_name":"x"}]}]}' }, /is not understood\.$/],
    ['an LVM that tells no pools', { vgs: twoGroups, lvs: 'x' }, /is not understood\.$/],
  ])('%s', async (_, said: Said, why) => {
    const storage = await look(group, said);
    expect(storage.pool).toBeNull();
    expect(storage.why).toMatch(why);
    expect(storage.target).toEqual({ isPresent: false, why: 'There is no iSCSI target (tgtd); install tgt.' });
  });

  test('an LVM that fails, in its first line', async () => {
    const failing = () => run(['false']).then(({ stdout }) => stdout);
    const { pool, why, target } = await lookForStorage(group, failing);
    expect(pool).toBeNull();
    expect(why).toBe('LVM does not tell its volume groups: false failed with exit code 1.');
    expect(target.why).toBe('tgtd does not work: false failed with exit code 1.');
  });
});

describe('a folder for volumes', () => {
  test('counts instead of a group, with what is free on its disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unkai-volumes-'));
    const { pool } = await look({ ...group, volumeFolder: folder }, { vgs: twoGroups });
    expect(pool).toMatchObject({ kind: 'folder', name: folder, isThin: true });
    expect(pool?.totalGib).toBeGreaterThanOrEqual(pool?.freeGib ?? 0);
    const { pool: none, why: noFolder } = await look({ ...group, volumeFolder: import.meta.filename }, {});
    expect(none).toBeNull();
    expect(noFolder).toMatch(/^UNKAI_VOLUME_DIR names .*storage\.test\.ts, which is no folder\.$/);
    await rm(folder, { recursive: true });
    const { pool: gone, why } = await look({ ...group, volumeFolder: folder }, {});
    expect(gone).toBeNull();
    expect(why).toBe(`UNKAI_VOLUME_DIR names the folder ${folder}, but it is not there; make it.`);
  });
});

test('each heartbeat asks, and LVM is asked once a minute', async () => {
  let count = 0;
  const answer = machine({ vgs: noGroup });
  const tool = createStorageTool(group, (argv) => {
    if (argv[0] === 'vgs') count++;
    return answer(argv);
  });
  await tool.facts();
  await tool.facts();
  expect(count).toBe(1);
});

test('this machine, whatever it has, tells it and throws nothing', async () => {
  const storage = await lookForStorage(group);
  expect(storageOf.parse(storage)).toEqual(storage);
});

test('a simulated host has a volume group that is simulated, and so the role', async () => {
  const storage = await createSimulatedTools(new Faults()).storage.facts();
  expect(storageOf.parse(storage)).toEqual(storage);
  expect(storage).toMatchObject({ pool: { name: 'unkai-volumes' }, why: expect.stringContaining('simulated') });
});

test('a setting that names no group and no folder is refused by its name', () => {
  expect(readConfig({})).toMatchObject({ volumeGroup: 'unkai-volumes', volumeFolder: undefined });
  expect(() => readConfig({ UNKAI_VOLUME_GROUP: '-a option' })).toThrow('UNKAI_VOLUME_GROUP: must be the name');
  expect(() => readConfig({ UNKAI_VOLUME_DIR: 'volumes' })).toThrow('UNKAI_VOLUME_DIR: must be the path of a folder');
});

test('the doctor finds storage, or says what brings it', async () => {
  const found = (said: Said) => look(group, said).then((storage) => lookAtStorage(storage, group));
  expect(await found({ vgs: twoGroups, lvs: thinPool, tgtd: '1.0.85' })).toEqual({
    ...{ name: 'storage', state: 'ok', mend: null },
    says: 'unkai-volumes: 80 of 99 GiB free, with a thin pool. tgtd 1.0.85 is installed.',
  });
  expect(await found({ vgs: twoGroups, lvs: thickOnly })).toMatchObject({
    ...{ state: 'warn', mend: 'apt-get install tgt' },
    says: 'unkai-volumes: 50 of 99 GiB free. There is no iSCSI target (tgtd); install tgt.',
  });
  expect(await found({ vgs: noGroup })).toMatchObject({
    ...{ state: 'ok', mend: null },
    says: expect.stringMatching(
      /^No storage host: There is no volume group named unkai-volumes; make one with vgcreate /,
    ),
  });
  const folder = { ...group, volumeFolder: '/not/there' };
  expect(lookAtStorage(await look(folder, {}), folder)).toMatchObject({ state: 'warn', mend: 'mkdir -p /not/there' });
});
