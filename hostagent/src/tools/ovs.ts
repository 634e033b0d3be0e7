import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import {
  type DeviceBridge,
  deviceBridges,
  ensureDeviceBridge,
  ensureIntegrationBridge,
  integrationBridge,
  purgeBridges,
} from './ovs-bridge.ts';
import { OvsDaemons, type OvsSettings } from './ovs-daemons.ts';
import * as flows from './ovs-flows.ts';
import { type Limits, limitPort } from './ovs-limits.ts';
import {
  ensureFarEnd,
  ensurePortOn,
  type OuterPort,
  purgeAnyPort,
  readBridge,
  type SeenBridge,
  type Uplink,
} from './ovs-uplink.ts';
import { OvsdbClient, OvsdbError, ovsdbMap, ovsdbOptionalNumber, ovsdbOptionalString, toOvsdbMap } from './ovsdb.ts';
import { Remembered } from './remembered.ts';
import { run } from './run.ts';

export type OvsPort = { name: string; ofport: number; externalIds: Readonly<Record<string, string>> };
type WantedPort = OvsPort & {
  kind?: 'vxlan' | 'gre' | 'patch';
  options?: Readonly<Record<string, string>>;
  /** Its device was made a moment ago. A switch in user space goes on with one of the same name that went before. */
  isDeviceMade?: boolean;
};
export type OvsFacts = { version: string; datapath: 'system' | 'netdev' | 'simulated'; why: string };

/** Open vSwitch on this host: one bridge, its ports by name, its flows by cookie. */
export interface OvsTool {
  /** Starts daemons that should run and do not. */
  ensureRunning(): Promise<void>;
  /** Makes the bridge; harmless when it is there. */
  ensureBridge(): Promise<OvsFacts>;
  /** What carries packets between ports; known once the bridge is there. */
  datapath(): OvsFacts['datapath'];
  ports(): Promise<OvsPort[]>;
  /** Waits until the port has its number. A device that does not exist yet is an error. */
  ensurePort(port: WantedPort): Promise<void>;
  /** Harmless when the port is not there. */
  purgePort(name: string): Promise<void>;
  /** Replaces the flows of these cookies in one atomic step; none removes them. */
  replaceFlows(changes: flows.FlowChanges): Promise<void>;
  /** Cookies of all flows that are there. */
  flowCookies(): Promise<Set<string>>;
  /** Forgets every tracked connection of a zone. */
  flushZone(zone: number): Promise<void>;
  /** An id of the running switch process; another one means that its flows are gone. Null when none runs. */
  switchProcess(): Promise<string | null>;
  /** Makes a bridge around a device of the machine, or leaves the one there is. Throws when there is no such device. */
  ensureDeviceBridge(bridge: DeviceBridge): Promise<void>;
  /** Those there are. */
  deviceBridges(): Promise<DeviceBridge[]>;
  /** A bridge, ours or the operator's, and the device that should be on it; null when there is no such bridge. */
  bridge(name: string, device?: string): Promise<SeenBridge | null>;
  /** Plugs br-int, at a port of this number, into another bridge. Throws when that is not there. */
  ensureUplink(uplink: Uplink, ofport: number, externalIds: OvsPort['externalIds']): Promise<void>;
  /** Puts a device on another bridge than br-int, at this number. Throws when that is not there. */
  ensureOuterPort(place: OuterPort, port: Omit<WantedPort, 'name'>): Promise<void>;
  /** Gives a port a rate, each way, or none: null also for a port that is not there. */
  limitPort(port: Pick<OvsPort, 'name' | 'ofport'>, limits: Limits | null): Promise<void>;
  /** Both ends. Harmless when they are not there. */
  purgeUplink(ends: Pick<Uplink, 'name' | 'peer'>): Promise<void>;
  /** Removes our bridges with all that is on them, and ends daemons of our own. Harmless when they are not there. */
  purgeBridge(): Promise<void>;
  /** Lets go of connections; daemons, ports and flows stay. */
  close(): Promise<void>;
}

const interfaceRow = z.object({
  name: z.string(),
  type: z.string(),
  ofport: ovsdbOptionalNumber,
  ofport_request: ovsdbOptionalNumber,
  error: ovsdbOptionalString,
  external_ids: ovsdbMap,
  options: ovsdbMap,
});
type InterfaceRow = z.infer<typeof interfaceRow>;
const applyAttempts = 20;
const sameFlowsMs = 5_000;
/** Only the agent changes ports; whoever else does is heard a moment later. */
const portsFreshMs = 1_000;

