// The way from br-int into a provider's network: a pair of patch ports, one here and one on the bridge that the physical
// device is on. That bridge switches like any other and gives frames their VLAN tag, so br-int never sees one.
import { z } from 'zod';
import { type OvsdbClient, OvsdbError, type OvsdbOperation, ovsdbOptionalNumber, toOvsdbMap } from './ovsdb.ts';

/** `name` on br-int, `peer` on the other bridge, as an access port of a VLAN or for untagged frames. */
export type Uplink = { name: string; peer: string; bridge: string; vlan: number | null };
/** `mtu` is null for a bridge whose local port is not up. */
export type SeenBridge = { datapath: string; mtu: number | null };

const uuid = z.tuple([z.literal('uuid'), z.string()]);
const portRow = z.object({ _uuid: uuid, tag: ovsdbOptionalNumber });
const bridgeRow = z.object({ datapath_type: z.string(), ports: z.unknown() });
const mtuRow = z.object({ mtu: ovsdbOptionalNumber });

/** A bridge, ours or anybody's; null when there is none of that name. */
export async function readBridge(database: OvsdbClient, name: string): Promise<SeenBridge | null> {
  const [bridge] = await database.select('Bridge', bridgeRow, [['name', '==', name]]);
  if (bridge === undefined) return null;
  const [local] = await database.select('Interface', mtuRow, [['name', '==', name]]);
  return { datapath: bridge.datapath_type || 'system', mtu: local?.mtu ?? null };
}

/** Makes the far end. Throws an OvsdbError when its bridge is not there. */
export async function ensureFarEnd(database: OvsdbClient, { name, peer, bridge, vlan }: Uplink): Promise<void> {
  const [there] = await database.select('Bridge', bridgeRow, [['name', '==', bridge]]);
  if (there === undefined) throw new OvsdbError(`There is no bridge ${bridge} in this host's Open vSwitch.`);
  const [port] = await database.select('Port', portRow, [['name', '==', peer]]);
  const isHere = port !== undefined && JSON.stringify(there.ports).includes(port._uuid[1]);
  if (isHere && port.tag === vlan) return;
  const earlier = port === undefined ? [] : removal(port._uuid);
  await database.apply([
    ...earlier,
    {
      op: 'insert',
      table: 'Interface',
      row: { name: peer, type: 'patch', options: toOvsdbMap({ peer: name }) },
      'uuid-name': 'farinterface',
    },
    {
      op: 'insert',
      table: 'Port',
      // Without a VLAN it would carry those of all.
      row: {
        name: peer,
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
