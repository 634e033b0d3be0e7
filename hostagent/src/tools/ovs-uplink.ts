// The way from br-int into a provider's network: a pair of patch ports, one here and one on the bridge that the physical
// device is on. That bridge switches like any other and gives frames their VLAN tag, so br-int never sees one.
import { z } from 'zod';
import {
  type OvsdbClient,
  OvsdbError,
  type OvsdbOperation,
  type OvsdbRow,
  ovsdbOptionalNumber,
  ovsdbOptionalString,
  toOvsdbMap,
} from './ovsdb.ts';

/** `name` on br-int, `peer` on the other bridge, as an access port of a VLAN or for untagged frames. */
export type Uplink = { name: string; peer: string; bridge: string; vlan: number | null };
/** `mtu` is null for a bridge whose local port is not up; `problem` is what is wrong with the device asked about. */
export type SeenBridge = { datapath: string; mtu: number | null; problem: string | null };

const uuid = z.tuple([z.literal('uuid'), z.string()]);
const portRow = z.object({ _uuid: uuid, tag: ovsdbOptionalNumber });
const bridgeRow = z.object({ datapath_type: z.string(), ports: z.unknown() });
const mtuRow = z.object({ mtu: ovsdbOptionalNumber });
const deviceRow = z.object({ error: ovsdbOptionalString });

/** A bridge, ours or anybody's, and the device that should be on it; null when there is no bridge of that name. */
export async function readBridge(
  database: OvsdbClient,
  name: string,
  device: string | undefined,
): Promise<SeenBridge | null> {
  const [bridge] = await database.select('Bridge', bridgeRow, [['name', '==', name]]);
  if (bridge === undefined) return null;
  const [local] = await database.select('Interface', mtuRow, [['name', '==', name]]);
  const [on] = device === undefined ? [] : await database.select('Interface', deviceRow, [['name', '==', device]]);
  const problem = device !== undefined && on === undefined ? `${device} is not on it` : (on?.error ?? null);
  return { datapath: bridge.datapath_type || 'system', mtu: local?.mtu ?? null, problem };
}

/** Makes the far end. Throws an OvsdbError when its bridge is not there. */
export function ensureFarEnd(database: OvsdbClient, { name, peer, bridge, vlan }: Uplink): Promise<void> {
  return ensurePortOn(database, { name: peer, bridge, vlan }, { type: 'patch', options: toOvsdbMap({ peer: name }) });
}

/** A port of a bridge other than br-int, in a VLAN or for untagged frames. */
export type OuterPort = Omit<Uplink, 'peer'>;

/** Makes such a port. Throws an OvsdbError when its bridge is not there. */
export async function ensurePortOn(
  database: OvsdbClient,
  { name, bridge, vlan }: OuterPort,
  columns: OvsdbRow,
): Promise<void> {
  const [there] = await database.select('Bridge', bridgeRow, [['name', '==', bridge]]);
  if (there === undefined) throw new OvsdbError(`There is no bridge ${bridge} in this host's Open vSwitch.`);
  const [port] = await database.select('Port', portRow, [['name', '==', name]]);
  const isHere = port !== undefined && JSON.stringify(there.ports).includes(port._uuid[1]);
  if (isHere && port.tag === vlan) return;
  const earlier = port === undefined ? [] : removal(port._uuid);
  await database.apply([
    ...earlier,
    {
      op: 'insert',
      table: 'Interface',
      row: { name, ...columns },
      'uuid-name': 'farinterface',
    },
    {
      op: 'insert',
      table: 'Port',
      // Without a VLAN it would carry those of all.
      row: {
        name,
        interfaces: ['named-uuid', 'farinterface'],
        ...(vlan === null ? { trunks: ['set', [0]] } : { tag: vlan }),
      },
      'uuid-name': 'farport',
    },
    {
      op: 'mutate',
      table: 'Bridge',
      where: [['name', '==', bridge]],
      mutations: [['ports', 'insert', ['named-uuid', 'farport']]],
    },
  ]);
}

/** Removes a port from whatever bridge it is on. Harmless when it is not there. */
export async function purgeAnyPort(database: OvsdbClient, name: string): Promise<void> {
  const [port] = await database.select('Port', portRow, [['name', '==', name]]);
  if (port !== undefined) await database.apply(removal(port._uuid));
}

function removal(port: ['uuid', string]): OvsdbOperation[] {
  return [
    { op: 'mutate', table: 'Bridge', where: [['ports', 'includes', port]], mutations: [['ports', 'delete', port]] },
  ];
}