/** The real Open vSwitch. */
export async function openOvs(settings: OvsSettings): Promise<OvsTool> {
  const daemons = await OvsDaemons.choose(settings);
  const database = new OvsdbClient(daemons.databaseSocket);
  const target = flowTarget(daemons);
  const ports = new Remembered(() => readPorts(database), portsFreshMs);
  let datapath: OvsFacts['datapath'] = 'netdev';
  return {
    ensureRunning: () => daemons.ensureRunning(database),
    async ensureBridge() {
      const bridge = await ensureIntegrationBridge(database);
      datapath = bridge.datapath;
      const version =
        /\(Open vSwitch\) (\S+)/.exec((await run(['ovs-vswitchd', '--version'])).stdout)?.[1] ?? 'unknown';
      const whose = daemons.isPrivate ? 'own daemons, as none of the system answer' : "the system's daemons";
      return { ...bridge, version, why: `${bridge.why}; ${whose}` };
    },
    datapath: () => datapath,
    ports: () => ports.get(),
    ensurePort: (port) => ports.change(() => ensurePort(database, port)),
    purgePort: (name) => ports.change(() => purgeAnyPort(database, name)),
    replaceFlows: writeOnce(daemons, (changes) => flows.replaceFlows(target, changes)),
    flowCookies: () => flows.flowCookies(target),
    flushZone: (zone) => flows.flushZone(target, zone),
    switchProcess: () => daemons.switchProcess(),
    ensureDeviceBridge: (bridge) => ports.change(() => ensureDeviceBridge(database, bridge, datapath)),
    deviceBridges: () => deviceBridges(database),
    bridge: (name, device) => readBridge(database, name, device),
    limitPort: (port, limits) => limitPort(database, target, { port, limits }),
    ensureUplink: (uplink, ofport, externalIds) =>
      ports.change(() => ensureUplink(database, uplink, { name: uplink.name, ofport, externalIds })),
    ensureOuterPort: (place, port) =>
      ports.change(() => ensureOuterPort(database, place, { ...port, name: place.name })),
    purgeUplink: ({ name, peer }) =>
      ports.change(async () => {
        await purgeAnyPort(database, peer);
        await purgeAnyPort(database, name);
      }),
    async purgeBridge() {
      if ((await daemons.switchProcess()) === null) return;
      await purgeBridges(database);
      await daemons.stop();
    },
    close() {
      target.writer.close();
      return database.close();
    },
  };
}

function flowTarget(daemons: OvsDaemons): flows.FlowTarget {
  const bridge = `unix:${join(daemons.runDirectory, `${integrationBridge}.mgmt`)}`;
  return { bridge, writer: flows.flowWriter(bridge), control: () => daemons.switchControl() };
}

async function readPorts(database: OvsdbClient): Promise<OvsPort[]> {
  const rows = await database.select('Interface', interfaceRow);
  return rows.flatMap((row) => {
    const number = row.ofport_request ?? row.ofport;
    return number === null ? [] : [{ name: row.name, ofport: number, externalIds: row.external_ids }];
  });
}

async function ensureUplink(database: OvsdbClient, uplink: Uplink, port: OvsPort): Promise<void> {
  await ensureFarEnd(database, uplink);
  await ensurePort(database, { ...port, kind: 'patch', options: { peer: uplink.peer } });
}

async function ensureOuterPort(database: OvsdbClient, place: OuterPort, port: WantedPort): Promise<void> {
  if (port.isDeviceMade === true) await purgeAnyPort(database, port.name);
  const row = { ofport_request: port.ofport, external_ids: toOvsdbMap(port.externalIds) };
  await ensurePortOn(database, place, row);
  // Also when it is there: its number, or whose it is, may be another.
  await database.apply([{ op: 'update', table: 'Interface', where: [['name', '==', port.name]], row }]);
  await portIsUp(database, port);
}

type WriteFlows = OvsTool['replaceFlows'];

/**
 * Leaves out a write that the same switch got a moment ago: when many ports of a network come at once, most writes of
 * the network's flows say the same. Only for a moment, so that an ensure still mends what somebody else changed.
 */
function writeOnce(daemons: OvsDaemons, write: WriteFlows): WriteFlows {
  const written = new Map<string, { text: string; atMs: number }>();
  return async (changes) => {
    const process = await daemons.switchProcess();
    const texts = Object.entries(changes).map(([cookie, lines]) => ({ cookie, text: [process, ...lines].join('\n') }));
    const news = texts.filter(({ cookie, text }) => {
      const last = written.get(cookie);
      return last?.text !== text || performance.now() - last.atMs >= sameFlowsMs;
    });
    if (news.length === 0) return;
    for (const { cookie } of news) written.delete(cookie);
    await write(Object.fromEntries(news.map(({ cookie }) => [cookie, changes[cookie] ?? []])));
    for (const { cookie, text } of news) {
      if (changes[cookie]?.length !== 0) written.set(cookie, { text, atMs: performance.now() });
    }
  };
}

async function findInterface(database: OvsdbClient, name: string): Promise<InterfaceRow | undefined> {
  return (await database.select('Interface', interfaceRow, [['name', '==', name]]))[0];
}

async function ensurePort(database: OvsdbClient, port: WantedPort): Promise<void> {
  if (port.isDeviceMade === true) await purgeAnyPort(database, port.name);
  const before = await findInterface(database, port.name);
  const row = {
    type: port.kind ?? '',
    ofport_request: port.ofport,
    external_ids: toOvsdbMap(port.externalIds),
    options: toOvsdbMap(port.options ?? {}),
  };
  if (before === undefined) {
    await database.apply([
      { op: 'insert', table: 'Interface', row: { name: port.name, ...row }, 'uuid-name': 'newinterface' },
      {
        op: 'insert',
        table: 'Port',
        row: { name: port.name, interfaces: ['named-uuid', 'newinterface'], external_ids: row.external_ids },
        'uuid-name': 'newport',
      },
      {
        op: 'mutate',
        table: 'Bridge',
        where: [['name', '==', integrationBridge]],
        mutations: [['ports', 'insert', ['named-uuid', 'newport']]],
      },
    ]);
  } else {
    await database.apply([{ op: 'update', table: 'Interface', where: [['name', '==', port.name]], row }]);
  }
  await portIsUp(database, port);
}

/** A device that was made again a moment ago is taken up a little later than the configuration. */
async function portIsUp(database: OvsdbClient, port: WantedPort): Promise<void> {
  let last: InterfaceRow | undefined;
  for (let attempt = 0; attempt < applyAttempts; attempt++) {
    last = await findInterface(database, port.name);
    if (last?.ofport === port.ofport && last.error === null) return;
    await delay(50);
  }
  const reason = last?.error ?? `it has number ${last?.ofport ?? 'none'} and not ${port.ofport}`;
  throw new OvsdbError(`Port ${port.name} does not work: ${reason}.`);
}
