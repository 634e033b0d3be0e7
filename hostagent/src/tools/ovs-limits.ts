// How fast a port is. What goes to the guest is shaped: it waits in a queue of the kernel (htb), which vswitchd makes from
// its database and makes again after a restart. What the guest sends cannot wait, as a switch in user space reads the
// device before any queue; it is policed by a meter, on both datapaths alike: what comes too fast is dropped.
import type { DesiredQos } from '@unkai/contracts/host/desired';
import { z } from 'zod';
import { type FlowTarget, removeMeter, setMeter } from './ovs-flows.ts';
import { type OvsdbClient, OvsdbError, type OvsdbOperation, type OvsdbValue, ovsdbMap, toOvsdbMap } from './ovsdb.ts';

export type Limits = Pick<DesiredQos, 'egress' | 'ingress'>;
type LimitedPort = { name: string; ofport: number };

const uuid = z.tuple([z.literal('uuid'), z.string()]);
const anyUuids = z.union([
  uuid.transform((one) => [one]),
  z.tuple([z.literal('set'), z.array(uuid)]).transform(([, all]) => all),
]);
const portRow = z.object({ _uuid: uuid, external_ids: ovsdbMap, qos: anyUuids });
const queueMap = z.tuple([z.literal('map'), z.array(z.tuple([z.number(), uuid]))]);
const qosRow = z.object({ queues: queueMap });
/** On the port's row: the limits that it has, and in which process of the switch its meter is. */
const mark = 'unkai-limits';
/**
 * TCP halves its rate at each loss, so a policer that drops early leaves it far below the limit: at 50 Mbit/s it got 24
 * with room for 0.1 s of packets, 46 with 0.2 s, 48 with 0.5 s.
 */
const policerSeconds = 0.5;

/** Gives a port these limits, or none. Throws when it is not on the bridge. */
export async function limitPort(
  database: OvsdbClient,
  target: FlowTarget,
  { port, limits }: { port: LimitedPort; limits: Limits | null },
): Promise<void> {
  const [row] = await database.select('Port', portRow, [['name', '==', port.name]]);
  if (row === undefined) {
    if (limits === null) return;
    throw new OvsdbError(`Port ${port.name} is not there, and cannot be limited.`);
  }
  const hasAny = limits !== null && (limits.egress !== null || limits.ingress !== null);
  const wanted = hasAny ? JSON.stringify([limits, await target.control()]) : undefined;
  if (row.external_ids[mark] === wanted) return;
  if (limits?.egress) {
    const { kilobitsPerSecond, burstKilobits } = limits.egress;
    const burst = Math.max(burstKilobits, Math.ceil(kilobitsPerSecond * policerSeconds));
    await setMeter(target, { meter: port.ofport, kilobitsPerSecond, burstKilobits: burst });
  } else if (row.external_ids[mark] !== undefined) await removeMeter(target, port.ofport);
  const { [mark]: _, ...others } = row.external_ids;
  const external = toOvsdbMap(wanted === undefined ? others : { ...others, [mark]: wanted });
  const shaper = limits?.ingress ? newShaper(limits.ingress) : [];
  const qos: OvsdbValue = shaper.length === 0 ? ['set', []] : ['named-uuid', 'shaper'];
  await database.apply([
    ...(await removal(database, row.qos)),
    ...shaper,
    { op: 'update', table: 'Port', where: [['_uuid', '==', row._uuid]], row: { qos, external_ids: external } },
  ]);
}

function newShaper({ kilobitsPerSecond, burstKilobits }: NonNullable<Limits['ingress']>): OvsdbOperation[] {
  const rate = String(kilobitsPerSecond * 1000);
  const burst: Record<string, string> = burstKilobits > 0 ? { burst: String(burstKilobits * 1000) } : {};
  return [
    {
      op: 'insert',
      table: 'Queue',
      row: { other_config: toOvsdbMap({ 'max-rate': rate, ...burst }) },
      'uuid-name': 'queue',
    },
    {
      op: 'insert',
      table: 'QoS',
      row: {
        type: 'linux-htb',
        other_config: toOvsdbMap({ 'max-rate': rate }),
        queues: ['map', [[0, ['named-uuid', 'queue']]]],
      },
      'uuid-name': 'shaper',
    },
  ];
}

/** Rows of shapers stay when nobody names them any more. */
async function removal(database: OvsdbClient, shapers: readonly ['uuid', string][]): Promise<OvsdbOperation[]> {
  const operations: OvsdbOperation[] = [];
  for (const shaper of shapers) {
    const [row] = await database.select('QoS', qosRow, [['_uuid', '==', shaper]]);
    operations.push({ op: 'delete', table: 'QoS', where: [['_uuid', '==', shaper]] });
    for (const [, queue] of row?.queues[1] ?? []) {
      operations.push({ op: 'delete', table: 'Queue', where: [['_uuid', '==', queue]] });
    }
  }
  return operations;
}
