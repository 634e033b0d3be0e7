import type { UnkaiError } from '@unkai/contracts/errors';
import { type NetworkProvider, type NetworkType, networkType } from '@unkai/contracts/resources/network';
import { z } from 'zod';
import type { VlanRanges } from '../address/vlan-ranges.ts';
import type { Transaction } from '../database/database.ts';
import { refuseField, refuseTaken } from './refusal.ts';

/** The columns that say where a network is. */
export interface Segment {
  readonly networkType: NetworkType;
  readonly physicalNetwork: string | null;
  /** Of a VLAN; a tunnel has its key. */
  readonly segmentationId: number | null;
  readonly tunnelKey: number;
  readonly mtu: number;
}

/**
 * Gives a network its place: the one that is asked for, or a free one, which nobody else gets until the transaction ends.
 * Throws `conflict` for a segment that another network has, `invalid_input` where none is left or may be given.
 */
export async function takeSegment(
  tx: Transaction,
  { type, physicalNetwork, segmentationId }: NetworkProvider,
  ranges: VlanRanges,
): Promise<Segment> {
  const isTunnel = type === 'vxlan' || type === 'gre';
  const tunnelKey =
    isTunnel && segmentationId !== undefined ? await thatTunnelKey(tx, segmentationId) : await nextTunnelKey(tx);
  const on = { networkType: type, physicalNetwork: physicalNetwork ?? null, tunnelKey };
  const mtu = await mtuOf(tx, type, physicalNetwork ?? null);
  if (physicalNetwork === undefined) return { ...on, segmentationId: null, mtu };
  if (type === 'flat') await refuseSecondFlat(tx, physicalNetwork);
  const vlan = type === 'vlan' ? await takeVlan(tx, physicalNetwork, segmentationId, ranges) : null;
  return { ...on, segmentationId: vlan, mtu };
}

const tunnelKeyRow = z.tuple([z.object({ key: z.coerce.number().int() })]);
/** Names what is locked; any numbers that nothing else here locks by. */
const lockOfKeys = 7001;
const lockOfPhysical = 7002;

// Keys are dealt out in turn, so one that was just freed is not used again while a host may still hold its flows. After
// 2^24 networks the turn begins anew; those that still exist are stepped over, and so are those that operators chose.
async function nextTunnelKey(tx: Transaction): Promise<number> {
  for (;;) {
    const [{ key }] = tunnelKeyRow.parse(await tx.$queryRaw`SELECT nextval('network_tunnel_key') AS key`);
    if (await isFreeKey(tx, key)) return key;
  }
}

async function thatTunnelKey(tx: Transaction, key: number): Promise<number> {
  if (await isFreeKey(tx, key)) return key;
  throw taken(`${key} is the segment of another network`);
}

/** The look comes after the lock: whoever took the key first has committed by then. */
async function isFreeKey(tx: Transaction, key: number): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lockOfKeys}::integer, ${key}::integer)`;
  return (await tx.network.count({ where: { tunnelKey: key } })) === 0;
}

/** Whoever asks for something on the same physical network waits. */
async function lockPhysical(tx: Transaction, physicalNetwork: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lockOfPhysical}::integer, hashtext(${physicalNetwork}))`;
}

async function refuseSecondFlat(tx: Transaction, physicalNetwork: string): Promise<void> {
  await lockPhysical(tx, physicalNetwork);
  const other = await tx.network.findFirst({ where: { physicalNetwork, networkType: 'flat' }, select: { name: true } });
  if (other) throw taken(`${other.name} is the flat network of ${physicalNetwork} already`);
}

async function takeVlan(
  tx: Transaction,
  physicalNetwork: string,
  wanted: number | undefined,
  ranges: VlanRanges,
): Promise<number> {
  await lockPhysical(tx, physicalNetwork);
  const where = { physicalNetwork, networkType: 'vlan' };
  const rows = await tx.network.findMany({ where, select: { segmentationId: true } });
  const used = new Set(rows.map((row) => row.segmentationId));
  if (wanted !== undefined) {
    if (!used.has(wanted)) return wanted;
    throw taken(`VLAN ${wanted} of ${physicalNetwork} is another network's`);
  }
  const own = ranges.get(physicalNetwork);
  if (own === undefined) {
    const fix = 'Name the VLAN, or give the physical network a range in UNKAI_VLAN_RANGES.';
    throw refuseField('provider.segmentationId', `is needed: ${physicalNetwork} has no range of VLANs`, fix);
  }
  for (const { first, last } of own) {
    for (let vlan = first; vlan <= last; vlan += 1) if (!used.has(vlan)) return vlan;
  }
  throw refuseField('provider.segmentationId', `the VLANs of ${physicalNetwork} are all used`, 'Widen its range.');
}

function taken(message: string): UnkaiError {
  return refuseTaken(
    'provider.segmentationId',
    message,
    'Choose one that no network has, or leave it out for a free one.',
  );
}

const mtuRow = z.tuple([z.object({ mtu: z.coerce.number().int() })]);
const ethernetMtu = 1500;

/**
 * Bytes that tunnels over IPv4 add to a guest's packet. VXLAN (RFC 7348): outer IP 20, UDP 8, VXLAN 8, inner Ethernet 14.
 * GRE with a key (RFC 2890): outer IP 20, GRE 8, inner Ethernet 14.
 */
const overheads: Readonly<Record<NetworkType, number>> = { vxlan: 50, gre: 42, vlan: 0, flat: 0, local: 0 };

/**
 * The largest packet of a network as it was asked for, or the most that its way carries. Throws `invalid_input` for more
 * than that.
 */
export async function fittingMtu(
  tx: Transaction,
  { networkType: type, physicalNetwork }: { readonly networkType: string; readonly physicalNetwork: string | null },
  wanted: number,
): Promise<number> {
  const most = await mtuOf(tx, networkType.parse(type), physicalNetwork);
  if (wanted <= most) return wanted;
  throw refuseField('mtu', `must be at most ${most}, which is what all hosts carry`, 'Ask for less, or for none.');
}

/** What every host carries: of a tunnel by its underlay, of a physical network by the device that it is on. */
async function mtuOf(tx: Transaction, type: NetworkType, physicalNetwork: string | null): Promise<number> {
  const found =
    physicalNetwork === null
      ? await tx.$queryRaw`
          SELECT coalesce(min((facts ->> 'underlayMtu')::integer), ${ethernetMtu}::integer) AS mtu FROM host`
      : await tx.$queryRaw`
          SELECT coalesce(min((physical ->> 'mtu')::integer), ${ethernetMtu}::integer) AS mtu
          FROM host, jsonb_array_elements(coalesce(facts -> 'physicalNetworks', '[]')) AS physical
          WHERE physical ->> 'name' = ${physicalNetwork}`;
  const [{ mtu }] = mtuRow.parse(found);
  return Math.min(mtu, ethernetMtu) - overheads[type];
}
