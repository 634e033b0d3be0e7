// Bridges as rows of Open vSwitch's database. Those of ours carry an external id, so that nobody else's is ever changed.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import {
  type OvsdbClient,
  OvsdbError,
  type OvsdbOperation,
  ovsdbMap,
  ovsdbOptionalString,
  toOvsdbMap,
} from './ovsdb.ts';
import { run } from './run.ts';

export const integrationBridge = 'br-int';
/** What a bridge is for, and the device of the machine that one is made around. */
const externalId = { owner: 'unkai', device: 'unkai-device' } as const;

/** A bridge that switches like any other, with a device of the machine on it: to other hosts or to a provider's network. */
export type DeviceBridge = { name: string; device: string };

const bridgeRow = z.object({
  _uuid: z.tuple([z.literal('uuid'), z.string()]),
  name: z.string(),
  datapath_type: z.string(),
  external_ids: ovsdbMap,
});
type BridgeRow = z.infer<typeof bridgeRow>;
const deviceRow = z.object({ error: ovsdbOptionalString });
type Wanted = { name: string; datapath: string; failMode: 'secure' | 'standalone'; device?: string };

/** Makes br-int, or gives it the datapath that fits. Throws an OvsdbError for a bridge of that name which is not ours. */
export async function ensureIntegrationBridge(
  database: OvsdbClient,
): Promise<{ datapath: 'system' | 'netdev'; why: string }> {
  const kernel = await probeKernelDatapath();
  const datapath = kernel.usable ? 'system' : 'netdev';
  // Secure: without flows nothing passes.
  await ensureBridge(database, { name: integrationBridge, datapath, failMode: 'secure' });
  return { datapath, why: kernel.why };
}

/** Makes a bridge around a device. Throws an OvsdbError for a bridge of that name which is not ours, or no such device. */
export async function ensureDeviceBridge(
  database: OvsdbClient,
  { name, device }: DeviceBridge,
  datapath: string,
): Promise<void> {
  await ensureBridge(database, { name, datapath, failMode: 'standalone', device });
  const [row] = await database.select('Interface', deviceRow, [['name', '==', device]]);
  if (row === undefined || row.error !== null) {
    throw new OvsdbError(`Device ${device} of bridge ${name} does not work: ${row?.error ?? 'it has gone'}.`);
  }
}

async function ensureBridge(database: OvsdbClient, wanted: Wanted): Promise<void> {
  const [there] = await database.select('Bridge', bridgeRow, [['name', '==', wanted.name]]);
  if (there === undefined) {
    await database.apply(newBridge(wanted));
    return;
  }
  if (there.external_ids[externalId.owner] === undefined) {
    throw new OvsdbError(`Another system on this host has a bridge ${wanted.name}: its flows would be lost.`);
  }
  if (there.external_ids[externalId.device] !== wanted.device) {
    await database.apply([removal(there)]);
    await database.apply(newBridge(wanted));
  } else if ((there.datapath_type || 'system') !== wanted.datapath) {
    // After a reboot into another kernel: ports and their numbers stay, only what carries them changes.
    const row = { datapath_type: wanted.datapath };
    await database.apply([{ op: 'update', table: 'Bridge', where: [['name', '==', wanted.name]], row }]);
  }
}

/** Our bridges around devices. */
export async function deviceBridges(database: OvsdbClient): Promise<DeviceBridge[]> {
  return (await ownBridges(database)).flatMap(({ name, external_ids }) => {
    const device = external_ids[externalId.device];
    return device === undefined ? [] : [{ name, device }];
  });
}

/** Removes all bridges of ours with what is on them. */
export async function purgeBridges(database: OvsdbClient): Promise<void> {
  const rows = await ownBridges(database);
  if (rows.length > 0) await database.apply(rows.map(removal));
}

async function ownBridges(database: OvsdbClient): Promise<BridgeRow[]> {
  const rows = await database.select('Bridge', bridgeRow);
  return rows.filter(({ external_ids }) => external_ids[externalId.owner] !== undefined);
}

function removal({ _uuid }: BridgeRow): OvsdbOperation {
  return { op: 'mutate', table: 'Open_vSwitch', where: [], mutations: [['bridges', 'delete', _uuid]] };
}

/** A bridge with its local port and its device. `uuid-name`s hold no dashes, which names of bridges do. */
function newBridge({ name, datapath, failMode, device }: Wanted): OvsdbOperation[] {
  const ports = [{ name, type: 'internal' }, ...(device === undefined ? [] : [{ name: device, type: '' }])];
  return [
    ...ports.flatMap((port, index): OvsdbOperation[] => [
      { op: 'insert', table: 'Interface', row: port, 'uuid-name': `interface${index}` },
      {
        op: 'insert',
        table: 'Port',
        row: { name: port.name, interfaces: ['named-uuid', `interface${index}`] },
        'uuid-name': `port${index}`,
      },
    ]),
    {
      op: 'insert',
      table: 'Bridge',
      row: {
        name,
        ports: ['set', ports.map((_, index) => ['named-uuid', `port${index}`])],
        fail_mode: failMode,
        datapath_type: datapath,
        // No in-band flows of Open vSwitch's own beside ours.
        other_config: toOvsdbMap({ 'disable-in-band': 'true' }),
        external_ids: toOvsdbMap({
          [externalId.owner]: name,
          ...(device === undefined ? {} : { [externalId.device]: device }),
        }),
      },
      'uuid-name': 'bridge',
    },
    { op: 'mutate', table: 'Open_vSwitch', where: [], mutations: [['bridges', 'insert', ['named-uuid', 'bridge']]] },
  ];
}

/** The kernel's datapath is used where the kernel has it; a module that cannot be loaded is not there. */
async function probeKernelDatapath(): Promise<{ usable: boolean; why: string }> {
  const folder = '/sys/module/openvswitch';
  if (existsSync(folder)) return { usable: true, why: 'the kernel has the openvswitch module' };
  const { code, stderr } = await run(['modprobe', 'openvswitch'], { okCodes: [0, 1] });
  if (code === 0 && existsSync(folder)) return { usable: true, why: 'the openvswitch module was loaded' };
  const reason = stderr.trim().split('\n')[0]?.slice(0, 200) ?? '';
  return { usable: false, why: `in user space: the kernel has no openvswitch module (${reason || 'modprobe failed'})` };
}
