import { stat, statfs } from 'node:fs/promises';
import { z } from 'zod';
import type { AgentConfig } from '../config.ts';
import { hasErrorCode } from '../files.ts';
import { Remembered } from './remembered.ts';
import { type Argv, run, ToolError } from './run.ts';
import type { Storage, StorageTool } from './storage.ts';

type Places = Pick<AgentConfig, 'volumeGroup' | 'volumeFolder'>;
type Ask = (argv: Argv) => Promise<string>;

const gibibyte = 1024 ** 3;
/** Each heartbeat asks; volume groups and installed programs change by hand. */
const freshMs = 60_000;

/**
 * Looks for the folder that was named for volumes, or else for the LVM volume group, and for the iSCSI target. `ask` runs a
 * program and gives what it says.
 */
export function createStorageTool(places: Places, ask: Ask = askProgram): StorageTool {
  const remembered = new Remembered(() => lookForStorage(places, ask), freshMs);
  return { facts: () => remembered.get() };
}

/** The same, looked at now. Never throws: what cannot be looked at is said. */
export async function lookForStorage({ volumeGroup, volumeFolder }: Places, ask: Ask = askProgram): Promise<Storage> {
  const [place, target] = await Promise.all([
    volumeFolder === undefined ? lookForGroup(volumeGroup, ask) : lookAtFolder(volumeFolder),
    lookForTarget(ask),
  ]);
  return { ...place, target };
}

async function askProgram(argv: Argv): Promise<string> {
  return (await run(argv, { timeoutMs: 10_000 })).stdout;
}

type Place = Pick<Storage, 'pool' | 'why'>;

const missing = (why: string): Place => ({ pool: null, why: why.slice(0, 500) });

async function lookAtFolder(folder: string): Promise<Place> {
  try {
    const isFolder = (await stat(folder)).isDirectory();
    if (!isFolder) return missing(`UNKAI_VOLUME_DIR names ${folder}, which is no folder.`);
    const { blocks, bavail, bsize } = await statfs(folder);
    const [totalGib, freeGib] = [gibOf(blocks * bsize), gibOf(bavail * bsize)];
    return {
      pool: { kind: 'folder', name: folder, totalGib, freeGib, isThin: true },
      why: 'UNKAI_VOLUME_DIR names this folder.',
    };
  } catch (error) {
    const why = hasErrorCode(error, 'ENOENT') ? 'it is not there; make it' : wordsOf(error);
    return missing(`UNKAI_VOLUME_DIR names the folder ${folder}, but ${why}.`);
  }
}

// What `--reportformat json` says; sizes come in bytes and without a unit, since they are asked for like that.
const bytes = z.coerce.number().min(0);
const groups = z.object({
  report: z.array(
    z.object({ vg: z.array(z.object({ vg_name: z.string(), vg_size: bytes, vg_free: bytes })).default([]) }),
  ),
});
const percent = z.union([z.literal('').transform(() => 0), z.coerce.number().min(0).max(100)]);
const pools = z.object({
  report: z.array(
    z.object({
      lv: z.array(z.object({ segtype: z.string(), lv_size: bytes, data_percent: percent })).default([]),
    }),
  ),
});

const asJson = ['--reportformat', 'json', '--units', 'b', '--nosuffix'] as const;

async function lookForGroup(name: string, ask: Ask): Promise<Place> {
  try {
    const { report } = groups.parse(JSON.parse(await ask(['vgs', ...asJson, '-o', 'vg_name,vg_size,vg_free'])));
    const group = report.flatMap(({ vg }) => vg).find(({ vg_name }) => vg_name === name);
    if (group === undefined) {
      return missing(
        `There is no volume group named ${name}; make one with vgcreate ${name} and a free device, or name a folder in UNKAI_VOLUME_DIR.`,
      );
    }
    const thinFree = await freeInThinPools(name, ask);
    const free = group.vg_free + (thinFree ?? 0);
    return {
      pool: {
        kind: 'lvm',
        ...{ name, totalGib: gibOf(group.vg_size), freeGib: gibOf(free) },
        isThin: thinFree !== null,
      },
      why: `There is a volume group named ${name}.`,
    };
  } catch (error) {
    if (isMissing(error)) return missing('There is no LVM (vgs); install lvm2, or name a folder in UNKAI_VOLUME_DIR.');
    return missing(`LVM does not tell its volume groups: ${wordsOf(error)}.`);
  }
}

/** Bytes that are free in the thin pools of the group; null where it has none. */
async function freeInThinPools(group: string, ask: Ask): Promise<number | null> {
  const said = await ask(['lvs', ...asJson, '-o', 'segtype,lv_size,data_percent', group]);
  const thin = pools
    .parse(JSON.parse(said))
    .report.flatMap(({ lv }) => lv.filter(({ segtype }) => segtype === 'thin-pool'));
  if (thin.length === 0) return null;
  return thin.reduce((sum, { lv_size: size, data_percent: used }) => sum + size * (1 - used / 100), 0);
}

async function lookForTarget(ask: Ask): Promise<Storage['target']> {
  try {
    const version = (await ask(['tgtd', '--version'])).trim().split('\n')[0] ?? '';
    return { isPresent: true, why: `tgtd ${version} is installed.`.slice(0, 500) };
  } catch (error) {
    const why = isMissing(error)
      ? 'There is no iSCSI target (tgtd); install tgt.'
      : `tgtd does not work: ${wordsOf(error)}.`;
    return { isPresent: false, why: why.slice(0, 500) };
  }
}

const gibOf = (amount: number) => Math.floor(amount / gibibyte);

/** Whether the program itself is not there. */
function isMissing(error: unknown): boolean {
  return error instanceof ToolError && hasErrorCode(error.cause, 'ENOENT');
}

function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return 'what it says is not understood';
  const words = error instanceof Error ? error.message : String(error);
  return words.split('\n')[0]?.slice(0, 300).replace(/\.$/, '') ?? '';
}
