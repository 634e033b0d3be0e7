// OpenFlow and connection tracking by Open vSwitch's own command line tools: a bundle of a thousand flows takes 23 ms.
import type { Connection } from '../flows/revocation.ts';
import { run, ToolError } from './run.ts';

const openFlow = ['-O', 'OpenFlow15'] as const;
/** From here on one flush of the whole zone is cheaper than a process for each connection. */
const cutOneByOne = 50;

export type FlowTarget = {
  /** OpenFlow socket of the bridge. */
  bridge: string;
  /** Control socket of ovs-vswitchd. */
  control(): Promise<string>;
};

/** A flow is one line of these characters; a line break in a value would begin a flow of its own (A46). */
const oneFlow = /^table=[\w.,:=/+>()[\] -]+$/;

/**
 * Replaces all flows of one cookie in one atomic step: packets see the old ones or the new ones. Throws ToolError with
 * the words of ovs-ofctl, and TypeError for text that is not one flow; nothing is changed then.
 */
export async function replaceFlows(target: FlowTarget, cookie: string, flows: readonly string[]): Promise<void> {
  checkFlows(flows);
  const lines = [`delete cookie=${cookie}/-1`, ...flows.map((flow) => `add cookie=${cookie},${flow}`)];
  await run(['ovs-ofctl', ...openFlow, '--bundle', 'add-flows', target.bridge, '-'], {
    input: `${lines.join('\n')}\n`,
  });
}

/** Throws TypeError for text that is not one flow. */
export function checkFlows(flows: readonly string[]): void {
  const odd = flows.find((flow) => !oneFlow.test(flow));
  if (odd !== undefined) throw new TypeError(`${JSON.stringify(odd.slice(0, 200))} is not one flow.`);
}

/** The flows there are, in ovs-ofctl's words, without counters. */
export async function dumpFlows(target: FlowTarget): Promise<string[]> {
  const { stdout } = await run(['ovs-ofctl', ...openFlow, '--no-stats', 'dump-flows', target.bridge]);
  return stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('cookie='));
}

/** What is tracked in a zone. */
export async function trackedConnections(target: FlowTarget, zone: number): Promise<Connection[]> {
  const { stdout } = await run(['ovs-appctl', '-t', await target.control(), 'dpctl/dump-conntrack', `zone=${zone}`]);
  return stdout.split('\n').flatMap((line) => parseConnection(line) ?? []);
}

/** Reads a line such as `tcp,orig=(src=10.0.0.2,dst=10.0.0.3,sport=5,dport=22),reply=(…),zone=7,…`. */
export function parseConnection(line: string): Connection | null {
  const match = /^(\w+),orig=\(src=([\d.]+),dst=([\d.]+)(?:,sport=(\d+),dport=(\d+))?/.exec(line);
  const [, protocol, source, destination, sourcePort, destinationPort] = match ?? [];
  if (protocol === undefined || source === undefined || destination === undefined) return null;
  const port = (text: string | undefined) => (text === undefined ? null : Number(text));
  return { protocol, source, destination, sourcePort: port(sourcePort), destinationPort: port(destinationPort) };
}

/** Forgets the connections named, so that their next packet has to pass the rules; all of the zone when there are many. */
export async function cutConnections(
  target: FlowTarget,
  zone: number,
  connections: readonly Connection[],
): Promise<void> {
  const hasPorts = (connection: Connection) => connection.sourcePort !== null && connection.destinationPort !== null;
  if (connections.length > cutOneByOne || !connections.every(hasPorts)) return flushZone(target, zone);
  for (const connection of connections) {
    const protocol = protocolNumbers[connection.protocol];
    if (protocol === undefined) return flushZone(target, zone);
    const tuple = [
      `ct_nw_src=${connection.source},ct_nw_dst=${connection.destination},ct_nw_proto=${protocol}`,
      `ct_tp_src=${connection.sourcePort},ct_tp_dst=${connection.destinationPort}`,
    ].join(',');
    await flush([...['ovs-appctl', '-t'], await target.control(), 'dpctl/flush-conntrack', `zone=${zone}`, tuple]);
  }
}

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17 };

/** Forgets every connection of a zone. */
export async function flushZone(target: FlowTarget, zone: number): Promise<void> {
  await flush(['ovs-appctl', '-t', await target.control(), 'dpctl/flush-conntrack', `zone=${zone}`]);
}

async function flush(argv: string[]): Promise<void> {
  const [program = 'ovs-appctl', ...rest] = argv;
  try {
    await run([program, ...rest]);
  } catch (error) {
    // The connection ended by itself in between.
    if (error instanceof ToolError && /No such file or directory/.test(error.stderr)) return;
    throw error;
  }
}
