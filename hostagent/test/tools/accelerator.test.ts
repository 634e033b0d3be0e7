import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bootSector } from '../../src/probe/boot-sector.ts';
import { createAcceleratorTool, probeAccelerator } from '../../src/tools/accelerator-real.ts';
import { run } from '../../src/tools/run.ts';

const source = join(import.meta.dirname, '../../src/probe/boot-sector.S');

test('the boot sector is one, and gives its word under TCG', async () => {
  expect(bootSector.length).toBe(512);
  expect([...bootSector.slice(510)]).toEqual([0x55, 0xaa]);
  expect(await probeAccelerator('tcg')).toMatchObject({ works: true });
});

// A user's machine has no assembler, and needs none.
const hasAssembler = await run(['as', '--version']).then(
  () => true,
  () => false,
);

test.runIf(hasAssembler)('the committed bytes are what the source makes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-sector-'));
  const [object, image] = [join(folder, 'sector.o'), join(folder, 'sector.img')];
  await run(['as', '--64', '-o', object, source]);
  await run(['ld', '-m', 'elf_x86_64', '-Ttext', '0x7c00', '--oformat', 'binary', '-o', image, object]);
  expect((await readFile(image)).equals(bootSector)).toBe(true);
  await rm(folder, { recursive: true });
});

test('what was found is remembered for this boot and this QEMU, and for no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-accel-'));
  const file = join(folder, 'accelerator.json');
  await writeFile(file, JSON.stringify({ key: 'boot-1 7.2', kind: 'kvm', why: 'it was found before' }));
  const tool = createAcceleratorTool('auto', { file, key: async () => 'boot-1 7.2' });
  expect(await tool.choose()).toEqual({ kind: 'kvm', why: 'it was found before' });
  const forced = createAcceleratorTool('tcg', { file, key: async () => 'boot-1 7.2' });
  expect(await forced.choose()).toMatchObject({ kind: 'tcg', why: expect.stringContaining('UNKAI_ACCEL=tcg') });
  const later = createAcceleratorTool('auto', { file, key: async () => 'boot-2 7.2' });
  const { why } = await later.choose();
  expect(why).not.toBe('it was found before');
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ key: 'boot-2 7.2', why });
  await rm(folder, { recursive: true });
});
